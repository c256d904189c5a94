import { defineFact, type Fact } from '../../lib/facts/fact';
import { version } from '../../lib/facts/fact-types';

/** An invented fact. */
export function aFact(over: Partial<Omit<Fact<string>, 'type'>> = {}): Fact<string> {
  return defineFact({
    id: 'invented-fact',
    title: 'The oldest version that was invented',
    type: version,
    value: '1.0.0',
    url: 'https://docs.aws.amazon.com/y',
    checked: '2025-11-30',
    recheck: '2026-11-30',
    ...over,
  });
}
