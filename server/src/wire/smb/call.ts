/** What a caller says with every request: how long, until when, and what is counted. */

/** Counts the waits of one chain of dependent requests: one more each time the chain waits for an answer. */
export interface WaitCounter {
  waits: number;
}

export interface Call {
  /** Cancels the request; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; the connection's own where it is not said. */
  readonly deadlineMs?: number | undefined;
  readonly counter?: WaitCounter | undefined;
}
