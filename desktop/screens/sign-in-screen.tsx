import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import type { Me } from "../../contract/views.ts";
import { counted } from "../model/elapsed.ts";
import { RefusalError } from "../model/refusal-error.ts";
import { ErrorLine } from "../ui/blank.tsx";
import { PerchMark } from "../ui/perch-mark.tsx";
import { api } from "./desk.ts";
import { useAct } from "./use-act.ts";
import "./sign-in.css";

/** Who are you? A name, a password, one button; a refusal in words below them. */
export function SignInScreen(props: { why: string | null; onSignedIn: (me: Me) => void }) {
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const act = useAct();
  const waitS = useCountdown(act.error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run(async () => props.onSignedIn((await api.signIn(username.trim(), password)).me));
  };

  return (
    <main className="sign-in">
      <form className="sign-in-form" onSubmit={submit}>
        <h1>
          <PerchMark /> Perch
        </h1>
        <TextInput
          label="Username"
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
        <PasswordInput
          label="Password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          maxLength={200}
          required
          withAsterisk={false}
        />
        <Button type="submit" variant="filled" fullWidth disabled={act.busy || waitS > 0}>
          {waitS > 0 ? `Wait ${counted(waitS, "second")}` : "Sign in"}
        </Button>
        {props.why ? (
          <p className="quiet" role="status">
            {props.why}
          </p>
        ) : null}
        <div className="sign-in-error">
          <ErrorLine error={act.error} />
        </div>
      </form>
    </main>
  );
}

/** Seconds until the server listens again, where it said so; counts down to nothing. */
function useCountdown(error: unknown): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const wait = error instanceof RefusalError ? error.problem.retryAfterS : 0;
    const until = Date.now() + (typeof wait === "number" ? wait * 1000 : 0);
    const tick = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
