export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

/** A row as the list of its view has it; frozen. */
export type Row = JsonObject;

/** What to follow: whole views (or `overview`), rows by id, or the first rows of a list. */
export type Question = (
  | { readonly views: readonly string[] }
  | { readonly view: string; readonly ids: readonly string[] }
  | { readonly view: string; readonly list: ListParameters }
) & {
  /** For how long the server gathers changes, 10 to 1,000; the server's choice when left out. */
  readonly windowMillis?: number;
};

/** Those of the list: filters, ranges, `sort`, `limit`. */
export type ListParameters = Readonly<Record<string, string | number | readonly string[]>>;

/** How things stand between a subscription and the server. */
export type ConnectionState =
  /** Changes come as they happen. */
  | 'live'
  /** The first connection is being made. */
  | 'connecting'
  /** The connection was lost a moment ago and is being made again; the rows may be old. */
  | 'reconnecting'
  /** The machine has no network, or nothing could be reached for a while. */
  | 'offline'
  /** The server has refused the question for good. */
  | 'failed'
  /** Closed by its owner. */
  | 'closed';

/** The rows of a view; frozen. */
export interface ViewRows {
  /** Of a list: in its order; else in the order they came. */
  readonly rows: readonly Row[];
  /** How many rows the list has in all; else how many there are here. */
  readonly total: number;
}

/** What a question is answered with at one instant, all its views at once; frozen. */
export interface LiveState {
  /** The `View-Sequence` of that instant. */
  readonly sequence: number;
  readonly views: Readonly<Record<string, ViewRows>>;
}

/** What is different in a view; both lists are empty when only the order or the total is. */
export interface Change {
  readonly view: string;
  /** Rows that are new or others now. */
  readonly upserts: readonly Row[];
  /** Ids of rows that are no longer there. */
  readonly deletes: readonly string[];
}

/** Why a question is not followed: asking again would be answered alike. */
export class LiveError extends Error {
  /**
   * @param status the HTTP status; 0 when it is this side that does not go on
   * @param type the problem type that the server named; empty when it named none
   */
  constructor(
    readonly status: number,
    readonly type: string,
    detail: string,
  ) {
    super(detail);
    this.name = 'LiveError';
  }
}

/** Told what happens to a subscription, in order. */
export interface Listener {
  /**
   * Once per frame that changed something of what is followed; the first time with all rows.
   *
   * @param state all of it, as it is after the frame
   * @param changes what differs from the state before, whatever way it came: also after a reset
   */
  changed(state: LiveState, changes: readonly Change[]): void;
  /** The connection is another state now. */
  connection?(state: ConnectionState): void;
  /** The server refused the question for good; nothing more comes. */
  failed?(reason: LiveError): void;
}

/** One listener of one question. */
export interface Subscription {
  /** The newest answer; null before the first. Kept after the end. */
  readonly state: LiveState | null;
  readonly connection: ConnectionState;
  /** The listener is not called after this; the last subscription ends the connection. */
  close(): void;
}

/** What a client has done so far. */
export interface Statistics {
  /** There are now. */
  readonly connections: number;
  /** There are now. */
  readonly subscriptions: number;
  /** Answers of 200. */
  readonly connects: number;
  /** Connects that went on from what was known. */
  readonly resumes: number;
  /** Connections that broke, ended or fell silent, and tries that failed. */
  readonly losses: number;
  /** Applied. */
  readonly frames: number;
  /** Frames passed over, for they were old or brought nothing new. */
  readonly repeats: number;
  /** Times that all was sent again, for the server could not tell what was missed. */
  readonly resets: number;
  /** Of answers. */
  readonly bytes: number;
  /** Since the newest frame of any connection; null before the first. */
  readonly lastFrameAgeMillis: number | null;
}

/** Whether this machine has a network at all. */
export interface Network {
  isOnline(): boolean;
  /** Calls back at each change until the returned function is called. */
  onChange(callback: () => void): () => void;
}

export interface LiveClientOptions {
  /** Such as `https://erp.example`; what stands in its path comes before `/api`. */
  readonly server: string | URL;
  /**
   * A token that is valid now; asked at each connect. What it throws counts as a lost connection, and
   * so does no answer within `connectTimeoutMillis`. White space around the token is left out; an
   * empty one, or one that no header may have, fails the question.
   */
  readonly token: () => Promise<string>;
  /** Most for a token, and then for the head of an answer. */
  readonly connectTimeoutMillis?: number;
  /** A connection that is silent for so long is given up; the server pings after 15 s. */
  readonly stallAfterMillis?: number;
  /** A connection that is lost for so long counts as offline. */
  readonly offlineAfterMillis?: number;
  /** Most to wait before the next try, but for what `Retry-After` says. */
  readonly maxBackoffMillis?: number;
  /** Most characters of one frame; a question whose frames are larger fails. */
  readonly maxFrameChars?: number;
  /** The platform's own by itself. */
  readonly fetch?: typeof fetch;
  /** The browser's own by itself. */
  readonly network?: Network;
  /** From 0 to 1, for the jitter. */
  readonly random?: () => number;
  /** Told what a listener or a callback throws or a listener rejects with, which ends nothing; the console by itself. */
  readonly report?: (error: unknown) => void;
}
