import { expect, test } from '@jest/globals';
import { createCopy } from '../../../../infra/local/kernel/copy';

test('what is copied no longer follows its original, at any depth', () => {
  const original = { list: [{ name: 'a' }], map: new Map([['k', { set: new Set(['x']) }]]) };
  const copy = createCopy()(original);
  original.list[0]?.name.at(0);
  Object.assign(original.list[0] ?? {}, { name: 'changed' });
  original.list.push({ name: 'b' });
  original.map.get('k')?.set.add('y');
  expect(copy).toEqual({ list: [{ name: 'a' }], map: new Map([['k', { set: new Set(['x']) }]]) });
});

test('what is shared stays shared, round trips included', () => {
  interface Node {
    name: string;
    next?: Node;
  }
  const one: Node = { name: 'one' };
  one.next = { name: 'two', next: one };
  const copy = createCopy();
  const copied = copy({ one, all: new Set([one, one.next]) });
  expect(copied.one).not.toBe(one);
  expect(copied.one.next?.next).toBe(copied.one);
  expect([...copied.all]).toEqual([copied.one, copied.one.next]);
  expect(copy(one)).toBe(copied.one);
});

test('functions, dates and things of classes are the same in the copy', () => {
  const shared = { at: new Date(0), run: () => 1, pattern: /x/ };
  const copy = createCopy()(shared);
  expect([copy.at, copy.run, copy.pattern]).toEqual([shared.at, shared.run, shared.pattern]);
  expect(copy.at).toBe(shared.at);
});

test('a chain longer than the stack is copied', () => {
  interface Link {
    readonly next: Link | undefined;
  }
  let chain: Link | undefined;
  for (let made = 0; made < 200_000; made += 1) chain = { next: chain };
  let length = 0;
  for (let link = createCopy()(chain); link; link = link.next) length += 1;
  expect(length).toBe(200_000);
});
