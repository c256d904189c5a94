import { describe, expect, it } from '@jest/globals';
import { chunk, describeInBatches, listPages, type Page } from '../../lib/aws/read';

const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } });
const expired = Object.assign(new Error('old'), { name: 'ExpiredToken', $metadata: { httpStatusCode: 400 } });
const action = 'ecs:DescribeTasks';

describe('chunk', () => {
  it.each([
    [0, []],
    [1, [1]],
    [10, [10]],
    [11, [10, 1]],
    [25, [10, 10, 5]],
  ])('%d things in tens: %j', (count, sizes) => {
    const things = Array.from({ length: count }, (_, index) => index);
    expect(chunk(things, 10).map((part) => part.length)).toEqual(sizes);
    expect(chunk(things, 10).flat()).toEqual(things);
  });
});

describe('describeInBatches', () => {
  const upper = (keys: readonly string[]) => Promise.resolve({ items: keys.map((key) => key.toUpperCase()) });

  it('asks for each key once, however often it is named', async () => {
    const batches: (readonly string[])[] = [];
    const describe = (keys: readonly string[]) => (batches.push(keys), upper(keys));
    const read = await describeInBatches({ action, keys: ['a', 'b', 'a', 'c'], size: 2, describe });
    expect(batches).toEqual([['a', 'b'], ['c']]);
    expect(read).toEqual({ items: ['A', 'B', 'C'], missing: [], failures: [] });
  });

  it('makes no call for nothing', async () => {
    const describe = () => Promise.reject(new Error('called'));
    expect(await describeInBatches({ action, keys: [], size: 2, describe })).toEqual({
      items: [],
      missing: [],
      failures: [],
    });
  });

  it('keeps the batches that came when one is refused, and names what that one was about', async () => {
    const describe = (keys: readonly string[]) => (keys.includes('c') ? Promise.reject(denied) : upper(keys));
    const read = await describeInBatches({ action, keys: ['a', 'b', 'c', 'd', 'e'], size: 2, describe });
    expect(read.items).toEqual(['A', 'B', 'E']);
    expect(read.failures).toEqual([{ action, kind: 'AccessDenied', message: 'no', keys: ['c', 'd'] }]);
  });

  it('tells what is missing from what is unexplained', async () => {
    const describe = () =>
      Promise.resolve({ items: ['A', undefined], missing: ['b'], unexplained: [{ key: 'c', message: 'why' }] });
    expect(await describeInBatches({ action, keys: ['a', 'b', 'c'], size: 9, describe })).toEqual({
      items: ['A'],
      missing: ['b'],
      failures: [{ action, kind: 'Partial', message: 'why', keys: ['c'] }],
    });
  });

  it('throws what no snapshot can stand beside', async () => {
    const describe = () => Promise.reject(expired);
    await expect(describeInBatches({ action, keys: ['a'], size: 1, describe })).rejects.toBe(expired);
  });
});

describe('listPages', () => {
  const pages = (answers: readonly (Page<string> | Error)[]) => {
    const tokens: (string | undefined)[] = [];
    const page = (token: string | undefined) => {
      const answer = answers[tokens.length];
      tokens.push(token);
      return answer instanceof Error || !answer
        ? Promise.reject(answer ?? new Error('too far'))
        : Promise.resolve(answer);
    };
    return { page, tokens };
  };

  it('follows tokens, over empty pages too, and ends at an empty token', async () => {
    const { page, tokens } = pages([
      { items: ['a'], token: 'x' },
      { items: [], token: 'y' },
      { items: ['b'], token: '' },
    ]);
    expect(await listPages({ action, page })).toEqual({ items: ['a', 'b'], missing: [], failures: [] });
    expect(tokens).toEqual([undefined, 'x', 'y']);
  });

  it('keeps the pages before one that fails', async () => {
    const { page } = pages([{ items: ['a'], token: 'x' }, denied]);
    const read = await listPages({ action, keys: ['prod'], page });
    expect(read.items).toEqual(['a']);
    expect(read.failures).toEqual([{ action, kind: 'AccessDenied', message: 'no', keys: ['prod'] }]);
  });
});
