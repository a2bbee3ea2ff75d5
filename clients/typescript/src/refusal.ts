import { retryAfterMillis } from './backoff.js';
import { AT_ONCE, type End, LOST } from './end.js';
import { LiveError } from './types.js';

/**
 * What the answers of a server mean that are no stream of events. Knows of a link whether its last
 * answer was a 401, for a token is asked for once more.
 */
export class Refusal {
  private unauthorised = false;

  /** Whether events follow. The page of a captive portal is no stream, whatever its status says. */
  isStream(status: number, headers: Headers): boolean {
    const type = headers.get('Content-Type')?.split(';')[0] ?? '';
    const isStream = status === 200 && type.trim().toLowerCase() === 'text/event-stream';
    if (isStream) {
      this.unauthorised = false;
    }
    return isStream;
  }

  /**
   * Of an answer that is no stream.
   *
   * @param problem its body as JSON, asked for only when it counts
   */
  async of(status: number, headers: Headers, problem: () => Promise<unknown>): Promise<End> {
    if (status === 401 && !this.unauthorised) {
      this.unauthorised = true;
      return AT_ONCE;
    }
    // What is no refusal of this API comes from what stands between, and passes.
    if (status < 400 || status === 408 || status === 429 || status >= 500) {
      const millis = retryAfterMillis(headers.get('Retry-After'), Date.now());
      return millis === null ? LOST : { kind: 'notBefore', millis };
    }
    const { type, detail } = await told(problem);
    return { kind: 'refused', reason: new LiveError(status, type ?? '', detail ?? `the server answered ${status}`) };
  }
}

/** Nothing when it is no problem document: proxies answer in other ways. */
async function told(problem: () => Promise<unknown>): Promise<{ readonly type?: string; readonly detail?: string }> {
  try {
    const { type, detail } = (await problem()) as { type?: unknown; detail?: unknown };
    return {
      ...(typeof type === 'string' ? { type } : {}),
      ...(typeof detail === 'string' ? { detail } : {}),
    };
  } catch {
    return {};
  }
}
