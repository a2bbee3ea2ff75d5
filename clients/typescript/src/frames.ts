import type { Backoff } from './backoff.js';
import { type Frame, InconsistentFrameError, NOTHING, Replica } from './replica.js';
import type { Counters } from './shared.js';
import type { SseHandler } from './sse.js';
import type { ViewRows } from './types.js';

/** All that a link follows, at one instant. */
export interface Followed {
  readonly sequence: number;
  readonly views: ReadonlyMap<string, ViewRows>;
}

/**
 * Makes the state of a question out of the events of its connections: passes over what is old or
 * came before, and does not take what does not fit. Touches no network.
 */
export class Frames implements SseHandler {
  private readonly replica = new Replica();

  /** The newest sequence of this connection: what is older came twice. */
  private newest = NOTHING;

  /**
   * @param backoff begins anew with each sign of life
   * @param told gets all that is followed, and says whether there was anything new for anybody
   */
  constructor(
    private readonly counters: Counters,
    private readonly backoff: Backoff,
    private readonly told: (all: Followed) => boolean,
  ) {}

  /** Another connection begins: the sequence to go on from, negative when all is to be sent. */
  begin(): number {
    this.newest = NOTHING;
    return this.replica.sequence;
  }

  retry(millis: number): void {
    this.backoff.startAt(millis);
  }

  /** Throws an InconsistentFrameError when it does not fit what is known, which is forgotten. */
  event(type: string, id: string | null, data: string): void {
    switch (type) {
      case 'snapshot':
      case 'batch':
        this.frame(type === 'snapshot', frameOf(data));
        break;
      case 'reset':
        if (frameOf(data).sequence >= this.newest) {
          this.counters.resets++;
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
    // Not even a frame that replaces all may take the rows back: the changes since would be lost.
    if (frame.sequence < this.newest || (!isWhole && frame.sequence < this.replica.sequence)) {
      this.counters.repeats++;
      return;
    }
    try {
      this.apply(isWhole, frame);
    } catch (e) {
      this.replica.forget();
      throw e;
    }
    this.newest = frame.sequence;
    this.backoff.reset();
    if (this.told({ sequence: frame.sequence, views: this.replica.views() }) || isWhole) {
      this.counters.frames++;
      this.counters.lastFrameMillis = Date.now();
    } else {
      this.counters.repeats++;
    }
  }

  private apply(isWhole: boolean, frame: Frame): void {
    if (isWhole) {
      this.replica.replace(frame);
    } else if (this.replica.sequence >= 0) {
      this.replica.advance(frame);
    } else {
      throw new InconsistentFrameError('changes came before there was anything to change');
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
