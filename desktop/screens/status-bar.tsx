import { PerchMark } from "../ui/perch-mark.tsx";
import { State } from "../ui/state.tsx";
import { CallStrip } from "./call-strip.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { useDesk } from "./desk.ts";
import { ItemsMark } from "./items/items-mark.tsx";
import { PauseControl } from "./pause-control.tsx";
import { SeatLines } from "./seat-lines.tsx";
import { SeatMenu } from "./seat-menu.tsx";
import { Signals } from "./signals.tsx";
import { StateNow } from "./state-now.tsx";
import { UserMenu } from "./user-menu.tsx";
import { WrapUpLine } from "./wrap-up-line.tsx";
import "./status-bar.css";

/** The line on top: find, who sits here, on which telephone, both signals, the state and what takes it further. */
export function StatusBar() {
  const { me, snapshot } = useDesk();
  return (
    <header className="bar">
      <div className="bar-line">
        <span className="bar-mark">
          <PerchMark size={18} /> Perch
        </span>
        <CommandPalette />
        <ItemsMark />
        <span className="bar-space" />
        {snapshot.telephony === "down" ? (
          <State name="fault" block word="Asterisk is down: telephones are as they were last seen" />
        ) : null}
        <UserMenu />
        {me.role === "agent" && snapshot.session ? <SeatMenu session={snapshot.session} /> : null}
        <Signals session={snapshot.session} />
        {me.role === "agent" ? <StateNow /> : null}
        {me.role === "agent" && snapshot.session ? <PauseControl /> : null}
      </div>
      <WrapUpLine />
      {me.role === "agent" ? <CallStrip /> : null}
      {me.role === "agent" ? <SeatLines /> : null}
    </header>
  );
}
