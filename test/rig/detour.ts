import { Socket } from "node:net";

/** A port of loopback in whose place this process connects to another one. */
export interface Detour {
  from: number;
  to: number;
}

/** Takes it for every connection that begins from now on: what is agreed about the port stays as it is. */
export function takeDetour({ from, to }: Detour): void {
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function detour(this: Socket, ...given: unknown[]): Socket {
    // `net.connect` hands its options over as a list.
    const [first] = given;
    const options: unknown = Array.isArray(first) ? first[0] : first;
    if (typeof options === "object" && options !== null && "port" in options && options.port === from) {
      options.port = to;
    }
    return Reflect.apply(connect, this, given);
  };
}
