import { TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { EmptyState, ErrorState, LoadingRows } from "../ui/blank.tsx";
import { Table } from "../ui/table.tsx";
import { callColumns } from "./call-columns.tsx";
import { api, useDesk } from "./desk.ts";
import { useHouseTime, useSettings } from "./house-settings.ts";
import { RecordingPanel } from "./recordings/recording-panel.tsx";

const PAGE = 100;

/** My calls, newest first, page after page as one scrolls. */
export function VoiceCallsScreen() {
  const { snapshot } = useDesk();
  const [filter, setFilter] = useState("");
  const time = useHouseTime();
  const hears = useSettings().data?.agentsHearOwnCalls === true;
  const [recording, setRecording] = useState<number | null>(null);
  const columns = useMemo(() => callColumns(time).map((one) => ({ ...one, hidden: one.id === "note" })), [time]);
  // Disposing moves a call in here: the list is asked again when what waits changes.
  const waiting = snapshot.toDispose.map((one) => one.legId).join(" ");
  const calls = useInfiniteQuery({
    queryKey: ["voice-calls", "all", waiting],
    queryFn: ({ pageParam }) => api.voiceCalls({ cursor: pageParam, limit: PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => calls.data?.pages.flatMap((page) => page.rows) ?? [], [calls.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = calls;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div className="screen">
      <header className="screen-head">
        <h1>Voice Calls</h1>
        <TextInput
          aria-label="Filter"
          placeholder="Filter"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </header>
      <div className="beside">
        <div className="beside-main">
          {calls.isPending ? (
            <LoadingRows rows={16} label="Loading your calls" />
          ) : calls.isError && rows.length === 0 ? (
            <ErrorState error={calls.error} onRetry={() => void calls.refetch()} />
          ) : (
            <Table
              name="voice-calls"
              label="Voice Calls"
              rows={rows}
              columns={columns}
              keyOf={(row) => row.id}
              // Where agents may hear their own calls, a row that was recorded opens what was said.
              onOpen={hears ? (row) => setRecording(row.recordingIds?.[0] ?? null) : undefined}
              filter={filter}
              onMore={more}
              loadingMore={isFetchingNextPage}
              empty={
                filter ? (
                  <EmptyState title="No call answers to that filter" />
                ) : (
                  <EmptyState title="No calls of yours yet">
                    On a shared telephone a call becomes yours when you dispose it.
                  </EmptyState>
                )
              }
            />
          )}
        </div>
        {recording === null ? null : <RecordingPanel id={recording} onClose={() => setRecording(null)} />}
      </div>
    </div>
  );
}
