import type { EndState } from './end-state';
import type { Ending } from './live';

const parts = ['tags', 'registrations', 'settings', 'findings'] as const;

function without(list: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...list];
  for (const other of others) {
    const index = left.indexOf(other);
    if (index >= 0) left.splice(index, 1);
  }
  return left;
}

function differences(fair: EndState, rough: EndState): readonly string[] {
  return parts.flatMap((part) => [
    ...without(rough[part], fair[part]).map((one) => `${part}: ${one}, which is not there in fair weather`),
    ...without(fair[part], rough[part]).map((one) => `${part}: no ${one}, which is there in fair weather`),
  ]);
}

export interface Verdict {
  /** What must not be; empty: the history ended as it should. */
  readonly wrong: readonly string[];
  /** One sweep came to the same; nothing had to be seen twice first. */
  readonly isSwept: boolean;
}

export function judge(fair: Ending, rough: Ending): Verdict {
  const wrong = [
    ...fair.wrong.map((one) => `in fair weather: ${one}`),
    ...rough.wrong.map((one) => `in its weather: ${one}`),
    ...differences(fair.end, rough.end),
  ];
  return { wrong, isSwept: differences(fair.swept, rough.swept).length === 0 };
}
