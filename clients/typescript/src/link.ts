import { Backoff, retryAfterMillis } from './backoff.js';
import { type Asked, both, covers, query } from './question.js';
import { type Frame, InconsistentFrameError, NOTHING, Replica } from './replica.js';
import { FrameTooLargeError, type SseHandler, SseParser } from './sse.js';
import { tokenOf, unlessAborted } from './token.js';
import type { Follower, Topic } from './topic.js';
import { type Change, type ConnectionState, LiveError, type Network } from './types.js';

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
  /** The server refuses what the link asks for; the followers that have failed. */
  refused(link: Link): readonly Follower[];
  /** The link is in another state now. */
  moved(): void;
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

/** Why a connection ended, and when the next may be made. */
type End =
  | { readonly kind: 'lost' }
  | { readonly kind: 'notBefore'; readonly millis: number }
  | { readonly kind: 'atOnce' }
  | { readonly kind: 'refused'; readonly reason: LiveError };

const LOST: End = { kind: 'lost' };
const AT_ONCE: End = { kind: 'atOnce' };

/** What lasted so long was a good connection, even if nothing happened meanwhile. */
const GOOD_MILLIS = 10_000;

type Timer = ReturnType<typeof setTimeout>;

/**
 * A connection and its successors: follows one question for its topics until it is closed or
 * refused.
 */
export class Link implements SseHandler {
  readonly topics = new Set<Topic>();
  state: ConnectionState = 'connecting';
  private readonly replica = new Replica();
  private readonly backoff: Backoff;
  private started = false;
  private closed = false;
  private unauthorised = false;
  private connection: AbortController | null = null;
  private wake: (() => void) | null = null;
  private offlineTimer: Timer | null = null;

  /** The newest sequence of this connection: what is older came twice. */
  private newest = NOTHING;

  constructor(
    private readonly shared: Shared,
    private asked: Asked,
  ) {
    this.backoff = new Backoff(shared.maxBackoffMillis, shared.random);
  }

  /** Whether it follows the question, or can until it is asked. */
  takes(other: Asked): boolean {
    return covers(this.asked, other) || (!this.started && both(this.asked, other) !== null);
  }

  add(topic: Topic): void {
    if (!covers(this.asked, topic.asked)) {
      this.asked = both(this.asked, topic.asked) ?? this.asked;
    }
    this.topics.add(topic);
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
    this.connection?.abort();
    this.wake?.();
  }

  /** The machine's network has come or gone: what was open before is no more. */
  networkChanged(): void {
    if (!this.shared.network.isOnline()) {
      this.connection?.abort();
      this.become('offline');
    } else {
      this.backoff.reset();
      this.wake?.();
    }
  }

  /** Tells everybody what they have not been told yet. */
  tellAll(): void {
    if (this.replica.sequence >= 0) {
      this.tell();
    } else {
      this.eachFollower([]);
    }
  }

  private eachFollower(changes: readonly Change[]): void {
    for (const topic of [...this.topics]) {
      [...topic.followers].forEach((follower) => follower.tell(this.state, changes));
    }
  }

  private async run(): Promise<void> {
    const address = `${this.shared.server.replace(/\/+$/, '')}/api/live?${query(this.asked)}`;
    let goesOn = true;
    while (goesOn && !this.closed) {
      goesOn = await this.after(await this.connect(address));
    }
  }

  private async after(end: End): Promise<boolean> {
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
        this.refuse(end.reason);
        return false;
    }
  }

  private async pause(millis: number): Promise<void> {
    this.shared.counters.losses++;
    if (this.state === 'live') {
      this.armOffline();
      this.become('reconnecting');
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

  private async connect(address: string): Promise<End> {
    const controller = new AbortController();
    this.connection = controller;
    const watch = new Watch(controller, this.shared.connectTimeoutMillis);
    const began = Date.now();
    try {
      return await this.connected(address, controller.signal, watch);
    } catch (e) {
      if (e instanceof LiveError) {
        return { kind: 'refused', reason: e };
      }
      if (e instanceof FrameTooLargeError) {
        return { kind: 'refused', reason: new LiveError(0, '', e.message) };
      }
      if (e instanceof InconsistentFrameError) {
        this.replica.forget();
      }
      return LOST;
    } finally {
      watch.stop();
      controller.abort();
      this.connection = null;
      if (this.state === 'live' && Date.now() - began > GOOD_MILLIS) {
        this.backoff.reset();
      }
    }
  }

  private async connected(address: string, signal: AbortSignal, watch: Watch): Promise<End> {
    const { counters } = this.shared;
    const since = this.replica.sequence;
    this.newest = NOTHING;
    const headers: Record<string, string> = {
      Accept: 'text/event-stream',
      Authorization: `Bearer ${await tokenOf(this.shared.token, signal)}`,
    };
    if (since >= 0) {
      headers['Last-Event-ID'] = String(since);
    }
    watch.expectWithin(this.shared.connectTimeoutMillis);
    const answer = await this.shared.fetch(address, { headers, signal, cache: 'no-store', redirect: 'error' });
    watch.expectWithin(this.shared.stallAfterMillis);
    if (answer.status !== 200 || answer.body === null || !isStream(answer)) {
      return await this.refusal(answer, signal);
    }
    this.unauthorised = false;
    counters.connects++;
    if (since >= 0) {
      counters.resumes++;
    }
    this.disarmOffline();
    this.become('live');
    await this.read(answer.body, signal, watch);
    return LOST;
  }

  private async read(body: ReadableStream<Uint8Array>, signal: AbortSignal, watch: Watch): Promise<void> {
    const parser = new SseParser(this.shared.maxFrameChars, this);
    const decoder = new TextDecoder();
    const reader = body.getReader();
    // Node forgets the signal of a request that is garbage collected: end the body by hand too.
    signal.addEventListener('abort', () => void reader.cancel().catch(() => {}), { once: true });
    for (let next = await reader.read(); !next.done && !this.closed; next = await reader.read()) {
      watch.expectWithin(this.shared.stallAfterMillis);
      this.shared.counters.bytes += next.value.byteLength;
      parser.feed(decoder.decode(next.value, { stream: true }));
    }
  }

  private async refusal(answer: Response, signal: AbortSignal): Promise<End> {
    const { status } = answer;
    if (status === 401 && !this.unauthorised) {
      this.unauthorised = true;
      return AT_ONCE;
    }
    // What is no refusal of this API comes from what stands between, and passes.
    if (status < 400 || status === 408 || status === 429 || status >= 500) {
      const millis = retryAfterMillis(answer.headers.get('Retry-After'), Date.now());
      return millis === null ? LOST : { kind: 'notBefore', millis };
    }
    const problem = await problemOf(answer, signal);
    const detail = problem.detail ?? `the server answered ${status}`;
    return { kind: 'refused', reason: new LiveError(status, problem.type ?? '', detail) };
  }

  retry(millis: number): void {
    this.backoff.startAt(millis);
  }

  event(type: string, id: string | null, data: string): void {
    switch (type) {
      case 'snapshot':
      case 'batch':
        this.frame(type === 'snapshot', frameOf(data));
        break;
      case 'reset':
        if (frameOf(data).sequence >= this.newest) {
          this.shared.counters.resets++;
        }
        break;
      case 'message':
        this.ping(id);
        break;
      default:
      // Of a later version.
    }
  }

  /** A sign of life says up to where nothing has changed. */
  private ping(id: string | null): void {
    this.backoff.reset();
    const known = id !== null && /^[0-9]{1,15}$/.test(id) ? Number(id) : NOTHING;
    if (known >= this.newest && known >= 0 && this.replica.sequence >= 0) {
      this.newest = known;
      this.replica.knows(known);
    }
  }

  private frame(isWhole: boolean, frame: Frame): void {
    const { counters } = this.shared;
    // Not even a frame that replaces all may take the rows back: the changes since would be lost.
    if (frame.sequence < this.newest || (!isWhole && frame.sequence < this.replica.sequence)) {
      counters.repeats++;
      return;
    }
    if (!isWhole && this.replica.sequence < 0) {
      throw new InconsistentFrameError('changes came before there was anything to change');
    }
    if (isWhole) {
      this.replica.replace(frame);
    } else {
      this.replica.advance(frame);
    }
    this.newest = frame.sequence;
    this.backoff.reset();
    if (this.tell() || isWhole) {
      counters.frames++;
      counters.lastFrameMillis = Date.now();
    } else {
      counters.repeats++;
    }
  }

  /** Whether there was anything new for anybody. */
  private tell(): boolean {
    const views = this.replica.views();
    let isNews = false;
    for (const topic of [...this.topics]) {
      const changes = topic.accept(this.replica.sequence, views);
      isNews ||= changes.length > 0;
      [...topic.followers].forEach((follower) => follower.tell(this.state, changes));
    }
    return isNews;
  }

  private become(next: ConnectionState): void {
    if (this.state !== next && !this.closed) {
      this.state = next;
      this.tellAll();
      this.shared.moved();
    }
  }

  private refuse(reason: LiveError): void {
    const failed = this.shared.refused(this);
    this.close();
    failed.forEach((follower) => follower.fail(reason));
    this.shared.moved();
  }

  private armOffline(): void {
    this.disarmOffline();
    this.offlineTimer = setTimeout(() => this.become('offline'), this.shared.offlineAfterMillis);
  }

  private disarmOffline(): void {
    if (this.offlineTimer !== null) {
      clearTimeout(this.offlineTimer);
      this.offlineTimer = null;
    }
  }
}

/** Aborts what does not come in time. */
class Watch {
  private dueMillis: number;
  private timer: Timer | null;

  constructor(
    private readonly controller: AbortController,
    millis: number,
  ) {
    this.dueMillis = Date.now() + millis;
    this.timer = setTimeout(() => this.look(), millis);
  }

  /** A timer for each piece would cost more: the one there looks again when it is over. */
  expectWithin(millis: number): void {
    const due = Date.now() + millis;
    if (due < this.dueMillis && this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), millis);
    }
    this.dueMillis = due;
  }

  stop(): void {
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
    }
  }

  private look(): void {
    const left = this.dueMillis - Date.now();
    if (left <= 0) {
      this.timer = null;
      this.controller.abort();
    } else {
      this.timer = setTimeout(() => this.look(), left);
    }
  }
}

function frameOf(data: string): Frame {
  const frame = JSON.parse(data) as Frame;
  if (!Number.isSafeInteger(frame.sequence) || frame.sequence < 0) {
    throw new TypeError('a frame has no sequence');
  }
  return frame;
}

/** The page of a captive portal is none, whatever its status says. */
function isStream(answer: Response): boolean {
  const type = answer.headers.get('Content-Type')?.split(';')[0];
  return type?.trim().toLowerCase() === 'text/event-stream';
}

/** Of an answer that is no problem document: nothing. */
async function problemOf(
  answer: Response,
  signal: AbortSignal,
): Promise<{ readonly type?: string; readonly detail?: string }> {
  try {
    const { type, detail } = (await unlessAborted(answer.json(), signal)) as { type?: unknown; detail?: unknown };
    return {
      ...(typeof type === 'string' ? { type } : {}),
      ...(typeof detail === 'string' ? { detail } : {}),
    };
  } catch {
    return {};
  }
}
