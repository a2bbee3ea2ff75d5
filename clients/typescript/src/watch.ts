type Timer = ReturnType<typeof setTimeout>;

/** Aborts what does not come in time. */
export class Watch {
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
