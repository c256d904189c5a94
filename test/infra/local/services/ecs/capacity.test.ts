import type { CapacityProviderStrategyItem } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { nextProvider } from '../../../../../infra/local/services/ecs/capacity';

/** Providers of the first tasks in order. */
function sequence(strategy: readonly CapacityProviderStrategyItem[], length: number): string {
  const counts = new Map<string, number>();
  return Array.from({ length }, () => {
    const provider = nextProvider(strategy, counts) ?? '-';
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
    return provider;
  }).join('');
}

describe('nextProvider', () => {
  it.each<{ name: string; strategy: readonly CapacityProviderStrategyItem[]; expected: string }>([
    { name: 'nobody', strategy: [], expected: '----' },
    { name: 'the only one', strategy: [{ capacityProvider: 'F' }], expected: 'FFFF' },
    {
      name: 'the base first, then by weight',
      strategy: [
        { capacityProvider: 'F', base: 2, weight: 1 },
        { capacityProvider: 'S', weight: 3 },
      ],
      expected: 'FFFSSSFSSS',
    },
    {
      name: 'one without weight for its base alone',
      strategy: [
        { capacityProvider: 'F', base: 1, weight: 0 },
        { capacityProvider: 'S', weight: 1 },
      ],
      expected: 'FSSS',
    },
  ])('gives tasks to $name', ({ strategy, expected }) => {
    expect(sequence(strategy, expected.length)).toBe(expected);
  });
});
