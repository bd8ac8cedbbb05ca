const RATE = 8_000;
const CHORD_SECONDS = 4;
/** Quarter of full scale: telephones are held close to the ear. */
const LOUDNESS = 0.25;
/** C, a minor, F, G in Hz, close enough together to sound like one instrument. */
const CHORDS = [
  [261.63, 329.63, 392.0],
  [220.0, 261.63, 329.63],
  [220.0, 261.63, 349.23],
  [196.0, 246.94, 293.66],
];

/** What a caller hears while he waits: four soft chords, as a WAV file (8 kHz, 16 bit, mono). Ours, so free to ship. */
export function holdMusic(): Buffer {
  const perChord = RATE * CHORD_SECONDS;
  const samples = Buffer.alloc(CHORDS.length * perChord * 2);
  CHORDS.forEach((chord, place) => {
    for (let index = 0; index < perChord; index += 1) {
      const seconds = index / RATE;
      // Rises and falls within each chord, so that neither the change nor the loop clicks.
      const swell = Math.sin((Math.PI * index) / perChord) ** 2;
      const tone = chord.reduce((sum, hertz) => sum + Math.sin(2 * Math.PI * hertz * seconds), 0) / chord.length;
      samples.writeInt16LE(Math.round(32_767 * LOUDNESS * swell * tone), (place * perChord + index) * 2);
    }
  });
  return Buffer.concat([wavHeader(samples.length), samples]);
}

function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16); // length of this part
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // mono
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}
