import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LiveError } from '../dist/index.js';
import { Audience } from '../dist/audience.js';
import { normal } from '../dist/question.js';
import { Follower, Topic } from '../dist/topic.js';

const ALL = { sequence: 3, views: new Map([['items', { rows: [], total: 0 }]]) };
const REASON = new LiveError(400, '', 'refused on purpose');

function followed(audience) {
  const told = [];
  const topic = new Topic(normal({ views: ['items'] }), audience);
  const listener = {
    changed: ({ sequence }) => told.push(sequence),
    connection: (state) => told.push(state),
    failed: ({ message }) => told.push(message),
  };
  topic.followers.add(
    new Follower(topic, listener, (error) => {
      throw error;
    }),
  );
  audience.topics.add(topic);
  return { topic, told };
}

test('a topic that went to another link is told nothing here', () => {
  const audience = new Audience(() => {});
  const other = new Audience(() => {});
  const { topic, told } = followed(audience);
  audience.tellAll();
  audience.end(() => {
    other.topics.add(topic);
    return [];
  }, REASON);
  audience.tellAll();
  audience.tell(ALL);
  other.become('live');
  assert.deepEqual(told, ['connecting', 'live']);
});

test('those that fail are told so and why', () => {
  let moved = 0;
  const audience = new Audience(() => moved++);
  const { topic, told } = followed(audience);
  audience.end(() => [...topic.followers], REASON);
  assert.deepEqual(told, ['failed', 'refused on purpose']);
  assert.equal(audience.state, 'failed');
  assert.equal(moved, 1);
});

test('who comes late is told all there is', () => {
  const audience = new Audience(() => {});
  audience.tell(ALL);
  const { told } = followed(audience);
  audience.tellAll();
  assert.deepEqual(told, ['connecting', 3]);
});
