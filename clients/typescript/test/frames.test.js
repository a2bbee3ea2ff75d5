import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Backoff } from '../dist/backoff.js';
import { Frames } from '../dist/frames.js';
import { InconsistentFrameError } from '../dist/replica.js';
import { noCounts } from '../dist/shared.js';

let counters;
let told;
let frames;

beforeEach(() => {
  counters = noCounts();
  told = [];
  frames = new Frames(counters, new Backoff(1_000, Math.random), ({ sequence, views }) =>
    told.push([sequence, ...views.get('items').rows.map(({ id, n }) => id + n)].join(' ')),
  );
});

const data = (sequence, ...changes) => JSON.stringify({ sequence: Number(sequence), changes });

/** Such as `snapshot 3 a1 b1`, `reset 2`, `ping 4`; `connect` begins and gives what it begins from. */
function given(...events) {
  let since;
  for (const event of events) {
    const [type, sequence, ...rows] = event.split(' ');
    const upserts = rows.map(([id, ...n]) => ({ id, n: Number(n.join('')) }));
    if (type === 'connect') {
      since = frames.begin();
    } else if (type === 'ping') {
      frames.event('message', sequence, '');
    } else {
      frames.event(type, sequence, data(sequence, { view: 'items', upserts, deletes: [] }));
    }
  }
  return since;
}

test('frames are applied in their order', () => {
  given('connect', 'snapshot 1 a1', 'batch 2 a2', 'batch 5 b1');
  assert.deepEqual(told, ['1 a1', '2 a2', '5 a2 b1']);
  assert.equal(counters.frames, 3);
  assert.equal(given('connect'), 5);
});

test('what is older than the newest of the connection is passed over', () => {
  given('connect', 'snapshot 1 a1', 'batch 3 a3', 'batch 2 a2', 'snapshot 1 a1', 'reset 1');
  assert.deepEqual(told, ['1 a1', '3 a3']);
  assert.equal(counters.repeats, 2);
  assert.equal(counters.resets, 0);
});

test('a sign of life moves what is old', () => {
  given('connect', 'snapshot 1 a1', 'ping 4', 'batch 3 a3', 'batch 5 a5');
  assert.deepEqual(told, ['1 a1', '5 a5']);
  assert.equal(given('ping 7', 'ping 6', 'ping none', 'connect'), 7);
});

test('a sign of life before the first frame says nothing', () => {
  assert.equal(given('connect', 'ping 4', 'connect'), -1);
  given('snapshot 1 a1');
  assert.deepEqual(told, ['1 a1']);
});

test('after a loss changes go on and old ones are passed over', () => {
  given('connect', 'snapshot 5 a1', 'connect', 'batch 4 a9', 'batch 6 a2');
  assert.deepEqual(told, ['5 a1', '6 a2']);
});

test('another node may know less and sends all again', () => {
  given('connect', 'snapshot 50 a1', 'connect', 'reset 40', 'snapshot 40 b1', 'batch 41 b2');
  assert.deepEqual(told, ['50 a1', '40 b1', '41 b2']);
  assert.equal(counters.resets, 1);
});

test('changes of nothing do not fit', () => {
  assert.throws(() => given('connect', 'batch 2 a2'), InconsistentFrameError);
  assert.deepEqual(told, []);
});

test('an order of unknown rows does not fit and all is asked for again', () => {
  given('connect', 'snapshot 1 a1');
  const unknown = data(2, { view: 'items', upserts: [], deletes: [], order: ['z'], total: 1 });
  assert.throws(() => frames.event('batch', '2', unknown), InconsistentFrameError);
  assert.equal(given('connect'), -1);
  assert.deepEqual(told, ['1 a1']);
});

test('what is no frame is refused and what is of later versions is not', () => {
  for (const wrong of ['', '{', '{}', '{"sequence":-1}', '{"sequence":1} x', '[]', 'null']) {
    assert.throws(() => frames.event('snapshot', '1', wrong), wrong);
  }
  frames.event('of-a-later-version', '1', '');
  assert.deepEqual(told, []);
});
