import { Button } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useState } from "react";
import { REPORT_PERIODS } from "../../../contract/report-period.ts";
import type { ReportAsked } from "../../../contract/views.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { DeliveryForm } from "./delivery-form.tsx";

/** Sends what is asked for here by mail, again and again. */
export function DeliverButton(props: { report: string; title: string; asked: ReportAsked }) {
  const [opened, setOpened] = useState(false);
  const { period: said, from: _, to: __, sort: ___, ...asked } = props.asked;
  const period = REPORT_PERIODS.find((one) => one === said) ?? "yesterday";
  return (
    <>
      <Button leftSection={<IconMail size={16} aria-hidden="true" />} onClick={() => setOpened(true)}>
        Mail…
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={`Send ${props.title} by mail`} size={460}>
        {opened ? (
          <DeliveryForm
            id={null}
            delivery={{
              ...{ report: props.report, asked, period: period === "today" ? "yesterday" : period, format: "xlsx" },
              ...{
                rhythm: "daily",
                hour: 6,
                weekday: 1,
                monthDay: 1,
                recipients: [],
                subject: props.title,
                enabled: true,
              },
            }}
            onDone={() => setOpened(false)}
          />
        ) : null}
      </Dialog>
    </>
  );
}
