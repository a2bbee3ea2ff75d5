import { type End, LOST } from './end.js';
import type { Frames } from './frames.js';
import type { Refusal } from './refusal.js';
import type { Shared } from './shared.js';
import { FrameTooLargeError, SseParser } from './sse.js';
import { tokenOf, unlessAborted } from './token.js';
import { LiveError } from './types.js';
import { Watch } from './watch.js';

/** One connection: asks once, and reads until it ends, falls silent or is closed. */
export class Attempt {
  private readonly controller = new AbortController();

  /**
   * @param live called when events are about to follow
   */
  constructor(
    private readonly shared: Shared,
    private readonly refusal: Refusal,
    private readonly frames: Frames,
    private readonly live: () => void,
  ) {}

  async run(address: string): Promise<End> {
    const watch = new Watch(this.controller, this.shared.connectTimeoutMillis);
    try {
      return await this.connect(address, watch);
    } catch (e) {
      if (e instanceof LiveError) {
        return { kind: 'refused', reason: e };
      }
      if (e instanceof FrameTooLargeError) {
        return { kind: 'refused', reason: new LiveError(0, '', e.message) };
      }
      return LOST;
    } finally {
      watch.stop();
      this.close();
    }
  }

  /** Nothing that comes is taken after this. */
  close(): void {
    this.controller.abort();
  }

  private async connect(address: string, watch: Watch): Promise<End> {
    const { counters } = this.shared;
    const { signal } = this.controller;
    const since = this.frames.begin();
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
    if (!this.refusal.isStream(answer.status, answer.headers) || answer.body === null) {
      return await this.refusal.of(answer.status, answer.headers, () => unlessAborted(answer.json(), signal));
    }
    counters.connects++;
    if (since >= 0) {
      counters.resumes++;
    }
    this.live();
    await this.read(answer.body, watch);
    return LOST;
  }

  private async read(body: ReadableStream<Uint8Array>, watch: Watch): Promise<void> {
    const { signal } = this.controller;
    const parser = new SseParser(this.shared.maxFrameChars, this.frames);
    const decoder = new TextDecoder();
    const reader = body.getReader();
    // Node forgets the signal of a request that is garbage collected: end the body by hand too.
    signal.addEventListener('abort', () => void reader.cancel().catch(() => {}), { once: true });
    for (let next = await reader.read(); !next.done && !signal.aborted; next = await reader.read()) {
      watch.expectWithin(this.shared.stallAfterMillis);
      this.shared.counters.bytes += next.value.byteLength;
      parser.feed(decoder.decode(next.value, { stream: true }));
    }
  }
}
