import type { Network } from './types.js';

/** What a browser knows of the machine's network; elsewhere it counts as there. */
export const browserNetwork: Network = {
  isOnline: () => typeof navigator === 'undefined' || navigator.onLine !== false,
  onChange(callback) {
    if (typeof globalThis.addEventListener !== 'function') {
      return () => {};
    }
    globalThis.addEventListener('online', callback);
    globalThis.addEventListener('offline', callback);
    return () => {
      globalThis.removeEventListener('online', callback);
      globalThis.removeEventListener('offline', callback);
    };
  },
};
