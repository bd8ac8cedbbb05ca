import { useHouseTime } from "../house-settings.ts";

/** A name, and since when. */
export function Since(props: { name: string; since: string }) {
  const when = useHouseTime().when(props.since);
  return (
    <>
      {props.name} <span className="quiet">since {when}</span>
    </>
  );
}
