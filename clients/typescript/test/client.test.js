import assert from 'node:assert/strict';
import { afterEach, beforeEach, test as registered } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LiveClient } from '../dist/index.js';
import { Backoff, retryAfterMillis } from '../dist/backoff.js';
import { ScriptedServer } from './scripted-server.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const WITHIN_MILLIS = 30_000;
const test = (name, body) => registered(name, { timeout: WITHIN_MILLIS }, body);

const ITEMS = { views: ['items'] };

let server;
let client;

beforeEach(async () => {
  server = await new ScriptedServer().start();
  client = clientWith({});
});

afterEach(() => {
  client.close();
  server.close();
});

function clientWith(options) {
  return new LiveClient({
    server: server.url,
    token: async () => 'secret',
    maxBackoffMillis: 20,
    maxFrameChars: 4_096,
    ...options,
  });
}

/** A listener that writes down what it is told, in a short form. */
class Recorder {
  changes = [];
  states = [];
  failure = null;
  state = null;
  #waiting = [];

  changed(state, changes) {
    this.state = state;
    const text = changes.map(
      ({ view, upserts, deletes }) =>
        `${view}${upserts.map((row) => ` +${row.id}=${row.n}`).join('')}${deletes.map((id) => ` -${id}`).join('')};`,
    );
    this.changes.push(`${state.sequence}: ${text.join('')}`);
    this.#look();
  }

  connection(state) {
    this.states.push(state);
    this.#look();
  }

  failed(reason) {
    this.failure = reason;
    this.#look();
  }

  rows(view) {
    const { rows, total } = this.state.views[view];
    return `${rows.map((row) => `${row.id}=${row.n}`).join(' ')} of ${total}`;
  }

  #look() {
    this.#waiting = this.#waiting.filter((look) => !look());
  }

  /** Resolves when the condition holds; the test's own limit ends a wait in vain. */
  until(condition) {
    return new Promise((resolve) => {
      this.#waiting.push(() => {
        const holds = condition(this);
        if (holds) {
          resolve();
        }
        return holds;
      });
      this.#look();
    });
  }

  async told(...expected) {
    await this.until(() => this.changes.length >= expected.length);
    assert.deepEqual(this.changes, expected);
  }
}

function rows(view, ...upserts) {
  return { view, upserts, deletes: [] };
}

function row(id, n) {
  return { id, n };
}

test('equal questions share one connection and the last to leave ends it', async () => {
  const [one, two, late] = [new Recorder(), new Recorder(), new Recorder()];
  const first = client.subscribe(ITEMS, one);
  const second = client.subscribe({ views: ['items', 'items'] }, two);
  const asked = (await server.next()).open();
  assert.equal(asked.query, 'views=items');
  assert.equal(asked.header('Authorization'), 'Bearer secret');
  assert.equal(asked.header('Last-Event-ID'), undefined);
  asked.frame('snapshot', 3, rows('items', row('a', 1), row('b', 1)));
  await one.told('3: items +a=1 +b=1;');
  await two.told('3: items +a=1 +b=1;');
  const third = client.subscribe(ITEMS, late);
  await late.told('3: items +a=1 +b=1;');
  asked.frame('batch', 4, { view: 'items', upserts: [row('a', 2)], deletes: ['b'] });
  await one.told('3: items +a=1 +b=1;', '4: items +a=2 -b;');
  await late.told('3: items +a=1 +b=1;', '4: items +a=2 -b;');
  assert.equal(one.rows('items'), 'a=2 of 1');
  assert.ok(Object.isFrozen(one.state.views.items.rows[0]));
  first.close();
  second.close();
  assert.equal(client.statistics().connections, 1);
  third.close();
  await asked.gone;
  assert.equal(client.statistics().connections, 0);
  assert.equal(third.connection, 'closed');
  assert.equal(server.hasMore, false);
});

test('views asked together share a connection and each listener gets its own', async () => {
  const [items, orders, both] = [new Recorder(), new Recorder(), new Recorder()];
  client.subscribe(ITEMS, items);
  client.subscribe({ views: ['orders'] }, orders);
  const asked = (await server.next()).open();
  assert.equal(asked.query, 'views=items,orders');
  asked.frame('snapshot', 1, rows('items', row('a', 1)), rows('orders'));
  await items.told('1: items +a=1;');
  await orders.told('1: ');
  client.subscribe({ views: ['orders', 'items'] }, both);
  await both.told('1: items +a=1;');
  asked.frame('batch', 2, rows('orders', row('o', 1)));
  await orders.told('1: ', '2: orders +o=1;');
  await both.told('1: items +a=1;', '2: orders +o=1;');
  assert.equal(items.changes.length, 1);
  assert.equal(server.hasMore, false);
});

test('rows of a view asked together share a connection', async () => {
  const [a, b] = [new Recorder(), new Recorder()];
  client.subscribe({ view: 'items', ids: ['a'] }, a);
  client.subscribe({ view: 'items', ids: ['b'] }, b);
  const asked = (await server.next()).open();
  assert.equal(asked.query, 'id=a,b&views=items');
  asked.frame('snapshot', 1, rows('items', row('a', 1), row('b', 1)));
  asked.frame('batch', 2, { view: 'items', upserts: [], deletes: ['b'] });
  await b.told('1: items +b=1;', '2: items -b;');
  await a.told('1: items +a=1;');
});

test('a refused group is asked one by one so that only the one at fault fails', async () => {
  const [good, bad] = [new Recorder(), new Recorder()];
  const problem = { type: 'too-many-rows', detail: 'huge is huge' };
  client.subscribe(ITEMS, good);
  client.subscribe({ views: ['huge'] }, bad);
  (await server.next()).answer(400, {}, problem);
  for (let i = 0; i < 2; i++) {
    const asked = await server.next();
    if (asked.query === 'views=huge') {
      asked.answer(400, {}, problem);
    } else {
      assert.equal(asked.query, 'views=items');
      asked.open().frame('snapshot', 1, rows('items', row('a', 1)));
    }
  }
  await bad.until(() => bad.failure !== null);
  assert.deepEqual([bad.failure.status, bad.failure.type, bad.failure.message], [400, 'too-many-rows', 'huge is huge']);
  assert.equal(bad.states.at(-1), 'failed');
  await good.told('1: items +a=1;');
  assert.equal(good.failure, null);
});

test('lists keep the order and the total of the server', async () => {
  const list = new Recorder();
  client.subscribe(
    { view: 'orders', list: { status: ['open', 'held'], sort: '-date', limit: 2 }, windowMillis: 100 },
    list,
  );
  const asked = (await server.next()).open();
  assert.equal(asked.query, 'limit=2&sort=-date&status=open,held&views=orders&window=100');
  asked.frame('snapshot', 1, { ...rows('orders', row('a', 1), row('b', 1)), order: ['b', 'a'], total: 7 });
  await list.until(() => list.changes.length === 1);
  assert.equal(list.rows('orders'), 'b=1 a=1 of 7');
  asked.frame('batch', 2, { ...rows('orders'), total: 8 });
  await list.until(() => list.changes.length === 2);
  assert.equal(list.rows('orders'), 'b=1 a=1 of 8');
  asked.frame('batch', 3, { ...rows('orders', row('c', 1)), order: ['a', 'c'], total: 7 });
  await list.told('1: orders +b=1 +a=1;', '2: orders;', '3: orders +c=1 -b;');
  assert.equal(list.rows('orders'), 'a=1 c=1 of 7');
});

test('a lost connection goes on where it was and nothing is told twice', async () => {
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  (await server.next()).open().frame('snapshot', 5, rows('items', row('a', 1), row('b', 1))).end();
  const again = (await server.next()).open();
  assert.equal(again.header('Last-Event-ID'), '5');
  again.frame('batch', 8, rows('items', row('a', 1), row('b', 2)));
  await items.told('5: items +a=1 +b=1;', '8: items +b=2;');
  again.send(': ping\nid: 11\n\n').end();
  const third = await server.next();
  assert.equal(third.header('Last-Event-ID'), '11');
  const statistics = client.statistics();
  assert.equal(statistics.connects, 2);
  assert.equal(statistics.resumes, 1);
  assert.equal(statistics.frames, 2);
  assert.ok(statistics.bytes > 0);
  assert.notEqual(statistics.lastFrameAgeMillis, null);
  assert.deepEqual(items.states.slice(0, 4), ['connecting', 'live', 'reconnecting', 'live']);
});

test('frames that come twice change nothing', async () => {
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  const asked = (await server.next()).open();
  asked.frame('snapshot', 1, rows('items', row('a', 1)));
  asked.frame('batch', 2, rows('items', row('a', 2)));
  asked.frame('batch', 3, rows('items', row('b', 3)));
  asked.frame('batch', 2, rows('items', row('a', 2)));
  asked.send('event: reset\ndata: {"sequence":1}\n\n').frame('snapshot', 1, rows('items', row('a', 1)));
  asked.frame('batch', 3, rows('items', row('b', 3)));
  asked.frame('batch', 4, rows('items', row('c', 4)));
  await items.told('1: items +a=1;', '2: items +a=2;', '3: items +b=3;', '4: items +c=4;');
  assert.equal(items.rows('items'), 'a=2 b=3 c=4 of 3');
  assert.equal(client.statistics().repeats, 3);
  assert.equal(client.statistics().resets, 0);
});

test('after a reset the difference to what was is told', async () => {
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  (await server.next()).open().frame('snapshot', 50, rows('items', row('a', 1), row('b', 1))).end();
  const again = (await server.next()).open();
  // The node may know less than the one before.
  again.send('event: reset\ndata: {"sequence":40}\n\n');
  again.frame('snapshot', 40, rows('items', row('b', 1), row('c', 1)));
  again.frame('batch', 41, rows('items', row('c', 2)));
  await items.told('50: items +a=1 +b=1;', '40: items +c=1 -a;', '41: items +c=2;');
  assert.equal(client.statistics().resets, 1);
});

test('an order of unknown rows makes the client ask for all again', async () => {
  const list = new Recorder();
  client.subscribe({ view: 'orders', list: { limit: 2 } }, list);
  const asked = (await server.next()).open();
  asked.frame('snapshot', 1, { ...rows('orders', row('a', 1)), order: ['a'], total: 1 });
  asked.frame('batch', 2, { ...rows('orders'), order: ['b'], total: 1 });
  const again = (await server.next()).open();
  assert.equal(again.header('Last-Event-ID'), undefined);
  again.frame('snapshot', 2, { ...rows('orders', row('b', 1)), order: ['b'], total: 1 });
  await list.told('1: orders +a=1;', '2: orders +b=1 -a;');
});

test('a silent connection is made again and a lost one counts as offline', async () => {
  client.close();
  client = clientWith({ stallAfterMillis: 200, offlineAfterMillis: 200 });
  const seen = [];
  client.onConnection((state) => seen.push(state));
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  const silent = (await server.next()).open().frame('snapshot', 1, rows('items', row('a', 1)));
  await items.told('1: items +a=1;');
  // A platform may forget who aborts a request once the request is collected.
  collectGarbage();
  await silent.gone;
  const unanswered = await server.next();
  assert.equal(unanswered.header('Last-Event-ID'), '1');
  await items.until(() => items.states.includes('offline'));
  assert.equal(client.connection, 'offline');
  assert.equal(seen.at(-1), 'offline');
  unanswered.open().frame('batch', 2, rows('items', row('a', 2)));
  await items.told('1: items +a=1;', '2: items +a=2;');
});

test('without a network nothing is tried, and at once when it is back', async () => {
  client.close();
  let online = true;
  let changed;
  const network = {
    isOnline: () => online,
    onChange: (callback) => {
      changed = callback;
      return () => {};
    },
  };
  const tried = [];
  const counted = (...request) => {
    tried.push(online);
    return fetch(...request);
  };
  client = clientWith({ network, fetch: counted, maxBackoffMillis: 3_600_000, random: () => 1 });
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  const asked = (await server.next()).open().frame('snapshot', 1, rows('items', row('a', 1)));
  await items.told('1: items +a=1;');
  online = false;
  changed();
  assert.equal(client.connection, 'offline');
  await asked.gone;
  // Another client waits as long for its next try as this one would, and begins to wait later.
  const other = clientWith({ random: () => 1 });
  other.subscribe({ views: ['orders'] }, new Recorder());
  (await server.next()).open().end();
  (await server.next()).open();
  other.close();
  assert.deepEqual(tried, [true]);
  assert.equal(server.hasMore, false);
  online = true;
  changed();
  const again = (await server.next()).open();
  assert.equal(again.header('Last-Event-ID'), '1');
  await items.until(() => items.states.at(-1) === 'live');
});

test('who is sent away for a while comes back', async () => {
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  (await server.next()).answer(429, { 'Retry-After': '0' });
  (await server.next()).answer(503);
  (await server.next()).cut();
  (await server.next()).open().frame('snapshot', 1, rows('items', row('a', 1)));
  await items.told('1: items +a=1;');
  assert.equal(items.failure, null);
});

test('a refused token is asked for once more and then reported', async () => {
  client.close();
  let asked = 0;
  client = clientWith({ token: async () => `token-${++asked}` });
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  const first = await server.next();
  assert.equal(first.header('Authorization'), 'Bearer token-1');
  first.answer(401);
  const second = await server.next();
  assert.equal(second.header('Authorization'), 'Bearer token-2');
  second.answer(401, {}, { type: 'token-invalid' });
  await items.until(() => items.failure !== null);
  assert.equal(items.failure.status, 401);
  assert.equal(asked, 2);
});

test('a token source that fails is asked again', async () => {
  client.close();
  let asked = 0;
  client = clientWith({
    token: async () => {
      if (++asked < 3) {
        throw new Error('the identity provider is away');
      }
      return 'late';
    },
  });
  client.subscribe(ITEMS, new Recorder());
  assert.equal((await server.next()).header('Authorization'), 'Bearer late');
});

test('a token source that never answers is given up and asked again', async () => {
  client.close();
  let asked = 0;
  client = clientWith({
    connectTimeoutMillis: 50,
    token: () => (++asked === 1 ? new Promise(() => {}) : Promise.resolve('late')),
  });
  client.subscribe(ITEMS, new Recorder());
  assert.equal((await server.next()).header('Authorization'), 'Bearer late');
});

test('the line end of a token is left out', async () => {
  client.close();
  client = clientWith({ token: async () => 'secret\r\n' });
  client.subscribe(ITEMS, new Recorder());
  assert.equal((await server.next()).header('Authorization'), 'Bearer secret');
});

test('a token that no header may have fails the question', async () => {
  for (const [token, message] of [
    ['sec\nret', /line end/],
    [' ', /empty token/],
    [undefined, /empty token/],
  ]) {
    client.close();
    client = clientWith({ token: async () => token });
    const items = new Recorder();
    client.subscribe(ITEMS, items);
    await items.until(() => items.failure !== null);
    assert.match(items.failure.message, message);
    assert.equal(items.failure.status, 0);
  }
  assert.equal(server.hasMore, false);
});

test('what is neither a stream nor a refusal is tried again', async () => {
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  (await server.next()).answer(302, { Location: '/login' });
  (await server.next()).answer(204);
  (await server.next()).answer(200, { 'Content-Type': 'text/html' });
  (await server.next()).open().frame('snapshot', 1, rows('items', row('a', 1)));
  await items.told('1: items +a=1;');
  assert.equal(items.failure, null);
  assert.deepEqual(items.states, ['connecting', 'live']);
  assert.equal(client.statistics().connects, 1);
});

test('a failed subscription is counted down once', async () => {
  const failed = new Recorder();
  const subscription = client.subscribe(ITEMS, failed);
  client.subscribe({ view: 'orders', list: { limit: 2 } }, new Recorder());
  for (let i = 0; i < 2; i++) {
    const asked = await server.next();
    if (asked.query === 'views=items') {
      asked.answer(403);
    } else {
      asked.open();
    }
  }
  await failed.until(() => failed.failure !== null);
  assert.equal(client.statistics().subscriptions, 1);
  subscription.close();
  assert.equal(client.statistics().subscriptions, 1);
});

test('a callback that throws breaks no connection', async () => {
  client.close();
  const reported = [];
  const seen = [];
  client = clientWith({ report: (error) => reported.push(error.message) });
  client.onConnection(() => {
    throw new Error('thrown on purpose');
  });
  client.onConnection((state) => seen.push(state));
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  const asked = (await server.next()).open();
  asked.frame('snapshot', 1, rows('items', row('a', 1)));
  await items.told('1: items +a=1;');
  asked.end();
  (await server.next()).open().frame('batch', 2, rows('items', row('a', 2)));
  await items.told('1: items +a=1;', '2: items +a=2;');
  assert.deepEqual(seen, ['reconnecting', 'live']);
  assert.deepEqual(reported, ['thrown on purpose', 'thrown on purpose']);
  assert.equal(client.statistics().connects, 2);
});

test('a frame larger than is taken fails the question', async () => {
  const items = new Recorder();
  client.subscribe(ITEMS, items);
  (await server.next()).open().send(`data: ${'x'.repeat(5_000)}`);
  await items.until(() => items.failure !== null);
  assert.match(items.failure.message, /4096 characters/);
});

test('a listener that throws does not keep others from being told', async () => {
  client.close();
  const reported = [];
  client = clientWith({ report: (error) => reported.push(error.message) });
  const items = new Recorder();
  client.subscribe(ITEMS, {
    changed() {
      throw new Error('thrown on purpose');
    },
  });
  client.subscribe(ITEMS, items);
  const asked = (await server.next()).open();
  asked.frame('snapshot', 1, rows('items', row('a', 1)));
  asked.frame('batch', 2, rows('items', row('a', 2)));
  await items.told('1: items +a=1;', '2: items +a=2;');
  assert.deepEqual(reported, ['thrown on purpose', 'thrown on purpose']);
});

test('what a listener rejects with is reported', async () => {
  client.close();
  let report;
  const reported = new Promise((resolve) => (report = resolve));
  client = clientWith({ report });
  client.subscribe(ITEMS, {
    async changed() {
      throw new Error('rejected on purpose');
    },
  });
  (await server.next()).open().frame('snapshot', 1, rows('items', row('a', 1)));
  assert.equal((await reported).message, 'rejected on purpose');
});

test('a report that throws breaks no connection', async () => {
  client.close();
  client = clientWith({
    report() {
      throw new Error('thrown by a report on purpose');
    },
  });
  const items = new Recorder();
  client.subscribe(ITEMS, {
    changed() {
      throw new Error('thrown on purpose');
    },
  });
  client.subscribe(ITEMS, items);
  const asked = (await server.next()).open();
  asked.frame('snapshot', 1, rows('items', row('a', 1)));
  asked.frame('batch', 2, rows('items', row('a', 2)));
  await items.told('1: items +a=1;', '2: items +a=2;');
  assert.equal(client.statistics().losses, 0);
});

test('questions that no server takes are refused at once', () => {
  const listener = new Recorder();
  assert.throws(() => client.subscribe({ views: [] }, listener), /views/);
  assert.throws(() => client.subscribe({ views: ['a,b'] }, listener), /a,b/);
  assert.throws(() => client.subscribe({ view: 'items', ids: [] }, listener), /ids/);
  assert.throws(() => client.subscribe({ view: 'items', list: { since: 3 } }, listener), /since/);
  assert.throws(() => client.subscribe({ ...ITEMS, windowMillis: 9 }, listener), /windowMillis/);
  client.close();
  assert.throws(() => client.subscribe(ITEMS, listener), /closed/);
});

test('waits double from what the server says up to the cap and begin anew', () => {
  const backoff = new Backoff(5_000, () => 1);
  assert.equal(backoff.nextMillis(), 1_000);
  backoff.reset();
  backoff.startAt(800);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => backoff.nextMillis()),
    [800, 1_600, 3_200, 5_000],
  );
  backoff.reset();
  assert.equal(backoff.nextMillis(), 800);
  backoff.startAt(999_999_999);
  assert.equal(backoff.nextMillis(), 5_000);
  assert.equal(new Backoff(5_000, () => 0).nextMillis(), 0);
});

test('retry-after is seconds or a date and bounded', () => {
  const now = Date.parse('2026-11-01T00:00:00Z');
  assert.equal(retryAfterMillis('7', now), 7_000);
  assert.equal(retryAfterMillis('999999', now), 300_000);
  assert.equal(retryAfterMillis('Wed, 21 Oct 2015 07:28:00 GMT', now), 0);
  assert.equal(retryAfterMillis('Sun, 01 Nov 2026 00:00:30 GMT', now), 30_000);
  assert.equal(retryAfterMillis('soon', now), null);
  assert.equal(retryAfterMillis(null, now), null);
});
