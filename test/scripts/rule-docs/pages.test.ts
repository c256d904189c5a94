import { describe, expect, it } from '@jest/globals';
import type { Rule } from '../../../lib/rules/rule';
import { END_OF_HEADER } from '../../../scripts/rule-docs/header';
import { rulePages } from '../../../scripts/rule-docs/pages';
import { TABLE_BEGIN, TABLE_END } from '../../../scripts/rule-docs/table';
import { aFact } from '../../support/a-fact';

const rule: Rule = {
  meta: {
    id: 'service-invented',
    title: 'Service is invented',
    kind: 'service',
    severity: 'high',
    remedy: 'suggest',
    applies: { postures: ['ipv6-only', 'dual-stack'] },
    source: { url: 'https://example.org/x', checked: '2026-11-21' },
    facts: ['2028-01-01', '2027-05-21'].map((recheck) => aFact({ recheck })),
    reads: ['ecs:ListServices', 'ecs:DescribeServices'],
    messages: {},
  },
  defaults: { floor: 2, names: [] },
  under: () => ({ check: () => [] }),
};
const PAGE = 'docs/rules/service-invented.md';

function pages(present: Record<string, string> = {}, ...rules: Rule[]): ReadonlyMap<string, string> {
  return rulePages(rules.length > 0 ? rules : [rule], (path) => present[path]);
}

describe("a rule's page", () => {
  it('begins with what the metadata says', () => {
    expect(pages().get(PAGE)?.split(END_OF_HEADER)[0]).toBe(
      [
        '# service-invented',
        '',
        '> Service is invented. **high** · service · remedy: suggest',
        '>',
        '> Applies to posture `ipv6-only`, `dual-stack`. Options: `floor` = `2`, `names` = `[]`.',
        '>',
        '> Reads: `ecs:DescribeServices`, `ecs:ListServices`.',
        '>',
        '> Source: <https://example.org/x>, checked 2026-11-21. Rests on dated facts: from 2027-05-21 on its findings are marked `verify` and are no more than `info`.',
        '',
        '',
      ].join('\n'),
    );
  });

  it('has empty sections at first', () => {
    expect(
      pages()
        .get(PAGE)
        ?.split(END_OF_HEADER)[1]
        ?.match(/^## .*/gm),
    ).toHaveLength(4);
  });

  it('keeps what people wrote', () => {
    const present = { [PAGE]: `# old header\n${END_OF_HEADER}\n\n## Why\n\nBecause.\n` };
    expect(pages(present).get(PAGE)).toMatch(/^# service-invented\n[^]*\n\n## Why\n\nBecause\.\n$/);
  });

  it('says so if there are no options and no dated facts', () => {
    const page = pages({}, { ...rule, defaults: {}, meta: { ...rule.meta, facts: [] } }).get(PAGE);
    expect(page).toContain('Options: none.');
    expect(page).not.toContain('dated facts');
  });
});

describe('the table of rules', () => {
  const row = '| Service is invented | service | high | suggest |';

  it('is the overview', () => {
    const page = pages({}, { ...rule, meta: { ...rule.meta, sweepOnly: 'Nobody tells of it.' } }).get('docs/rules.md');
    expect(page).toContain(`| [service-invented](rules/service-invented.md) ${row}`);
    expect(page).toContain(
      '| [service-invented](rules/service-invented.md) | ipv6-only, dual-stack | all | all | all |',
    );
    expect(page).toContain('| [service-invented](rules/service-invented.md) | Nobody tells of it. |');
  });

  it('stands in README.md between its lines', () => {
    const readme = `# Title\n\n${TABLE_BEGIN}\n\nold\n\n${TABLE_END}\n\nrest\n`;
    const page = pages({ 'README.md': readme }).get('README.md');
    expect(page).toContain('| service | [service-invented](docs/rules/service-invented.md) |');
    expect(page).toMatch(/^# Title\n[^]*\n\nrest\n$/);
    expect(page).not.toContain('old');
  });

  it('leaves a README.md without these lines as it is', () => {
    expect(pages({ 'README.md': '# Title\n' }).get('README.md')).toBe('# Title\n');
    expect(pages().has('README.md')).toBe(false);
  });
});
