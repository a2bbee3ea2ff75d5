import type { Question } from './types.js';

/** A question in a normal form. Equal ones have equal keys. */
export type Asked = (
  | { readonly kind: 'views'; readonly names: readonly string[] }
  | { readonly kind: 'rows'; readonly view: string; readonly ids: readonly string[] }
  | { readonly kind: 'list'; readonly view: string; readonly parameters: readonly Parameter[] }
) & { readonly windowMillis: number | undefined; readonly key: string };

type Parameter = readonly [name: string, value: string];

const MAX_VIEWS = 16;
const MAX_IDS = 500;

/** So that the address stays within what proxies take (8 KiB). */
const MAX_GROUPED_IDS = 150;

const LEAST_WINDOW_MILLIS = 10;
const MOST_WINDOW_MILLIS = 1_000;
const NOT_OF_A_LIST = ['views', 'window', 'since', 'ticket', 'id'];
const OVERVIEW = 'overview';

/** The normal form; throws a RangeError for what no server takes. */
export function normal(question: Question): Asked {
  const windowMillis = question.windowMillis;
  if (
    windowMillis !== undefined &&
    !(windowMillis >= LEAST_WINDOW_MILLIS && windowMillis <= MOST_WINDOW_MILLIS)
  ) {
    throw new RangeError(`windowMillis must be 10 to 1000, not ${windowMillis}`);
  }
  if ('views' in question) {
    return views(names('views', question.views, MAX_VIEWS), windowMillis);
  }
  const view = names('view', [question.view], 1)[0] ?? '';
  if ('ids' in question) {
    return rows(view, names('ids', question.ids, MAX_IDS), windowMillis);
  }
  const parameters = Object.entries(question.list)
    .map(([name, value]): Parameter => [name, Array.isArray(value) ? value.join(',') : String(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (parameters.length === 0) {
    throw new RangeError('a list needs a filter, a sort or a limit');
  }
  const wrong = parameters.find(([name]) => NOT_OF_A_LIST.includes(name));
  if (wrong !== undefined) {
    throw new RangeError(`${wrong[0]} is no parameter of a list`);
  }
  const key = JSON.stringify(['list', windowMillis, view, parameters]);
  return { kind: 'list', view, parameters, windowMillis, key };
}

function names(what: string, given: readonly string[], most: number): string[] {
  const unique = [...new Set(given)].sort();
  if (unique.length === 0 || unique.length > most) {
    throw new RangeError(`${what} must be 1 to ${most}`);
  }
  const wrong = unique.find((name) => name.trim() === '' || name.includes(','));
  if (wrong !== undefined) {
    throw new RangeError(`"${wrong}" is no name or id`);
  }
  return unique;
}

function views(of: readonly string[], windowMillis: number | undefined): Asked {
  return { kind: 'views', names: of, windowMillis, key: JSON.stringify(['views', windowMillis, of]) };
}

function rows(view: string, ids: readonly string[], windowMillis: number | undefined): Asked {
  return { kind: 'rows', view, ids, windowMillis, key: JSON.stringify(['rows', windowMillis, view, ids]) };
}

/** The overview makes the server gather longer: it stays alone. */
function isGrouped(of: readonly string[]): boolean {
  return !of.includes(OVERVIEW);
}

/** Whether whoever follows the one has all that the other asks for. */
export function covers(wide: Asked, narrow: Asked): boolean {
  if (wide.key === narrow.key) {
    return true;
  }
  if (wide.windowMillis !== narrow.windowMillis) {
    return false;
  }
  if (wide.kind === 'views' && narrow.kind === 'views') {
    return contains(wide.names, narrow.names) && isGrouped(wide.names) === isGrouped(narrow.names);
  }
  return (
    wide.kind === 'rows' &&
    narrow.kind === 'rows' &&
    wide.view === narrow.view &&
    contains(wide.ids, narrow.ids)
  );
}

function contains(all: readonly string[], some: readonly string[]): boolean {
  return some.every((one) => all.includes(one));
}

/** A question for both; null when there is none. */
export function both(one: Asked, other: Asked): Asked | null {
  if (one.windowMillis !== other.windowMillis) {
    return null;
  }
  if (one.kind === 'views' && other.kind === 'views') {
    const all = union(one.names, other.names);
    return isGrouped(all) && all.length <= MAX_VIEWS ? views(all, one.windowMillis) : null;
  }
  if (one.kind === 'rows' && other.kind === 'rows' && one.view === other.view) {
    const all = union(one.ids, other.ids);
    return all.length <= MAX_GROUPED_IDS ? rows(one.view, all, one.windowMillis) : null;
  }
  return null;
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].sort();
}

/** The question as the server takes it. */
export function query(asked: Asked): string {
  const parameters: Parameter[] = asked.kind === 'list' ? [...asked.parameters] : [];
  if (asked.kind === 'rows') {
    parameters.push(['id', asked.ids.join(',')]);
  }
  parameters.push(['views', asked.kind === 'views' ? asked.names.join(',') : asked.view]);
  if (asked.windowMillis !== undefined) {
    parameters.push(['window', String(asked.windowMillis)]);
  }
  return parameters
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value).replaceAll('%2C', ',')}`)
    .join('&');
}
