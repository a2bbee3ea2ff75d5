const FIRST_MILLIS = 1_000;

/** Any longer is the cap's. */
const MAX_DOUBLINGS = 20;

/** Nobody is sent away for longer. */
const MOST_RETRY_AFTER_MILLIS = 300_000;

/**
 * Exponential backoff with full jitter: a wait is drawn evenly from nothing to twice as much as the
 * last time. So those who lose a server together do not come back together.
 */
export class Backoff {
  private firstMillis: number;
  private failures = 0;

  /**
   * @param random from 0 to 1
   */
  constructor(
    private readonly maxMillis: number,
    private readonly random: () => number,
  ) {
    this.firstMillis = Math.min(FIRST_MILLIS, maxMillis);
  }

  /** The server says from where to begin. */
  startAt(millis: number): void {
    this.firstMillis = Math.min(Math.max(1, millis), this.maxMillis);
  }

  /** The connection was good. */
  reset(): void {
    this.failures = 0;
  }

  nextMillis(): number {
    const most = Math.min(this.maxMillis, this.firstMillis * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, MAX_DOUBLINGS);
    return this.random() * most;
  }
}

/** The `Retry-After` of an answer, seconds or a date (RFC 9110, 10.2.3); null when there is none. */
export function retryAfterMillis(value: string | null, now: number): number | null {
  const text = value?.trim() ?? '';
  const millis = /^[0-9]{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isNaN(millis) ? null : Math.min(Math.max(0, millis), MOST_RETRY_AFTER_MILLIS);
}
