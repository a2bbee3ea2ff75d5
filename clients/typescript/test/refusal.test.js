import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '../dist/refusal.js';

const nothing = async () => {
  throw new SyntaxError('no JSON');
};
const of = (refusal, status, headers = {}, problem = nothing) => refusal.of(status, new Headers(headers), problem);
const isStream = (refusal, status, type) => refusal.isStream(status, new Headers(type ? { 'Content-Type': type } : {}));

test('only what is sent as events is a stream', () => {
  const refusal = new Refusal();
  assert.equal(isStream(refusal, 200, 'Text/Event-Stream; charset=utf-8'), true);
  assert.equal(isStream(refusal, 206, 'text/event-stream'), false);
  assert.equal(isStream(refusal, 200, 'text/html'), false);
  assert.equal(isStream(refusal, 200), false);
});

test('what may be otherwise later passes', async () => {
  for (const status of [200, 204, 301, 302, 307, 399, 408, 429, 500, 502, 503, 504]) {
    assert.deepEqual(await of(new Refusal(), status), { kind: 'lost' }, `${status}`);
  }
});

test('other answers are refusals that say why', async () => {
  for (const status of [400, 403, 404, 410, 421, 422]) {
    const { kind, reason } = await of(new Refusal(), status);
    assert.deepEqual([kind, reason.status, reason.message], ['refused', status, `the server answered ${status}`]);
  }
  const problem = async () => ({ type: 'too-many-rows', detail: 'huge is huge' });
  const { reason } = await of(new Refusal(), 400, {}, problem);
  assert.deepEqual([reason.type, reason.message], ['too-many-rows', 'huge is huge']);
});

test('a token is asked for once more and again after a stream', async () => {
  const refusal = new Refusal();
  assert.equal((await of(refusal, 401)).kind, 'atOnce');
  assert.equal((await of(refusal, 401)).kind, 'refused');
  isStream(refusal, 200, 'text/html');
  assert.equal((await of(refusal, 401)).kind, 'refused');
  isStream(refusal, 200, 'text/event-stream');
  assert.equal((await of(refusal, 401)).kind, 'atOnce');
});

test('who says when to come back is heard', async () => {
  assert.deepEqual(await of(new Refusal(), 429, { 'Retry-After': '7' }), { kind: 'notBefore', millis: 7_000 });
  assert.deepEqual(await of(new Refusal(), 503, { 'Retry-After': 'soon' }), { kind: 'lost' });
});
