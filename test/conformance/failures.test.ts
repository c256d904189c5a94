/** docs/failures.md against the rules and the explanations that there are. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../lib/explain/errors/catalogue';
import { knownMessages } from '../explain/known-messages';
import { permanentRuleIds } from './permanent-rule-ids';

const CASES = 29;

interface Row {
  readonly mode: string;
  readonly what: string;
  readonly rules: readonly string[];
  readonly explanations: readonly string[];
  readonly instead: string;
}

const named = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id);

function toRow(line: string): Row {
  const [, mode = '', what = '', rules = '', explanations = '', instead = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  return { mode, what, rules: named(rules), explanations: named(explanations), instead };
}

const rows = readFileSync('docs/failures.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| F\d/.test(line))
  .map(toRow);
const known = new Set(catalogue.map(({ id }) => id));

it('has a row for each case, in order', () => {
  expect(rows.map(({ mode }) => mode)).toEqual(Array.from({ length: CASES }, (_, index) => `F${index + 1}`));
});

it('names every explanation, once', () => {
  const ids = rows.flatMap(({ explanations }) => explanations);
  expect([...ids].sort()).toEqual([...known].sort());
});

describe.each(rows)('$mode: $what', ({ mode, rules, explanations, instead }) => {
  it('names only rules that there are or will be', () => {
    expect(rules.filter((id) => !permanentRuleIds.has(id))).toEqual([]);
  });

  it('names only explanations that there are', () => {
    expect(explanations.filter((id) => !known.has(id))).toEqual([]);
  });

  it('says why not where nothing catches it', () => {
    if (rules.length === 0 || explanations.length === 0) expect(instead.length).toBeGreaterThan(20);
    else expect(rules.length + explanations.length).toBeGreaterThanOrEqual(2);
  });

  it('names what explains the messages of the case', () => {
    const first = knownMessages.filter((one) => one.mode === mode).map(({ explained: [id] }) => id);
    const everywhere = new Set(rows.flatMap((row) => row.explanations));
    expect(first.filter((id) => !everywhere.has(id))).toEqual([]);
  });

  it('shares a rule with each of its explanations', () => {
    for (const id of explanations) {
      const of = catalogue.find((one) => one.id === id)?.rules ?? [];
      expect({ id, shares: of.some((rule) => rules.includes(rule)) }).toEqual({ id, shares: true });
    }
  });
});
