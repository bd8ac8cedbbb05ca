import { encode } from "uqr";

/** The quiet ground around the dots that readers need (ISO/IEC 18004: four of them). */
const BORDER = 4;

/** A text as a QR code. Always dark on light, in the dark look too: readers take nothing else. */
export function QrCode(props: { text: string; label: string; size: number }) {
  const { size, data } = encode(props.text, { ecc: "M", border: BORDER });
  const dots = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg
      role="img"
      aria-label={props.label}
      width={props.size}
      height={props.size}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={dots} fill="#000000" />
    </svg>
  );
}
