import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { clockText } from "../../model/elapsed.ts";
import { afterSilence, type PlayedSound, shareOf, silences, withinRecording } from "../../model/recording-view.ts";
import { useRemembered } from "../../ui/use-remembered.ts";
import { WaveForm } from "./wave-form.tsx";
import "./recordings.css";

const SPEEDS = ["0.75", "1", "1.25", "1.5", "2"];

/**
 * Plays a recording or a message: the wave form of its sides, who talked under it, comments as marks. Nothing is asked
 * for before somebody presses Play, because each play is written down.
 */
export function Player(props: {
  recording: PlayedSound;
  /** Where its voice is. */
  address: string;
  /** What it is, in one noun. */
  noun: string;
  placeMs: number;
  onPlace: (placeMs: number) => void;
  /** It cannot be played (any more). */
  onFault: () => void;
}) {
  const { recording, noun, placeMs, onPlace } = props;
  const { lengthMs } = recording;
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [faulty, setFaulty] = useState(false);
  const [speed, setSpeed] = useRemembered("player.speed", "1");
  const [skips, setSkips] = useRemembered("player.skips", false);
  const quiet = useMemo(() => silences(recording), [recording]);

  const seek = (place: number) => {
    const wanted = withinRecording(place, lengthMs);
    if (audio.current !== null && audio.current.readyState > 0) audio.current.currentTime = wanted / 1000;
    onPlace(wanted);
  };
  const toggle = () => {
    const player = audio.current;
    if (player === null) return;
    if (!player.paused) return player.pause();
    setFaulty(false);
    // Before the first play the element knows nothing: the place is told when it does (onLoadedMetadata).
    if (player.readyState > 0 && placeMs >= lengthMs) player.currentTime = 0;
    player.play().catch(() => setFaulty(true));
  };
  useEffect(() => {
    if (audio.current !== null) audio.current.playbackRate = Number(speed);
  }, [speed]);
  // Four times a second, as the browser tells it, is too seldom for a line that moves.
  useEffect(() => {
    if (!playing) return;
    let frame = 0;
    const follow = () => {
      const player = audio.current;
      if (player !== null) {
        const place = player.currentTime * 1000;
        const behind = skips ? afterSilence(quiet, place) : null;
        if (behind !== null) player.currentTime = behind / 1000;
        onPlace(withinRecording(behind ?? place, lengthMs));
      }
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [playing, skips, quiet, lengthMs, onPlace]);

  return (
    <section className="player" aria-label="Player">
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said in a call */}
      <audio
        ref={audio}
        src={props.address}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onLoadedMetadata={(event) => {
          event.currentTarget.playbackRate = Number(speed);
          if (placeMs > 0 && placeMs < lengthMs) event.currentTarget.currentTime = placeMs / 1000;
        }}
        onError={() => {
          setPlaying(false);
          setFaulty(true);
          props.onFault();
        }}
      />
      <Marks recording={recording} onPlace={seek} />
      <WaveForm recording={recording} noun={noun} placeMs={placeMs} onPlace={seek} onToggle={toggle} />
      <Legs recording={recording} />
      <div className="player-bar">
        <Button
          data-first
          variant="filled"
          leftSection={
            playing ? <IconPlayerPause size={16} aria-hidden="true" /> : <IconPlayerPlay size={16} aria-hidden="true" />
          }
          onClick={toggle}
        >
          {playing ? "Pause" : "Play"}
        </Button>
        <span className="player-place" role="timer" aria-label="Place">
          {clockText(placeMs)} / {clockText(lengthMs)}
        </span>
        <NativeSelect
          aria-label="Speed"
          value={speed}
          data={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
          onChange={(event) => setSpeed(event.currentTarget.value)}
        />
        <Checkbox
          label="Skip silence"
          checked={skips}
          disabled={quiet.length === 0}
          onChange={(event) => setSkips(event.currentTarget.checked)}
        />
      </div>
      {faulty ? (
        <p className="error-line" role="alert">
          The {noun} could not be played.
        </p>
      ) : null}
    </section>
  );
}

/** Comments that stand on a place, over it. */
function Marks({ recording, onPlace }: { recording: PlayedSound; onPlace: (placeMs: number) => void }) {
  const placed = recording.remarks.filter((remark) => remark.placeMs !== null);
  if (placed.length === 0) return null;
  return (
    <div className="wave-marks">
      {placed.map((remark, index) => (
        <button
          key={remark.id}
          type="button"
          className="wave-mark"
          style={{ left: `${shareOf(remark.placeMs ?? 0, recording.lengthMs)}%` }}
          title={remark.text}
          aria-label={`Comment at ${clockText(remark.placeMs ?? 0)}: ${remark.text}`}
          onClick={() => onPlace(remark.placeMs ?? 0)}
        >
          {index + 1}
        </button>
      ))}
    </div>
  );
}

/** Who talked when, a line each. */
function Legs({ recording }: { recording: PlayedSound }) {
  const { legs, lengthMs, pauses } = recording;
  if (legs.length + pauses.length === 0) return null;
  return (
    <ul className="wave-legs" aria-label="Who talked">
      {legs.map((leg) => (
        <li key={leg.rowId} className="wave-leg">
          <span
            className="wave-leg-bar"
            style={{ left: `${shareOf(leg.fromMs, lengthMs)}%`, width: `${shareOf(leg.toMs - leg.fromMs, lengthMs)}%` }}
          />
          <span className="wave-leg-name">
            {leg.name}
            {leg.telephone === null || leg.telephone === leg.name ? "" : `, ${leg.telephone}`} · {clockText(leg.fromMs)}
            –{clockText(leg.toMs)}
          </span>
        </li>
      ))}
      {pauses.map((pause) => (
        <li key={pause.fromMs} className="quiet">
          Paused by {pause.by}, {clockText(pause.fromMs)}–{clockText(pause.toMs)}
        </li>
      ))}
    </ul>
  );
}
