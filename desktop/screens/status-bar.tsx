import { PerchMark } from "../ui/perch-mark.tsx";
import { Signal, State } from "../ui/state.tsx";
import { CallStrip } from "./call-strip.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { useDesk } from "./desk.ts";
import { PauseControl } from "./pause-control.tsx";
import { SeatMenu } from "./seat-menu.tsx";
import { StateNow } from "./state-now.tsx";
import { UserMenu } from "./user-menu.tsx";
import { WrapUpLine } from "./wrap-up-line.tsx";
import "./status-bar.css";

/** The line on top: find, who sits here, on which telephone, both signals, the state and what takes it further. */
export function StatusBar() {
  const { me, snapshot, connected } = useDesk();
  return (
    <header className="bar">
      <div className="bar-line">
        <span className="bar-mark">
          <PerchMark size={18} /> Perch
        </span>
        <CommandPalette />
        <span className="bar-space" />
        {snapshot.telephony === "down" ? (
          <State name="fault" block word="Asterisk is down: telephones are as they were last seen" />
        ) : null}
        <UserMenu />
        {me.role === "agent" && snapshot.session ? <SeatMenu session={snapshot.session} /> : null}
        <span className="bar-signals">
          {snapshot.session ? (
            <Signal
              on={snapshot.session.telephone.registered}
              word="phone"
              title={
                snapshot.session.telephone.registered
                  ? "The telephone is registered"
                  : "The telephone is not registered: no call can reach it"
              }
            />
          ) : null}
          <Signal
            on={connected}
            word="desktop"
            title={connected ? "This desktop is connected" : "This desktop is not connected"}
          />
        </span>
        {me.role === "agent" ? <StateNow /> : null}
        {me.role === "agent" && snapshot.session ? <PauseControl /> : null}
      </div>
      <WrapUpLine />
      {me.role === "agent" ? <CallStrip /> : null}
    </header>
  );
}
