/** VoiceCalls. */
export function VoiceCallsScreen() {
  return <h1>VoiceCalls</h1>;
}
