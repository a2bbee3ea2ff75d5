import { Attempt } from './attempt.js';
import { Audience } from './audience.js';
import { Backoff } from './backoff.js';
import type { End } from './end.js';
import { Frames } from './frames.js';
import { type Asked, both, covers, query } from './question.js';
import { Refusal } from './refusal.js';
import type { Shared } from './shared.js';
import type { Follower, Topic } from './topic.js';
import type { ConnectionState } from './types.js';

/** Who has links. */
export interface Owner {
  /** The server refuses what the link asks for; the followers that have failed. */
  refused(link: Link): readonly Follower[];
  /** The link is in another state now. */
  moved(): void;
}

/** What lasted so long was a good connection, even if nothing happened meanwhile. */
const GOOD_MILLIS = 10_000;

/**
 * A connection and its successors: follows one question for its topics until it is closed or
 * refused.
 */
export class Link {
  private readonly backoff: Backoff;
  private readonly audience: Audience;
  private readonly frames: Frames;
  private readonly refusal = new Refusal();
  private started = false;
  private closed = false;
  private attempt: Attempt | null = null;
  private wake: (() => void) | null = null;
  private offlineTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly owner: Owner,
    private readonly shared: Shared,
    private asked: Asked,
  ) {
    this.backoff = new Backoff(shared.maxBackoffMillis, shared.random);
    this.audience = new Audience(() => owner.moved());
    this.frames = new Frames(shared.counters, this.backoff, (all) => this.audience.tell(all));
  }

  get state(): ConnectionState {
    return this.audience.state;
  }

  get topics(): readonly Topic[] {
    return [...this.audience.topics];
  }

  /** Whether it follows the question, or can until it is asked. */
  takes(other: Asked): boolean {
    return covers(this.asked, other) || (!this.started && both(this.asked, other) !== null);
  }

  add(topic: Topic): void {
    if (!covers(this.asked, topic.asked)) {
      this.asked = both(this.asked, topic.asked) ?? this.asked;
    }
    this.audience.topics.add(topic);
  }

  /** Whether it was the last. */
  remove(topic: Topic): boolean {
    return this.audience.topics.delete(topic) && this.audience.topics.size === 0;
  }

  /** Tells everybody what they have not been told yet. */
  tellAll(): void {
    this.audience.tellAll();
  }

  start(): void {
    if (!this.closed && !this.started) {
      this.started = true;
      this.armOffline();
      void this.run();
    }
  }

  close(): void {
    this.closed = true;
    this.disarmOffline();
    this.attempt?.close();
    this.wake?.();
  }

  /** The machine's network has come or gone: what was open before is no more. */
  networkChanged(): void {
    if (!this.shared.network.isOnline()) {
      this.attempt?.close();
      this.audience.become('offline');
    } else {
      this.backoff.reset();
      this.wake?.();
    }
  }

  private async run(): Promise<void> {
    const address = `${this.shared.server.replace(/\/+$/, '')}/api/live?${query(this.asked)}`;
    let goesOn = true;
    while (goesOn && !this.closed) {
      goesOn = await this.goesOn(await this.connect(address));
    }
  }

  private async connect(address: string): Promise<End> {
    const began = Date.now();
    this.attempt = new Attempt(this.shared, this.refusal, this.frames, () => this.live());
    const end = await this.attempt.run(address);
    this.attempt = null;
    if (this.state === 'live' && Date.now() - began > GOOD_MILLIS) {
      this.backoff.reset();
    }
    return end;
  }

  private live(): void {
    this.disarmOffline();
    this.audience.become('live');
  }

  private async goesOn(end: End): Promise<boolean> {
    if (this.closed) {
      return false;
    }
    switch (end.kind) {
      case 'atOnce':
        return true;
      case 'lost':
        await this.pause(this.backoff.nextMillis());
        return true;
      case 'notBefore':
        await this.pause(end.millis + this.backoff.nextMillis());
        return true;
      case 'refused':
        this.close();
        this.audience.end(() => this.owner.refused(this), end.reason);
        return false;
    }
  }

  private async pause(millis: number): Promise<void> {
    this.shared.counters.losses++;
    if (this.state === 'live') {
      this.armOffline();
      this.audience.become('reconnecting');
    }
    const waits = this.shared.network.isOnline() ? millis : Math.max(millis, this.shared.maxBackoffMillis);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waits);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.closed) {
        this.wake();
      }
    });
    this.wake = null;
  }

  private armOffline(): void {
    this.disarmOffline();
    this.offlineTimer = setTimeout(() => this.audience.become('offline'), this.shared.offlineAfterMillis);
  }

  private disarmOffline(): void {
    if (this.offlineTimer !== null) {
      clearTimeout(this.offlineTimer);
      this.offlineTimer = null;
    }
  }
}
