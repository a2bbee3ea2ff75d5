import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameTooLargeError, SseParser } from '../dist/sse.js';

const STREAM = `\uFEFFretry: 1500

: a comment
id: 7
event: batch
data: {"name":"Grüner Tee €"}

data: one
data:two
data:
data:  three

: ping
id: 9

event: nothing

unknown: field
retry: soon
id
data

event: batch
data: cut off`;

const EVENTS = [
  'retry 1500',
  'batch 7 {"name":"Grüner Tee €"}',
  'message null one\ntwo\n\n three',
  'message 9 ',
  'message  ',
];

function parsed(maxChars, pieces) {
  const told = [];
  const parser = new SseParser(maxChars, {
    event: (type, id, data) => told.push(`${type} ${id} ${data}`),
    retry: (millis) => told.push(`retry ${millis}`),
  });
  const decoder = new TextDecoder();
  pieces.forEach((piece) => parser.feed(decoder.decode(piece, { stream: true })));
  return told;
}

test('a stream may be cut between any two bytes and end its lines in any way', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const bytes = new TextEncoder().encode(STREAM.replaceAll('\n', end));
    assert.deepEqual(parsed(1_000, [bytes]), EVENTS);
    for (let cut = 0; cut <= bytes.length; cut++) {
      assert.deepEqual(parsed(1_000, [bytes.slice(0, cut), bytes.slice(cut)]), EVENTS, `cut at ${cut}`);
    }
    assert.deepEqual(parsed(1_000, [...bytes].map((byte) => Uint8Array.of(byte))), EVENTS);
  }
});

test('an id with a null character is no id', () => {
  assert.deepEqual(parsed(100, [new TextEncoder().encode('id: 4\0\ndata: x\n\n')]), ['message null x']);
});

test('a line longer than is taken is refused before it ends', () => {
  const most = new TextEncoder().encode(`data: ${'x'.repeat(94)}`);
  parsed(100, [most]);
  assert.throws(() => parsed(100, [most, Uint8Array.of(120)]), FrameTooLargeError);
});

test('an event of many short lines is refused when it is longer than is taken', () => {
  const line = new TextEncoder().encode(`data: ${'x'.repeat(40)}\n`);
  parsed(100, [line, line]);
  assert.throws(() => parsed(100, [line, line, line]), FrameTooLargeError);
});
