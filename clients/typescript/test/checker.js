/*
 * Compares what the client has with fresh reads, while random things happen to the items of a
 * tenant. Goes on until standard input ends, and until it has done as many comparisons as it was
 * told. Prints what it has done, or what differs.
 *
 * LIVE and SERVER are the addresses to follow and to ask, TOKEN one of a clerk.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { LiveClient } from '../dist/index.js';

const { LIVE, SERVER, TOKEN } = process.env;
const LEAST = Number(process.env.COMPARISONS);
const SEED = Number(process.env.SEED);

/** A read is compared with the state of its own sequence if that is among the newest. */
const REMEMBERED = 200;
const PATIENCE_MILLIS = 120_000;

/** Of the first items rows are followed by id; they are never deleted. */
const KEPT = 4;
const MOST_ITEMS = 40;

let random = SEED | 0;
let consistencyToken;
let created = 0;
const ids = [];

/** Mulberry32. */
function draw(bound) {
  random = (random + 0x6d2b79f5) | 0;
  let t = Math.imul(random ^ (random >>> 15), 1 | random);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % bound;
}

/** Until there is an answer: the server may be killed meanwhile. */
async function answered(path, options) {
  const deadline = Date.now() + PATIENCE_MILLIS;
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(SERVER + path, {
        ...options,
        headers: { Authorization: `Bearer ${TOKEN}`, ...options.headers },
        signal: AbortSignal.timeout(40_000),
      });
      const body = await answer.text();
      if (answer.status !== 503) {
        return { status: answer.status, headers: answer.headers, body };
      }
    } catch {
      // It comes back.
    }
    await pause(50);
  }
  throw new Error(`no answer to ${path}`);
}

async function send(method, path, body) {
  const answer = await answered(`/api/inventory-items${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 409) {
    return false;
  }
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.body}`);
  if (JSON.parse(answer.body).events.length > 0) {
    // What changed nothing names an older version of its stream: it says nothing of the others.
    consistencyToken = answer.headers.get('Consistency-Token');
  }
  return true;
}

async function create() {
  const id = randomUUID();
  created++;
  await send('POST', '', {
    id,
    sku: `LIVE-${created}`,
    name: `Item ${created}`,
    category: `c${draw(3)}`,
    price: { amount: '1', currency: 'EUR' },
  });
  ids.push(id);
}

async function happen() {
  const chosen = draw(ids.length);
  const path = `/${ids[chosen]}`;
  switch (draw(8)) {
    case 0:
      return ids.length < MOST_ITEMS && create();
    case 1:
      return send('POST', `${path}/deactivate`, {});
    case 2:
      return send('POST', `${path}/activate`, {});
    case 3:
      if (chosen >= KEPT && (await send('DELETE', path))) {
        ids.splice(chosen, 1);
      }
      return undefined;
    case 4:
    case 5:
      return send('PATCH', path, { category: `c${draw(3)}` });
    default:
      return send('POST', `${path}/receive`, {
        quantity: String(1 + draw(9)),
        location: 'main',
        unitCost: { amount: '1', currency: 'EUR' },
      });
  }
}

/** A subscription and the list that must be equal to it. */
class Checked {
  #recent = new Map();
  #told = new Map();
  #newest = null;
  #look = () => {};

  constructor(client, view, path, isList, question) {
    this.view = view;
    this.path = path;
    this.isList = isList;
    client.subscribe(question, this);
  }

  changed(state, changes) {
    this.#newest = state;
    this.#recent.set(state.sequence, state);
    if (this.#recent.size > REMEMBERED) {
      this.#recent.delete(this.#recent.keys().next().value);
    }
    for (const { view, upserts, deletes } of changes) {
      if (view === this.view) {
        upserts.forEach((row) => this.#told.set(row.id, row));
        deletes.forEach((id) => this.#told.delete(id));
      }
    }
    this.#look();
  }

  failed(reason) {
    throw reason;
  }

  async #read(headers) {
    const answer = await answered(this.path, { headers });
    assert.equal(answer.status, 200, answer.body);
    const { items, total } = JSON.parse(answer.body);
    return { sequence: Number(answer.headers.get('View-Sequence')), items, total };
  }

  /** Compares with a read that has seen everything, once the client has seen it too. */
  async equalsAll() {
    const listed = await this.#read({ 'Consistency-Token': consistencyToken, Prefer: 'wait=30' });
    const deadline = Date.now() + PATIENCE_MILLIS;
    while (this.#newest === null || !this.#isEqual(this.#newest, listed) || !sameRows([...this.#told.values()], listed.items)) {
      assert.ok(Date.now() < deadline, `${this.path}: ${JSON.stringify([this.#newest, listed])}`);
      await Promise.race([new Promise((resolve) => (this.#look = resolve)), pause(1_000)]);
    }
  }

  /** Compares with a read that nobody waited for, if the client has a frame of that instant. */
  async equalsAtOneInstant() {
    const listed = await this.#read({});
    const then = this.#recent.get(listed.sequence);
    assert.ok(then === undefined || this.#isEqual(then, listed), `${this.path}: ${JSON.stringify([then, listed])}`);
    return then !== undefined;
  }

  #isEqual(state, { items, total }) {
    const { rows, total: has } = state.views[this.view];
    return this.isList ? has === total && JSON.stringify(rows) === JSON.stringify(items) : sameRows(rows, items);
  }
}

function sameRows(one, other) {
  const sorted = (rows) => JSON.stringify([...rows].sort((a, b) => (a.id < b.id ? -1 : 1)));
  return sorted(one) === sorted(other);
}

let stopped = false;
process.stdin.on('end', () => (stopped = true)).resume();

for (let i = 0; i < 12; i++) {
  await create();
}
const client = new LiveClient({
  server: LIVE,
  token: async () => TOKEN,
  stallAfterMillis: 2_000,
  offlineAfterMillis: 1_000,
  maxBackoffMillis: 100,
});
const ITEMS = 'inventory-items';
const two = ids.slice(0, 2);
const list = (view, parameters) =>
  new Checked(client, view, `/api/${view}?${new URLSearchParams(parameters)}`, true, {
    view,
    list: parameters,
    windowMillis: 10,
  });
const all = [
  new Checked(client, ITEMS, `/api/${ITEMS}?limit=500`, false, { views: [ITEMS, 'accounts'], windowMillis: 10 }),
  new Checked(client, ITEMS, `/api/${ITEMS}?id=${two}`, false, { view: ITEMS, ids: two, windowMillis: 10 }),
  list(ITEMS, { status: 'active', sort: '-updatedAt', limit: 5 }),
  list(ITEMS, { category: 'c1', limit: 3 }),
  list('stock-movements', { item: ids[2], limit: 4 }),
];
let done = 0;
let instants = 0;
while (!stopped || done < LEAST) {
  for (let burst = 1 + draw(3); burst > 0; burst--) {
    await happen();
    for (const checked of all) {
      if (await checked.equalsAtOneInstant()) {
        instants++;
        done++;
      }
    }
  }
  for (const checked of all) {
    await checked.equalsAll();
    done++;
  }
}
console.log(`${done} comparisons, ${instants} of them at one instant; ${JSON.stringify(client.statistics())}`);
client.close();
