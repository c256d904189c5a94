import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../../../infra/local/kernel/api-error';
import type { Page } from '../../../../infra/local/kernel/page';
import { page } from '../../../../infra/local/kernel/page';

const invalidToken = new ApiError('InvalidParameterException', 'Invalid token.');
const letters = ['a', 'b', 'c', 'd', 'e'];

/** All pages of the list, which `change` may alter in between. */
function pages(
  items: string[],
  options: { position?: (item: string) => number; change?: () => void } = {},
): string[][] {
  const found: string[][] = [];
  for (let token: string | undefined = ''; token !== undefined; options.change?.()) {
    const next: Page<string> = page(items, { token, size: 2, invalidToken, position: options.position });
    found.push(next.items);
    token = next.token;
  }
  return found;
}

describe('page', () => {
  it('cuts a list, and the last page has no token', () => {
    expect(pages(letters)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(pages(letters.slice(0, 4))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(pages([])).toEqual([[]]);
  });

  it('by position passes nothing over when items go in between', () => {
    const items = [...letters];
    const position = (item: string): number => item.charCodeAt(0);
    expect(pages(items, { position, change: () => void items.shift() })).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it.each([
    'page:1',
    'nonsense',
    Buffer.from('page:x').toString('base64url'),
    Buffer.from('page:9').toString('base64url'),
  ])('refuses a token that it never gave: %s', (token) => {
    expect(() => page(letters, { token, size: 2, invalidToken })).toThrow(invalidToken);
  });
});
