import type { Followed } from './frames.js';
import type { Link } from './link.js';
import type { Asked } from './question.js';
import { difference, idOf, viewRows } from './replica.js';
import type { Change, ConnectionState, LiveError, Listener, LiveState, ViewRows } from './types.js';

/** A question, who follows it, and its answer: its part of what its connection follows. */
export class Topic {
  readonly followers = new Set<Follower>();
  state: LiveState | null = null;

  constructor(
    readonly asked: Asked,
    public link: Link,
  ) {}

  /** Makes the answer anew out of all that the connection follows, and says what is different. */
  accept(all: Followed): readonly Change[] {
    const views: Record<string, ViewRows> = {};
    for (const [view, rows] of all.views) {
      const part = this.part(view, rows);
      if (part !== null) {
        views[view] = part;
      }
    }
    const after = Object.freeze({ sequence: all.sequence, views: Object.freeze(views) });
    const changes = difference(this.state, after);
    if (this.state === null || changes.length > 0) {
      this.state = after;
    }
    return changes;
  }

  private part(view: string, rows: ViewRows): ViewRows | null {
    const asked = this.asked;
    switch (asked.kind) {
      case 'views':
        return asked.names.includes(view) ? rows : null;
      case 'rows': {
        const chosen = rows.rows.filter((row) => asked.ids.includes(idOf(row)));
        return viewRows(chosen, chosen.length);
      }
      case 'list':
        return rows;
    }
  }
}

/** One listener of a topic. */
export class Follower {
  private begun = false;
  private told: ConnectionState | null = null;
  private failed = false;
  private closed = false;

  constructor(
    private readonly topic: Topic,
    private readonly listener: Listener,
    private readonly report: (error: unknown) => void,
  ) {}

  get connection(): ConnectionState {
    if (this.closed) {
      return 'closed';
    }
    return this.failed ? 'failed' : this.topic.link.state;
  }

  /** Tells the state of the connection, and the answer when there is one it was not told of. */
  tell(connection: ConnectionState, changes: readonly Change[]): void {
    if (this.told !== connection) {
      this.told = connection;
      this.call(() => this.listener.connection?.(connection));
    }
    const state = this.topic.state;
    if (state === null) {
      return;
    }
    if (!this.begun) {
      this.begun = true;
      this.call(() => this.listener.changed(state, difference(null, state)));
    } else if (changes.length > 0) {
      this.call(() => this.listener.changed(state, changes));
    }
  }

  fail(reason: LiveError): void {
    this.failed = true;
    this.tell('failed', []);
    this.call(() => this.listener.failed?.(reason));
  }

  close(): void {
    this.closed = true;
  }

  private call(told: () => unknown): void {
    if (this.closed) {
      return;
    }
    try {
      const done = told();
      if (done instanceof Promise) {
        done.catch(this.report);
      }
    } catch (e) {
      this.report(e);
    }
  }
}
