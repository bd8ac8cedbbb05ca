import { Button } from "@mantine/core";
import { cleared, narrowing, type ReportFilters } from "../../model/report-filters.ts";
import { EmptyState } from "../../ui/blank.tsx";

/** Instead of rows and groups where there are none: what they are, and the way to some. */
export function NoCalls({ filters, onChange }: { filters: ReportFilters; onChange: (filters: ReportFilters) => void }) {
  if (narrowing(filters) > 0) {
    return (
      <EmptyState
        title="No calls like that in this period"
        act={<Button onClick={() => onChange(cleared(filters))}>Clear the filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      title={filters.period === "today" ? "No calls yet today" : "No calls in this period"}
      act={
        filters.period === "month" ? undefined : (
          <Button onClick={() => onChange({ ...filters, period: "month", from: "", to: "" })}>This month</Button>
        )
      }
    >
      A row appears when a call ends: one for each user who handled it, or one for the call where nobody answered.
    </EmptyState>
  );
}
