import type { LiveError } from './types.js';

/** Why a connection ended, and when the next may be made. */
export type End =
  /** It broke, or never came about: again after a while. */
  | { readonly kind: 'lost' }
  /** The server wants none before that, from now. */
  | { readonly kind: 'notBefore'; readonly millis: number }
  /** The next may succeed where this one did not. */
  | { readonly kind: 'atOnce' }
  /** Each would end like this one. */
  | { readonly kind: 'refused'; readonly reason: LiveError };

export const LOST: End = { kind: 'lost' };
export const AT_ONCE: End = { kind: 'atOnce' };
