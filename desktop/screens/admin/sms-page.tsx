import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SmsGateway } from "../../../contract/views.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { api } from "../desk.ts";
import { useAct } from "../use-act.ts";
import { OncePage } from "./once-page.tsx";
import "./admin.css";
import "../reports/reports.css";

const KEY = ["house", "sms"];
const EMPTY: SmsGateway = {
  ...{ url: "", method: "POST", as: "json", body: '{"to": "{number}", "text": {text}}' },
  headers: [{ name: "Authorization", value: "Bearer {secret.sms}" }],
};
const FORMS = [
  { value: "json", label: "JSON" },
  { value: "form", label: "Form" },
  { value: "text", label: "Text" },
];
const METHODS = ["POST", "PUT", "GET"];

/** How the house sends short messages: what the block of projects goes out by. */
export const SmsPage = () => (
  <OncePage<SmsGateway>
    title="SMS"
    queryKey={KEY}
    path="/sms-gateway"
    form={(saved, key) => <SmsForm key={key} saved={saved} />}
  />
);

function SmsForm({ saved }: { saved: SmsGateway | null }) {
  const client = useQueryClient();
  const [body, setBody] = useState<SmsGateway>(saved ?? EMPTY);
  const [to, setTo] = useState("");
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const act = useAct();
  const trying = useAct();
  const set = (part: Partial<SmsGateway>) => setBody({ ...body, ...part });
  const setHeader = (place: number, part: Partial<SmsGateway["headers"][number]>) =>
    set({ headers: body.headers.map((one, at) => (at === place ? { ...one, ...part } : one)) });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const headers = body.headers.filter(({ name }) => name !== "");
    const done = await act.run(() => api.put<SmsGateway>("/sms-gateway", { ...body, headers }));
    if (!done) return;
    setNotice({ text: "Saved. Send yourself a few words to see whether it works." });
    await client.invalidateQueries({ queryKey: KEY });
  };
  const test = async () => {
    setNotice(null);
    const done = await trying.run(() => api.post("/sms-gateway/test", { to }));
    if (done) setNotice({ text: `The gateway has taken a few words for ${to}.` });
  };
  const forget = async () => {
    const done = await act.run(() => api.delete("/sms-gateway"));
    if (done) await client.invalidateQueries({ queryKey: KEY });
  };
  return (
    <>
      <form className="report-form mail-form" onSubmit={(event) => void save(event)}>
        <p className="quiet">
          Projects send short messages by this request to your provider. <code>{"{number}"}</code> stands for +39…,{" "}
          <code>{"{digits}"}</code> for the same without the plus, <code>{"{text}"}</code> for what is said. The
          provider’s key is one of the <em>Secrets</em>: <code>{"{secret.name}"}</code> in a header.
        </p>
        <TextInput
          label="URL"
          placeholder="https://sms.example.com/v1/messages"
          value={body.url}
          onChange={(event) => set({ url: event.currentTarget.value.trim() })}
        />
        <div className="report-form-row">
          <Select
            label="Method"
            allowDeselect={false}
            data={METHODS}
            value={body.method}
            onChange={(method) => set({ method: method === "GET" || method === "PUT" ? method : "POST" })}
          />
          <Select
            label="Send as"
            allowDeselect={false}
            disabled={body.method === "GET"}
            data={FORMS}
            value={body.as}
            onChange={(as) => set({ as: as === "form" || as === "text" ? as : "json" })}
          />
        </div>
        {body.headers.map(({ name, value }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header is its place
          <div className="report-form-row" key={at}>
            <TextInput
              label={`Header ${at + 1}`}
              placeholder="Empty: none"
              autoComplete="off"
              value={name}
              onChange={(event) => setHeader(at, { name: event.currentTarget.value.trim() })}
            />
            <TextInput
              label={`Value of header ${at + 1}`}
              autoComplete="off"
              value={value}
              onChange={(event) => setHeader(at, { value: event.currentTarget.value })}
            />
          </div>
        ))}
        <div>
          <Button
            size="xs"
            disabled={body.headers.length >= 20}
            onClick={() => set({ headers: [...body.headers, { name: "", value: "" }] })}
          >
            Another header
          </Button>
        </div>
        <Textarea
          label="Send"
          description={body.as === "json" ? "Variables without quotes around them become texts" : undefined}
          autosize
          minRows={3}
          maxRows={12}
          disabled={body.method === "GET"}
          value={body.body}
          onChange={(event) => set({ body: event.currentTarget.value })}
        />
        <ErrorLine error={act.error} />
        <div className="report-form-foot">
          <Button variant="filled" type="submit" disabled={act.busy || body.url === ""}>
            Save
          </Button>
          {saved === null ? null : (
            <Button disabled={act.busy} onClick={() => void forget()}>
              Send none any more
            </Button>
          )}
        </div>
      </form>
      {saved === null ? null : (
        <section className="report-form mail-form" aria-label="Try it">
          <h2>Try it</h2>
          {body === saved ? null : <p className="quiet">It is tried as it is saved.</p>}
          <div className="report-form-row">
            <TextInput
              aria-label="Send a few words to"
              placeholder="Number"
              value={to}
              onChange={(event) => setTo(event.currentTarget.value.trim())}
            />
            <Button disabled={trying.busy || to.length < 2} onClick={() => void test()}>
              Send a few words
            </Button>
          </div>
          <ErrorLine error={trying.error} />
        </section>
      )}
      <Notice notice={notice} onClose={() => setNotice(null)} />
    </>
  );
}
