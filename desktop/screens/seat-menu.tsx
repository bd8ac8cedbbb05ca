import { Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import type { Leg, Session } from "../../contract/views.ts";
import { leadingLeg } from "../model/call-view.ts";
import { ConfirmAct } from "../ui/confirm-act.tsx";
import { useDesk } from "./desk.ts";
import { logOut } from "./ended-seat.ts";
import { MoveDialog } from "./telephone-move.tsx";

const CALL: Record<Leg["state"], string> = {
  ringing: "A call is ringing on",
  dialling: "You are calling from",
  talking: "You are on a call on",
  held: "You have a call on hold on",
  ended: "A call has just ended on",
};

/** What becomes of the call and of the telephone; a number outside is nobody else's in any case. */
function leavingSentence({ name, number }: Session["telephone"], leg: Leg | null): string {
  if (leg !== null) {
    const free = number ? "." : ": the telephone becomes free when it is over.";
    return `${CALL[leg.state]} ${name}. Your session ends now, the call does not${free}`;
  }
  return `Your session ends${number ? "." : ` and ${name} is free for others.`} Queues send you no more calls.`;
}

/** The telephone the agent sits at, and the two things to do about it: sit elsewhere, or leave. */
export function SeatMenu(props: { session: Session }) {
  const { telephone } = props.session;
  const { me, snapshot, connected } = useDesk();
  const [open, setOpen] = useState<"move" | "leave" | null>(null);
  const leg = leadingLeg(snapshot.legs.filter((one) => one.state !== "ended"));
  const talking = leg !== null;
  const close = () => setOpen(null);

  return (
    <>
      <Menu withinPortal={false}>
        <Menu.Target>
          <button type="button" className="bar-menu">
            <span className="cut">
              {telephone.name}
              {telephone.place ? <span className="bar-place"> · {telephone.place}</span> : null}
            </span>
            <IconChevronDown size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {telephone.internal ? <Menu.Label>Internal {telephone.internal}</Menu.Label> : null}
          {me.hotdesk ? (
            <Menu.Item onClick={() => setOpen("move")} disabled={talking || !connected}>
              Change telephone…
            </Menu.Item>
          ) : null}
          <Menu.Item onClick={() => setOpen("leave")} disabled={!connected}>
            Log out…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <MoveDialog opened={open === "move"} from={telephone.name} onClose={close} />
      <ConfirmAct
        opened={open === "leave"}
        title="Log out?"
        act="Log out"
        danger={talking}
        onConfirm={logOut}
        onClose={close}
      >
        {leavingSentence(telephone, leg)}
      </ConfirmAct>
    </>
  );
}
