import fs from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { facts } from '../../lib/facts/registry';
import { highestRemedy } from '../../lib/evaluate/finding';
import { precedences } from '../../lib/evaluate/precedence';
import { rules } from '../../lib/rules/registry';
import { factsPage } from '../../scripts/rule-docs/facts';
import { END_OF_HEADER, ruleHeader, SECTIONS } from '../../scripts/rule-docs/header';
import { kindTable, ruleTable } from '../../scripts/rule-docs/table';
import { automaticRuleIds, permanentRuleIds } from './permanent-rule-ids';

const read = (file: string): string => fs.readFileSync(file, 'utf8');

/** Files of lib/rules that are not rules; what several rules share lies in folders. */
const contracts = new Set(['define-rule.ts', 'registry.ts', 'rule.ts']);
const ruleFiles = fs
  .readdirSync('lib/rules')
  .filter((file) => file.endsWith('.ts') && !contracts.has(file))
  .map((file) => file.replace(/\.ts$/, ''));
const pageFiles = fs.readdirSync('docs/rules');
const ids = rules.map(({ meta }) => meta.id);

describe('registry', () => {
  it('has every file of lib/rules, named by its id, in alphabetical order', () => {
    expect(ids).toEqual([...ruleFiles].sort());
  });

  it('has a page for every rule, and no other', () => {
    expect(pageFiles.sort()).toEqual(ids.map((id) => `${id}.md`));
  });

  it('has no id that is not permanent', () => {
    const named = [...ids, ...precedences.flatMap(({ moot, because }) => [moot, because])];
    // strictly: `toEqual` takes a list of nothing for an empty one
    expect(named.filter((id) => !permanentRuleIds.has(id))).toStrictEqual([]);
  });

  it('leads to writes by few rules only', () => {
    const automatic = rules.filter(({ meta }) => highestRemedy(meta) === 'auto').map(({ meta }) => meta.id);
    expect(automatic.filter((id) => !automaticRuleIds.has(id))).toEqual([]);
  });

  it('stands in the overview', () => {
    const squeezed = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
    expect(squeezed(read('docs/rules.md'))).toContain(squeezed(ruleTable(rules, 'rules/')));
    expect(squeezed(read('README.md'))).toContain(squeezed(kindTable(rules, 'docs/rules/')));
  });
});

it('the page of facts says what the facts are', () => {
  expect(read('docs/facts.md')).toBe(factsPage(facts, rules));
});

describe.each(rules)('$meta.id', (rule) => {
  const { id, title, source, reads, messages, applies } = rule.meta;

  it('has a test by testRule', () => {
    expect(read(`test/rules/${id}.test.ts`)).toMatch(/^testRule\(/m);
  });

  it('has a page with a fresh header and every section written', () => {
    const page = read(`docs/rules/${id}.md`);
    expect(page.slice(0, page.indexOf(END_OF_HEADER) + END_OF_HEADER.length)).toBe(ruleHeader(rule));
    const sections = page.split(/^## /m).slice(1);
    expect(sections.map((section) => section.split('\n')[0])).toEqual(SECTIONS);
    for (const section of sections) expect(section.split('\n').slice(1).join('').trim().length).toBeGreaterThan(40);
  });

  it('has a title that states the fault', () => {
    expect(title.length).toBeLessThanOrEqual(80);
    expect(title).not.toMatch(/ensure|\.$/i);
  });

  it('names its sources', () => {
    for (const { url, checked } of [source, ...rule.meta.facts]) {
      expect(url).toMatch(/^https:\/\//);
      expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('only reads, and says what', () => {
    expect(reads.length).toBeGreaterThan(0);
    for (const action of reads) expect(action).toMatch(/^[a-z0-9-]+:(Describe|Get|List)[A-Za-z0-9]+$/);
  });

  it('speaks in sentences, and of some posture', () => {
    for (const message of Object.values(messages)) expect(message).toMatch(/\.$/);
    expect(applies.postures.length).toBeGreaterThan(0);
  });
});
