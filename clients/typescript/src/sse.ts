/** Told of what a stream of Server-Sent Events brings. */
export interface SseHandler {
  /**
   * The end of a block of lines.
   *
   * @param type `message` when the block names none
   * @param id null when the block gives none
   * @param data its lines, joined by LF; empty when it has none
   */
  event(type: string, id: string | null, data: string): void;
  /** How long to wait before connecting again. */
  retry(millis: number): void;
}

/** A line or an event is longer than is taken: to ask again would bring as much again. */
export class FrameTooLargeError extends Error {
  constructor(maxChars: number) {
    super(`a frame has more than the ${maxChars} characters that are taken`);
    this.name = 'FrameTooLargeError';
  }
}

const LINE_END = /[\r\n]/g;
const DIGITS = /^[0-9]{1,9}$/;

/**
 * Reads Server-Sent Events (WHATWG HTML, 9.2.6) from text as it comes, cut anywhere. A byte order
 * mark is the decoder's business. An event that the end of the stream cuts off is not told.
 */
export class SseParser {
  private pieces: string[] = [];
  private lineChars = 0;
  private afterCr = false;
  private data: string[] = [];
  private dataChars = 0;
  private type = '';
  private id: string | null = null;

  constructor(
    private readonly maxChars: number,
    private readonly handler: SseHandler,
  ) {}

  /** Takes the next text and tells of every event that ends in it. */
  feed(text: string): void {
    let begin = 0;
    if (this.afterCr && text.length > 0) {
      this.afterCr = false;
      begin = text[0] === '\n' ? 1 : 0;
    }
    LINE_END.lastIndex = begin;
    for (let end = LINE_END.exec(text); end !== null; end = LINE_END.exec(text)) {
      this.append(text.slice(begin, end.index));
      begin = end.index + 1;
      if (end[0] === '\r') {
        if (begin === text.length) {
          this.afterCr = true;
        } else if (text[begin] === '\n') {
          begin++;
        }
      }
      const next = begin;
      this.endLine();
      LINE_END.lastIndex = next;
    }
    this.append(text.slice(begin));
  }

  private append(piece: string): void {
    if (piece.length > this.maxChars - this.lineChars) {
      throw new FrameTooLargeError(this.maxChars);
    }
    this.pieces.push(piece);
    this.lineChars += piece.length;
  }

  private endLine(): void {
    const line = this.pieces.length === 1 ? (this.pieces[0] ?? '') : this.pieces.join('');
    this.pieces = [];
    this.lineChars = 0;
    if (line === '') {
      this.endEvent();
      return;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const rest = colon < 0 ? '' : line.slice(colon + 1);
    this.field(name, rest.startsWith(' ') ? rest.slice(1) : rest);
  }

  private field(name: string, value: string): void {
    switch (name) {
      case 'data':
        if (value.length + 1 > this.maxChars - this.dataChars) {
          throw new FrameTooLargeError(this.maxChars);
        }
        this.data.push(value);
        this.dataChars += value.length + 1;
        break;
      case 'event':
        this.type = value;
        break;
      case 'id':
        if (!value.includes('\0')) {
          this.id = value;
        }
        break;
      case 'retry':
        if (DIGITS.test(value)) {
          this.handler.retry(Number(value));
        }
        break;
      default:
      // Comments and fields of later versions are passed over.
    }
  }

  private endEvent(): void {
    const { type, id, data } = this;
    this.type = '';
    this.id = null;
    this.data = [];
    this.dataChars = 0;
    if (data.length > 0 || id !== null) {
      this.handler.event(type === '' ? 'message' : type, id, data.join('\n'));
    }
  }
}
