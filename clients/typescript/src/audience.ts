import type { Followed } from './frames.js';
import type { Follower, Topic } from './topic.js';
import type { ConnectionState, LiveError } from './types.js';

/** Who is told of what a link follows and of how its connection stands. */
export class Audience {
  readonly topics = new Set<Topic>();
  private current: ConnectionState = 'connecting';
  private newest: Followed | null = null;

  /**
   * @param moved called when the connection is in another state, after all others were told
   */
  constructor(private readonly moved: () => void) {}

  get state(): ConnectionState {
    return this.current;
  }

  /** Tells each topic its part; whether there was anything new for anybody. */
  tell(all: Followed): boolean {
    this.newest = all;
    let isNews = false;
    for (const topic of [...this.topics]) {
      const changes = topic.accept(all);
      isNews ||= changes.length > 0;
      [...topic.followers].forEach((follower) => follower.tell(this.current, changes));
    }
    return isNews;
  }

  /** Tells everybody what they have not been told yet. */
  tellAll(): void {
    for (const topic of [...this.topics]) {
      const changes = this.newest === null ? [] : topic.accept(this.newest);
      [...topic.followers].forEach((follower) => follower.tell(this.current, changes));
    }
  }

  /** The connection is in that state now. */
  become(next: ConnectionState): void {
    if (this.current !== next) {
      this.current = next;
      this.tellAll();
      this.moved();
    }
  }

  /**
   * Nothing more is told from here.
   *
   * @param handOver gives the topics to other links; the followers that have failed
   */
  end(handOver: () => readonly Follower[], reason: LiveError): void {
    const failed = handOver();
    this.topics.clear();
    this.current = 'failed';
    failed.forEach((follower) => follower.fail(reason));
    this.moved();
  }
}
