import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ConfirmAct } from "../ui/confirm-act.tsx";
import { useDesk } from "./desk.ts";
import { logOut } from "./ended-seat.ts";
import { signOut } from "./sign-out.ts";

const SCHEMES = [
  { value: "auto", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** Who is signed in, how the page looks, and the way out. */
export function UserMenu() {
  const { me, snapshot } = useDesk();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const session = snapshot.session;

  const leave = async () => {
    if (session) await logOut();
    await signOut();
    void navigate({ to: "/" });
  };
  return (
    <>
      <Menu withinPortal={false}>
        <Menu.Target>
          <button type="button" className="bar-menu">
            <span className="cut">{me.fullName}</span>
            <IconChevronDown size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {me.username}, {me.role}
            {me.internal ? `, internal ${me.internal}` : ""}
          </Menu.Label>
          <Menu.Divider />
          <Menu.Label>Appearance</Menu.Label>
          {SCHEMES.map((scheme) => (
            <Menu.Item
              key={scheme.value}
              role="menuitemradio"
              aria-checked={colorScheme === scheme.value}
              rightSection={colorScheme === scheme.value ? <IconCheck size={14} /> : null}
              onClick={() => setColorScheme(scheme.value)}
            >
              {scheme.label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setAsking(true)}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmAct opened={asking} title="Sign out?" act="Sign out" onConfirm={leave} onClose={() => setAsking(false)}>
        {session
          ? `Your session ends and ${session.telephone.name} is free for others. Queues send you no more calls.`
          : "This browser forgets who you are."}
      </ConfirmAct>
    </>
  );
}
