import type { Network } from './types.js';

/** What all connections of a client have in common. */
export interface Shared {
  readonly server: string;
  readonly token: () => Promise<string>;
  readonly connectTimeoutMillis: number;
  readonly stallAfterMillis: number;
  readonly offlineAfterMillis: number;
  readonly maxBackoffMillis: number;
  readonly maxFrameChars: number;
  readonly fetch: typeof fetch;
  readonly network: Network;
  readonly random: () => number;
  readonly counters: Counters;
}

export interface Counters {
  connects: number;
  resumes: number;
  losses: number;
  frames: number;
  repeats: number;
  resets: number;
  bytes: number;
  lastFrameMillis: number | null;
}

export function noCounts(): Counters {
  return {
    connects: 0,
    resumes: 0,
    losses: 0,
    frames: 0,
    repeats: 0,
    resets: 0,
    bytes: 0,
    lastFrameMillis: null,
  };
}
