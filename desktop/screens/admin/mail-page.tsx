import { Button, NumberInput, PasswordInput, Select, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { MailSettings, MailSettingsBody } from "../../../contract/views.ts";
import { ErrorLine } from "../../ui/blank.tsx";
import { Notice, type NoticeText } from "../../ui/notice.tsx";
import { api } from "../desk.ts";
import { useAct } from "../use-act.ts";
import { OncePage } from "./once-page.tsx";
import "./admin.css";
import "../reports/reports.css";

const KEY = ["house", "mail"];
const EMPTY: MailSettings = {
  ...{ host: "", port: 587, security: "starttls", sender: "", username: null, hasPassword: false },
};
const SECURITIES = [
  { value: "starttls", label: "STARTTLS (usually port 587)" },
  { value: "tls", label: "TLS from the start (usually port 465)" },
  { value: "none", label: "None, within the house alone" },
];

/** How the house sends mail: what reports and alarms go out by. */
export const MailPage = () => (
  <OncePage<MailSettings>
    title="Mail"
    queryKey={KEY}
    path="/mail-settings"
    form={(saved, key) => <MailForm key={key} saved={saved} />}
  />
);

function MailForm({ saved }: { saved: MailSettings | null }) {
  const client = useQueryClient();
  const { hasPassword, ...before } = saved ?? EMPTY;
  const [body, setBody] = useState<MailSettingsBody>(before);
  const [password, setPassword] = useState("");
  const [to, setTo] = useState("");
  const [notice, setNotice] = useState<NoticeText | null>(null);
  const act = useAct();
  const set = (part: Partial<MailSettingsBody>) => setBody({ ...body, ...part });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const secret = body.username === null ? { password: null } : password === "" ? {} : { password };
    const done = await act.run(() => api.put<MailSettings>("/mail-settings", { ...body, ...secret }));
    if (!done) return;
    setNotice({ text: "Saved. Send yourself a few words to see whether it works." });
    await client.invalidateQueries({ queryKey: KEY });
  };
  const test = async () => {
    const done = await act.run(() => api.post("/mail-settings/test", { to }));
    if (done) setNotice({ text: `The mail server has taken a few words for ${to}.` });
  };
  return (
    <>
      <form className="report-form mail-form" onSubmit={(event) => void save(event)}>
        <p className="quiet">Reports go out through this server. The password is kept sealed and never shown again.</p>
        <div className="report-form-row">
          <TextInput
            label="Server"
            value={body.host}
            onChange={(event) => set({ host: event.currentTarget.value.trim() })}
          />
          <NumberInput
            label="Port"
            min={1}
            max={65_535}
            hideControls
            value={body.port}
            onChange={(port) => set({ port: Number(port) })}
          />
        </div>
        <Select
          label="Encryption"
          data={SECURITIES}
          value={body.security}
          onChange={(value) => set({ security: value === "tls" || value === "none" ? value : "starttls" })}
        />
        <TextInput
          label="Sender"
          description="The address that mail comes from"
          value={body.sender}
          onChange={(event) => set({ sender: event.currentTarget.value.trim() })}
        />
        <div className="report-form-row">
          <TextInput
            label="Username"
            description="Empty where the server asks for none"
            autoComplete="off"
            value={body.username ?? ""}
            onChange={(event) => set({ username: event.currentTarget.value.trim() || null })}
          />
          <PasswordInput
            label="Password"
            description={hasPassword ? "One is set; empty keeps it" : "Goes with the username"}
            autoComplete="new-password"
            disabled={body.username === null}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </div>
        <ErrorLine error={act.error} />
        <div className="report-form-foot">
          <Button variant="filled" type="submit" disabled={act.busy || body.host === "" || body.sender === ""}>
            Save
          </Button>
        </div>
      </form>
      {saved === null ? null : (
        <section className="report-form mail-form" aria-label="Try it">
          <h2>Try it</h2>
          <div className="report-form-row">
            <TextInput
              aria-label="Send a few words to"
              placeholder="Mail address"
              value={to}
              onChange={(event) => setTo(event.currentTarget.value.trim())}
            />
            <Button disabled={act.busy || !to.includes("@")} onClick={() => void test()}>
              Send a few words
            </Button>
          </div>
        </section>
      )}
      <Notice notice={notice} onClose={() => setNotice(null)} />
    </>
  );
}
