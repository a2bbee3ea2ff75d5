import { LiveError } from './types.js';

/** What a header may have as a token: visible ASCII. */
const SENDABLE = /^[\x21-\x7e]+$/;

/**
 * Asks for a token, until the signal. White space around it, such as the line end of a file, is left
 * out; what cannot be sent throws a LiveError.
 */
export async function tokenOf(source: () => Promise<string>, signal: AbortSignal): Promise<string> {
  const given: unknown = await unlessAborted(source(), signal);
  const token = typeof given === 'string' ? given.trim() : '';
  if (token === '') {
    throw new LiveError(0, '', 'the token source gives an empty token');
  }
  if (!SENDABLE.test(token)) {
    throw new LiveError(
      0,
      '',
      'the token cannot be sent: it has a space, a line end or another character that no token may have',
    );
  }
  return token;
}

/** What comes of it, or an error once the signal is given: so nothing waits for what never comes. */
export async function unlessAborted<T>(coming: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new Error('given up'));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) {
      abort();
    }
  });
  try {
    return await Promise.race([coming, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
