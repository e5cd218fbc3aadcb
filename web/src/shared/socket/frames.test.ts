import { readFileSync } from 'node:fs';

import * as v from 'valibot';
import { expect, it, vi } from 'vitest';

import { parseFrames } from '@/shared/socket/frames';

// The AsyncAPI document is generated from the server's types, with an example of every frame.
const documentSchema = v.object({
  operations: v.object({ sendFrames: v.object({ messages: v.array(v.object({ $ref: v.string() })) }) }),
  components: v.object({
    messages: v.record(
      v.string(),
      v.object({ examples: v.optional(v.array(v.object({ payload: v.unknown() })), []) }),
    ),
  }),
});
const text = readFileSync('../schemas/asyncapi/waybill.json', 'utf8');
const { operations, components } = v.parse(documentSchema, JSON.parse(text));
const sent = operations.sendFrames.messages.map((message) => message.$ref.split('/').pop() ?? '');

it.each(sent)('reads the documented frame %s', (name) => {
  const examples = components.messages[name]?.examples ?? [];
  expect(examples).not.toHaveLength(0);
  for (const { payload } of examples) {
    const report = vi.fn();
    expect(parseFrames(JSON.stringify(payload), report)).toEqual([payload]);
    expect(report).not.toHaveBeenCalled();
  }
});

it('reads an array of frames, and reports those that it cannot read', () => {
  const report = vi.fn();
  const text = JSON.stringify([{ op: 'pong' }, { op: 'unknown' }, { op: 'position', position: 7 }]);
  expect(parseFrames(text, report)).toEqual([{ op: 'pong' }, { op: 'position', position: 7 }]);
  expect(report).toHaveBeenCalledOnce();
  expect(parseFrames('{', report)).toEqual([]);
  expect(report).toHaveBeenLastCalledWith('not JSON');
});
