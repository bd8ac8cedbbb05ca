/** What is open in the database now. `endedAt` is the end of its session, null while that goes on. */
export interface OpenRows {
  sessions: { sessionId: number; agentId: number; agentName: string }[];
  leases: { sessionId: number; agentId: number; agentName: string; telephoneId: number; endedAt: Date | null }[];
  causes: { sessionId: number; agentId: number; agentName: string; endedAt: Date | null }[];
}

export interface LeaseRepair {
  kind: "session without telephone" | "lease without session" | "pause without session";
  sessionId: number;
  agentId: number;
  agentName: string;
  telephoneId: number | null;
  /** When it should have ended; null: now. */
  at: Date | null;
}

/**
 * What cannot be among what is open: a session without a lease, and leases and pauses that
 * outlived their session.
 */
export function leaseRepairs({ sessions, leases, causes }: OpenRows): LeaseRepair[] {
  const seated = new Set(leases.map(({ sessionId }) => sessionId));
  const outlived = new Map(causes.filter(({ endedAt }) => endedAt !== null).map((cause) => [cause.sessionId, cause]));
  return [
    ...sessions
      .filter(({ sessionId }) => !seated.has(sessionId))
      .map(({ sessionId, agentId, agentName }): LeaseRepair => {
        return { kind: "session without telephone", sessionId, agentId, agentName, telephoneId: null, at: null };
      }),
    ...leases
      .filter(({ endedAt }) => endedAt !== null)
      .map(({ sessionId, agentId, agentName, telephoneId, endedAt }): LeaseRepair => {
        return { kind: "lease without session", sessionId, agentId, agentName, telephoneId, at: endedAt };
      }),
    ...[...outlived.values()].map(({ sessionId, agentId, agentName, endedAt }): LeaseRepair => {
      return { kind: "pause without session", sessionId, agentId, agentName, telephoneId: null, at: endedAt };
    }),
  ];
}
