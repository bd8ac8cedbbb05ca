/**
 * Makes voices alike: as loud as each other and as the telephone system's own, without silence at their ends. All of it
 * on samples of 16 bits, one channel.
 */

const FRAME_S = 0.01;
/** Quieter than this against the loudest part of it (dB) is silence; a breath before a word is not. */
const SILENT_BELOW_LOUDEST_DB = 40;
/** What counts as speech when its loudness is measured. */
const SPEECH_BELOW_LOUDEST_DB = 25;
/** Where nothing is louder (dB under full scale), nobody speaks. */
const NOBODY_SPEAKS_DB = -60;
/** The voices of the telephone system's own set were measured: -15 to -20 over their speech. */
const SPEECH_DB = -17;
const HIGHEST_WAVE_DB = -1;
/** Noise is not made a voice. */
const MOST_GAIN_DB = 30;
/** What stays of the silence around: words that begin at once sound cut off on a telephone. */
const BEFORE_S = 0.06;
const AFTER_S = 0.15;
const FADE_S = 0.005;

const FULL_SCALE = 32_768;
const ofDb = (db: number) => 10 ** (db / 20);

/** The voice in a sound, trimmed and levelled; null: nobody speaks in it. Pure. */
export function levelled(samples: Int16Array, rate: number): Int16Array | null {
  const frame = Math.max(1, Math.round(rate * FRAME_S));
  const loudness = framesOf(samples, frame);
  const loudest = loudness.reduce((most, one) => Math.max(most, one), 0);
  if (loudest < ofDb(NOBODY_SPEAKS_DB)) return null;
  const heard = (one: number) => one > loudest * ofDb(-SILENT_BELOW_LOUDEST_DB);
  const from = Math.max(0, loudness.findIndex(heard) * frame - Math.round(rate * BEFORE_S));
  const to = Math.min(samples.length, (loudness.findLastIndex(heard) + 1) * frame + Math.round(rate * AFTER_S));
  const voice = samples.slice(from, to);
  return amplified(voice, gainFor(voice, loudness, loudest), Math.round(rate * FADE_S));
}

/** How loud each frame is: the root of the mean square, 1 is full scale. */
function framesOf(samples: Int16Array, frame: number): number[] {
  const loudness: number[] = [];
  for (let at = 0; at < samples.length; at += frame) {
    const end = Math.min(samples.length, at + frame);
    let squares = 0;
    for (let place = at; place < end; place += 1) squares += ((samples[place] ?? 0) / FULL_SCALE) ** 2;
    loudness.push(Math.sqrt(squares / (end - at)));
  }
  return loudness;
}

function gainFor(voice: Int16Array, loudness: readonly number[], loudest: number): number {
  const speech = loudness.filter((one) => one > loudest * ofDb(-SPEECH_BELOW_LOUDEST_DB));
  const mean = Math.sqrt(speech.reduce((sum, one) => sum + one ** 2, 0) / speech.length);
  let highest = 1;
  for (const sample of voice) highest = Math.max(highest, Math.abs(sample));
  return Math.min(ofDb(SPEECH_DB) / mean, ofDb(HIGHEST_WAVE_DB) / (highest / FULL_SCALE), ofDb(MOST_GAIN_DB));
}

/** The first and last few samples rise and fall, so that nothing clicks. */
function amplified(voice: Int16Array, gain: number, fade: number): Int16Array {
  return voice.map((sample, place) => {
    const edge = Math.min(1, (place + 1) / fade, (voice.length - place) / fade);
    return Math.round(sample * gain * edge);
  });
}
