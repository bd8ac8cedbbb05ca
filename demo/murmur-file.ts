import { waveFile } from "../test/rig/wave-file.ts";

const SECONDS = 24;
/** How long a sentence lasts with the breath after it, one after the other. */
const SENTENCES_S = [3.1, 1.7, 4.2, 2.4, 1.2, 3.6, 2.8, 5];
const BREATH_S = 0.7;
const SYLLABLES_A_SECOND = 4.3;

/**
 * Writes what somebody who talks sounds like from the next room: sentences of syllables with breaths between them, so
 * that the demo's recordings have something to be seen and heard. WAV, 8 kHz, one channel; answers its path.
 */
export function murmurFile(path: string): string {
  return waveFile(path, SECONDS, (second) => {
    const { place, length } = sentenceAt(second);
    if (place > length - BREATH_S) return 0;
    const syllable = Math.sin(Math.PI * SYLLABLES_A_SECOND * place) ** 2 * (0.55 + 0.45 * Math.sin(7.3 * second));
    // The voice falls towards the end of a sentence.
    const turns = 2 * Math.PI * (150 * place - (12 * place * place) / length);
    return 0.22 * syllable * (Math.sin(turns) + 0.5 * Math.sin(2 * turns) + 0.3 * Math.sin(5 * turns));
  });
}

function sentenceAt(second: number): { place: number; length: number } {
  let place = second;
  for (const length of SENTENCES_S) {
    if (place < length) return { place, length };
    place -= length;
  }
  return { place: 0, length: 0 };
}
