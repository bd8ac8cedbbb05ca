import type { ReactNode } from "react";
import { type StateName, StateShape } from "./state.tsx";
import "./banner.css";

/**
 * One line under the status bar that stays while it is true: what happened, what to do about it, and the acts. `tone`
 * is the state it belongs to; `ask` is a question of another person, larger. `urgent` is read out at once.
 */
export function Banner(props: {
  tone: StateName | "ask";
  label: string;
  urgent?: boolean;
  children: ReactNode;
  acts?: ReactNode;
}) {
  const { tone } = props;
  return (
    <section className={`banner ${tone === "ask" ? "banner-ask" : `state-${tone}`}`} aria-label={props.label}>
      {tone === "ask" ? null : <StateShape name={tone} />}
      <div className="banner-text" role={props.urgent ? "alert" : "status"}>
        {props.children}
      </div>
      {props.acts ? <div className="banner-acts">{props.acts}</div> : null}
    </section>
  );
}
