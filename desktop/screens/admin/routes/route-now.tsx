import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { instantOf } from "../../../../contract/house-days.ts";
import type { InboundRoute } from "../../../../contract/views.ts";
import { routeAt } from "../../../model/route-words.ts";
import { ErrorLine } from "../../../ui/blank.tsx";
import { api } from "../../desk.ts";
import { type House, openingTimes, optionsOf } from "../house.ts";
import "./routes.css";

/** What the saved route does at an instant, in words; and a call to its number from a telephone of the house. */
export function RouteNow(props: { route: InboundRoute; house: House }) {
  const { route, house } = props;
  const [wall, setWall] = useState<string | null>(null);
  const [telephone, setTelephone] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const at = wall === null ? new Date() : instantOnWall(wall, house.timeZone);
  const calendars = new Map(house.calendars.map((calendar) => [calendar.id, openingTimes(calendar, house)]));
  const usable = house.telephones.filter(({ registered }) => registered);

  const call = async () => {
    setFailure(null);
    setSaid(null);
    try {
      await api.post(`/inbound-routes/${route.id}/try`, { telephoneId: Number(telephone) });
      setSaid("The telephone rings. Picked up, it calls the number as it is saved.");
    } catch (error) {
      setFailure(error);
    }
  };

  return (
    <div className="admin-now route-now">
      <p role="status">
        <span className="quiet">{wall === null ? "Now: " : `${dayWords(at, house.timeZone)}: `}</span>
        {routeAt(route.actions, at, calendars, house)}
      </p>
      <TextInput
        size="xs"
        type="datetime-local"
        aria-label="What happens at"
        value={wall ?? ""}
        onChange={(event) => setWall(event.currentTarget.value === "" ? null : event.currentTarget.value)}
      />
      <div className="route-try">
        <Select
          size="xs"
          aria-label="Telephone to try it from"
          placeholder={usable.length === 0 ? "No telephone is registered" : "Try it from…"}
          searchable
          limit={200}
          data={optionsOf(usable)}
          value={telephone}
          onChange={setTelephone}
        />
        <Button size="xs" disabled={telephone === null} onClick={() => void call()}>
          Test call
        </Button>
      </div>
      {said === null ? null : (
        <p className="quiet" role="status">
          {said}
        </p>
      )}
      <ErrorLine error={failure} />
    </div>
  );
}

/** `2026-11-24T10:30` on the house's clocks. */
function instantOnWall(wall: string, zone: string): Date {
  const [day = "", time = ""] = wall.split("T");
  return new Date(instantOf(day, Number(time.slice(0, 2)), zone) + Number(time.slice(3, 5)) * 60_000);
}

const dayWords = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    ...{ weekday: "long", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
    timeZone,
  }).format(at);
