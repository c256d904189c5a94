import { describe, expect, it } from '@jest/globals';
import { defineFact } from '../../../lib/facts/fact';
import { listOf, text } from '../../../lib/facts/fact-types';
import { rules } from '../../../lib/rules/registry';
import { factsPage } from '../../../scripts/rule-docs/facts';
import { aFact } from '../../support/a-fact';

describe('the page of facts', () => {
  it('tells value, source and days', () => {
    const page = factsPage([aFact({ doubt: 'AWS says it twice.' })], []);
    expect(page).toContain(`## invented-fact

The oldest version that was invented.

- Value: \`1.0.0\`
- Doubt: AWS says it twice.
- Source: <https://docs.aws.amazon.com/y>, checked 2025-11-30, stale from 2026-11-30 on
- Rules: none yet
`);
  });

  it('spells lists item by item', () => {
    const list = defineFact({ ...aFact(), type: listOf(text), value: ['a', 'b'] });
    expect(factsPage([list], [])).toContain('- Value: `a` `b`\n');
  });

  it('names the rules that rest on each', () => {
    const [rule] = rules.filter(({ meta }) => meta.facts.length > 0);
    const { id = '', facts = [] } = rule?.meta ?? {};
    expect(factsPage(facts, rules)).toContain(`[${id}](rules/${id}.md)`);
  });
});
