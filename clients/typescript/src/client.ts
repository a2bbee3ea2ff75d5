import { Link, type Owner } from './link.js';
import { browserNetwork } from './network.js';
import { type Asked, normal } from './question.js';
import { noCounts, type Shared } from './shared.js';
import { Follower, Topic } from './topic.js';
import type {
  ConnectionState,
  Listener,
  LiveClientOptions,
  LiveState,
  Question,
  Statistics,
  Subscription,
} from './types.js';

/** Far above what one user may follow at a server. */
const MAX_SUBSCRIPTIONS = 10_000;

const FROM_BEST_TO_WORST: readonly ConnectionState[] = [
  'live',
  'connecting',
  'reconnecting',
  'offline',
  'failed',
  'closed',
];

/**
 * Follows what a server pushes, for any number of subscriptions over as few connections as the
 * protocol allows: equal questions share one; whole views that are asked for in one turn of the
 * event loop share one, so do rows of a view; a question that a connection answers already joins it.
 *
 * A lost connection is made again by itself and goes on where it was. Listeners always get the
 * difference to what they had, whatever lay between.
 */
export class LiveClient {
  private readonly topics = new Map<string, Topic>();
  private readonly links = new Set<Link>();
  private readonly watchers = new Set<(state: ConnectionState) => void>();
  private readonly shared: Shared;
  private readonly owner: Owner = { refused: (link) => this.refused(link), moved: () => this.moved() };
  private readonly report: (error: unknown) => void;
  private readonly forgetNetwork: () => void;
  private subscriptions = 0;
  private closed = false;
  private told: ConnectionState = 'live';

  /** Nothing is connected before the first subscription. */
  constructor(options: LiveClientOptions) {
    const server = new URL(options.server);
    if (server.protocol !== 'http:' && server.protocol !== 'https:') {
      throw new RangeError(`server must be an http or https address, not ${server.href}`);
    }
    const network = options.network ?? browserNetwork;
    this.shared = {
      server: server.href,
      token: options.token,
      connectTimeoutMillis: positive('connectTimeoutMillis', options.connectTimeoutMillis ?? 10_000),
      stallAfterMillis: positive('stallAfterMillis', options.stallAfterMillis ?? 35_000),
      offlineAfterMillis: positive('offlineAfterMillis', options.offlineAfterMillis ?? 10_000),
      maxBackoffMillis: positive('maxBackoffMillis', options.maxBackoffMillis ?? 30_000),
      maxFrameChars: positive('maxFrameChars', options.maxFrameChars ?? 16 << 20),
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      network,
      random: options.random ?? Math.random,
      counters: noCounts(),
    };
    this.report = unfailing(options.report ?? ((error) => console.error('a listener of the live client failed', error)));
    this.forgetNetwork = network.onChange(() => [...this.links].forEach((link) => link.networkChanged()));
  }

  /**
   * Follows the question until the subscription is closed. The listener is called later, never
   * from within. Throws a RangeError for a question that no server takes.
   */
  subscribe(question: Question, listener: Listener): Subscription {
    if (this.closed) {
      throw new Error('the client is closed');
    }
    if (this.subscriptions === MAX_SUBSCRIPTIONS) {
      throw new RangeError(`the client has ${MAX_SUBSCRIPTIONS} subscriptions already`);
    }
    const asked = normal(question);
    const topic = this.topics.get(asked.key) ?? this.place(asked);
    this.topics.set(asked.key, topic);
    const follower = new Follower(topic, listener, this.report);
    topic.followers.add(follower);
    this.subscriptions++;
    queueMicrotask(() => topic.link.tellAll());
    return {
      get state(): LiveState | null {
        return topic.state;
      },
      get connection(): ConnectionState {
        return follower.connection;
      },
      close: () => this.leave(topic, follower),
    };
  }

  /** On a connection that follows it, or one that is being gathered, or a new one. */
  private place(asked: Asked): Topic {
    for (const link of this.links) {
      if (link.takes(asked)) {
        const topic = new Topic(asked, link);
        link.add(topic);
        return topic;
      }
    }
    const link = new Link(this.owner, this.shared, asked);
    this.links.add(link);
    const topic = new Topic(asked, link);
    link.add(topic);
    setTimeout(() => link.start(), 0);
    return topic;
  }

  private leave(topic: Topic, follower: Follower): void {
    follower.close();
    if (!topic.followers.delete(follower)) {
      return;
    }
    this.subscriptions--;
    if (topic.followers.size > 0) {
      return;
    }
    if (this.topics.get(topic.asked.key) === topic) {
      this.topics.delete(topic.asked.key);
    }
    if (topic.link.remove(topic) && this.links.delete(topic.link)) {
      topic.link.close();
      this.moved();
    }
  }

  /**
   * When a refused link asked several questions each is asked by itself, so that only the one at
   * fault fails. Those that have failed are counted no more.
   */
  private refused(link: Link): readonly Follower[] {
    if (!this.links.delete(link)) {
      return [];
    }
    const { topics } = link;
    const [only] = topics;
    if (only !== undefined && topics.length === 1) {
      this.topics.delete(only.asked.key);
      const failed = [...only.followers];
      only.followers.clear();
      this.subscriptions -= failed.length;
      return failed;
    }
    for (const topic of topics) {
      const own = new Link(this.owner, this.shared, topic.asked);
      this.links.add(own);
      topic.link = own;
      own.add(topic);
      own.start();
    }
    return [];
  }

  private moved(): void {
    const state = this.connection;
    if (state !== this.told) {
      this.told = state;
      [...this.watchers].forEach((watcher) => this.notify(watcher, state));
    }
  }

  private notify(watcher: (state: ConnectionState) => void, state: ConnectionState): void {
    try {
      watcher(state);
    } catch (e) {
      this.report(e);
    }
  }

  /** The worst state of its connections; `live` when it has none. */
  get connection(): ConnectionState {
    if (this.closed) {
      return 'closed';
    }
    const worst = Math.max(0, ...[...this.links].map((link) => FROM_BEST_TO_WORST.indexOf(link.state)));
    return FROM_BEST_TO_WORST[worst] ?? 'live';
  }

  /** Calls back when {@link connection} changes, until the returned function is called. */
  onConnection(callback: (state: ConnectionState) => void): () => void {
    this.watchers.add(callback);
    return () => this.watchers.delete(callback);
  }

  statistics(): Statistics {
    const { lastFrameMillis, ...counts } = this.shared.counters;
    return {
      connections: this.links.size,
      subscriptions: this.subscriptions,
      ...counts,
      lastFrameAgeMillis: lastFrameMillis === null ? null : Math.max(0, Date.now() - lastFrameMillis),
    };
  }

  /** Ends all connections; no listener is called after this. */
  close(): void {
    if (this.closed) {
      return;
    }
    for (const topic of [...this.topics.values()]) {
      [...topic.followers].forEach((follower) => this.leave(topic, follower));
    }
    this.closed = true;
    this.forgetNetwork();
    this.moved();
  }
}

/** Reports, and to the console what the report itself throws. */
function unfailing(report: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    try {
      report(error);
    } catch (e) {
      console.error('the report of the live client failed', e, error);
    }
  };
}

function positive(name: string, value: number): number {
  if (!(value > 0)) {
    throw new RangeError(`${name} must be positive, not ${value}`);
  }
  return value;
}
