import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { RecordingRow } from "../../../contract/views.ts";
import { clockText, counted } from "../../model/elapsed.ts";
import { addDays, startOfDay } from "../../model/house-days.ts";
import type { HouseTime } from "../../model/house-time.ts";
import { phoneNumberText } from "../../model/phone-number.ts";
import { EmptyState, ErrorState, LoadingRows } from "../../ui/blank.tsx";
import { DebouncedInput } from "../../ui/debounced-input.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { optionsOf } from "../admin/house.ts";
import { useHouseList } from "../admin/house-lists.ts";
import { api } from "../desk.ts";
import { useHouseTime } from "../house-settings.ts";
import { RecordingPanel } from "./recording-panel.tsx";
import "./recordings.css";

const PAGE = 100;

interface Filters {
  day: string;
  queue: string;
  agent: string;
  number: string;
  unrated: boolean;
  open: string;
}

const fromAddress = (search: Record<string, unknown>): Filters => {
  const text = (name: string) =>
    typeof search[name] === "string" || typeof search[name] === "number" ? String(search[name]) : "";
  return {
    day: /^\d{4}-\d{2}-\d{2}$/.test(text("day")) ? text("day") : "",
    queue: text("queue"),
    agent: text("agent"),
    number: text("number"),
    unrated: search.unrated === true,
    open: text("open"),
  };
};

/** Recordings, newest first, narrowed by what is known of the call; one of them is heard beside the list. */
export function RecordingsScreen() {
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filters = useMemo(() => fromAddress(search), [search]);
  const change = (some: Partial<Filters>) => {
    const next = Object.entries({ ...filters, ...some }).filter(([, value]) => value !== "" && value !== false);
    void navigate({ to: ".", search: Object.fromEntries(next), replace: true });
  };
  const time = useHouseTime();
  const columns = useMemo(() => columnsOf(time), [time]);
  const { day, queue, agent, number, unrated } = filters;
  const found = useInfiniteQuery({
    queryKey: ["recordings", day, queue, agent, number, unrated, time.zone],
    queryFn: ({ pageParam }) =>
      api.recordings({
        ...(day === "" ? {} : { from: startOfDay(day, time.zone), to: startOfDay(addDays(day, 1), time.zone) }),
        queueId: queue,
        agentId: agent,
        number,
        rated: unrated ? false : null,
        limit: PAGE,
        cursor: pageParam,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.rows) ?? [], [found.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const openId = /^[1-9][0-9]{0,14}$/.test(filters.open) ? Number(filters.open) : null;
  const narrowed = day !== "" || queue !== "" || agent !== "" || number !== "" || unrated;

  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Recordings</h1>
        <TextInput
          type="date"
          aria-label="Day"
          value={day}
          onChange={(event) => change({ day: event.currentTarget.value })}
        />
        <Choice name="queues" label="Queue" all="All queues" value={queue} onChange={(one) => change({ queue: one })} />
        <Choice name="agents" label="Agent" all="All agents" value={agent} onChange={(one) => change({ agent: one })} />
        <DebouncedInput label="Number" width={140} value={number} onChange={(one) => change({ number: one })} />
        <Checkbox
          label="Not rated"
          checked={unrated}
          onChange={(event) => change({ unrated: event.currentTarget.checked })}
        />
        <span className="quiet" role="status">
          {found.data === undefined ? "" : `${counted(rows.length, "recording")}${hasNextPage ? ", more below" : ""}`}
        </span>
      </header>
      <div className="beside">
        <div className="beside-main">
          {found.data === undefined ? (
            found.error ? (
              <ErrorState error={found.error} onRetry={() => void found.refetch()} />
            ) : (
              <LoadingRows rows={12} label="Loading recordings" />
            )
          ) : (
            <Table
              name="recordings"
              label="Recordings"
              rows={rows}
              columns={columns}
              keyOf={(row) => row.id}
              selected={openId}
              onOpen={(row) => change({ open: String(row.id) })}
              onMore={more}
              loadingMore={isFetchingNextPage}
              empty={
                narrowed ? (
                  <EmptyState title="No recordings like that" />
                ) : (
                  <EmptyState title="No recordings yet">
                    Queues and routes say how many of their calls are recorded: Set up, Queues.
                  </EmptyState>
                )
              }
            />
          )}
        </div>
        {openId === null ? null : <RecordingPanel id={openId} onClose={() => change({ open: "" })} />}
      </div>
    </div>
  );
}

function Choice(props: {
  name: "queues" | "agents";
  label: string;
  all: string;
  value: string;
  onChange: (id: string) => void;
}) {
  const list = useHouseList(props.name, 60_000);
  return (
    <NativeSelect
      aria-label={props.label}
      value={props.value}
      data={[{ value: "", label: props.all }, ...optionsOf(list.data?.rows ?? [])]}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function columnsOf(time: HouseTime): readonly Column<RecordingRow>[] {
  const other = (row: RecordingRow) => phoneNumberText(row.type === "outbound" ? row.destination : row.source);
  return [
    {
      id: "startedAt",
      title: "Start",
      width: 144,
      numeric: true,
      unsorted: true,
      value: (row) => row.startedAt,
      text: (row) => time.exactly(row.startedAt),
    },
    {
      id: "length",
      title: "Length",
      width: 70,
      numeric: true,
      unsorted: true,
      value: (row) => row.lengthMs,
      text: (row) => clockText(row.lengthMs),
    },
    { id: "type", title: "Type", width: 78, unsorted: true, value: (row) => row.type },
    { id: "customer", title: "Customer", width: 150, numeric: true, unsorted: true, value: other },
    { id: "queue", title: "Queue", width: 110, unsorted: true, value: (row) => row.queue?.name ?? null },
    {
      id: "agents",
      title: "With",
      width: 200,
      unsorted: true,
      value: (row) => row.agents.map(({ name }) => name).join(", "),
    },
    {
      id: "rating",
      title: "Rating",
      width: 70,
      numeric: true,
      unsorted: true,
      value: (row) => row.rating,
      cell: (row) => (row.rating === null ? "–" : row.rating.toFixed(1)),
    },
    { id: "comments", title: "Comments", width: 84, numeric: true, unsorted: true, value: (row) => row.comments },
    { id: "state", title: "State", width: 84, unsorted: true, value: (row) => (row.state === "kept" ? "" : row.state) },
  ];
}
