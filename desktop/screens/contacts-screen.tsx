/** Contacts. */
export function ContactsScreen() {
  return <h1>Contacts</h1>;
}
