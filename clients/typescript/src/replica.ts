import type { Change, Json, LiveState, Row, ViewRows } from './types.js';

/** The frame does not fit the rows that are known: all of them must be sent anew. */
export class InconsistentFrameError extends Error {}

/** What a frame says of a view. */
interface SentChange {
  readonly view: string;
  readonly upserts: readonly Row[];
  readonly deletes: readonly string[];
  readonly order?: readonly string[];
  readonly total?: number;
}

export interface Frame {
  readonly sequence: number;
  readonly changes?: readonly SentChange[];
}

/** Rows by id, and as they are handed out; never changed once made. */
interface Table {
  readonly byId: ReadonlyMap<string, Row>;
  readonly rows: ViewRows;
}

type Tables = ReadonlyMap<string, Table>;

/** The sequence of who knows nothing yet. */
export const NOTHING = -1;

/**
 * What a connection follows, kept by applying its frames. A frame is applied as a whole or, when it
 * does not fit, not at all.
 */
export class Replica {
  private tables: Tables = new Map();
  sequence = NOTHING;

  /** The rows by view; the same objects for views that the newest frame did not touch. */
  views(): ReadonlyMap<string, ViewRows> {
    return new Map([...this.tables].map(([view, table]) => [view, table.rows]));
  }

  /** Nothing that is followed has changed up to there. */
  knows(sequence: number): void {
    this.sequence = Math.max(this.sequence, sequence);
  }

  /** What is known cannot be built upon: all must be sent again. */
  forget(): void {
    this.sequence = NOTHING;
    this.tables = new Map();
  }

  /** Puts all rows in the place of those known. */
  replace(frame: Frame): void {
    this.accept(new Map(), frame);
  }

  /** Brings the rows from where they are to the frame's sequence. */
  advance(frame: Frame): void {
    this.accept(this.tables, frame);
  }

  private accept(before: Tables, frame: Frame): void {
    const after = new Map(before);
    for (const change of frame.changes ?? []) {
      after.set(change.view, applied(before.get(change.view), change));
    }
    this.tables = after;
    this.sequence = frame.sequence;
  }
}

function applied(before: Table | undefined, change: SentChange): Table {
  let byId = new Map(before?.byId);
  change.deletes.forEach((id) => byId.delete(id));
  change.upserts.forEach((row) => byId.set(idOf(row), deepFreeze(row)));
  if (change.order !== undefined) {
    const ordered = new Map<string, Row>();
    for (const id of change.order) {
      const row = byId.get(id);
      if (row === undefined) {
        throw new InconsistentFrameError(`the order names ${id}, which never came`);
      }
      ordered.set(id, row);
    }
    byId = ordered;
  }
  return { byId, rows: viewRows([...byId.values()], change.total ?? byId.size) };
}

export function viewRows(rows: Row[], total: number): ViewRows {
  return Object.freeze({ rows: Object.freeze(rows), total });
}

/** The overview has no id. */
export function idOf(row: Row): string {
  return typeof row['id'] === 'string' ? row['id'] : '';
}

function deepFreeze<T extends Json>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

const NONE: ViewRows = viewRows([], 0);

/** What is different between two answers of a question; all of it when there was none before. */
export function difference(before: LiveState | null, after: LiveState): readonly Change[] {
  const changes: Change[] = [];
  for (const [view, rows] of Object.entries(after.views)) {
    const change = differenceOf(view, before?.views[view] ?? NONE, rows);
    if (change !== null) {
      changes.push(change);
    }
  }
  return Object.freeze(changes);
}

function differenceOf(view: string, before: ViewRows, after: ViewRows): Change | null {
  if (before === after) {
    return null;
  }
  const had = new Map(before.rows.map((row) => [idOf(row), row]));
  const has = new Set(after.rows.map(idOf));
  const upserts = after.rows.filter((row) => !equal(row, had.get(idOf(row))));
  const deletes = [...had.keys()].filter((id) => !has.has(id));
  const same =
    upserts.length === 0 &&
    deletes.length === 0 &&
    before.total === after.total &&
    after.rows.every((row, i) => idOf(row) === idOf(before.rows[i] ?? {}));
  return same
    ? null
    : Object.freeze({ view, upserts: Object.freeze(upserts), deletes: Object.freeze(deletes) });
}

function equal(a: Json, b: Json | undefined): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  const names = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(b).length &&
    names.every((name) => equal((a as Record<string, Json>)[name] ?? null, (b as Record<string, Json>)[name]))
  );
}
