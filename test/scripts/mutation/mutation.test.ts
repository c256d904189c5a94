import { describe, expect, it } from '@jest/globals';
import * as cases from '../../../scripts/mutation/cases';
import { percentOf, scores } from '../../../scripts/mutation/score';
import { sourceFiles, testFiles } from '../../../scripts/mutation/stages';
import type { MutatedFiles, Mutant } from '../../../scripts/mutation/stryker';
import { compareSurvivors, listText } from '../../../scripts/mutation/survivors';

const source = 'const big =\n  a > b;\n';
const mutant = (status: Mutant['status'], over: Partial<Mutant> = {}): Mutant => ({
  ...{ mutatorName: 'EqualityOperator', replacement: 'a >= b', status },
  location: { start: { line: 2, column: 3 }, end: { line: 2, column: 8 } },
  ...over,
});
const files = (...mutants: Mutant[]): MutatedFiles => ({ 'lib/facts/invented.ts': { source, mutants } });

describe('the score', () => {
  it('counts who is noticed against who survives, and nobody else', () => {
    const found = scores(files(mutant('Killed'), mutant('Timeout'), mutant('NoCoverage'), mutant('RuntimeError')));
    expect(found).toEqual([
      { name: 'facts', noticed: 2, survived: 1 },
      { name: 'all', noticed: 2, survived: 1 },
    ]);
  });

  it.each([
    [9, 1, 90],
    [0, 0, 100],
  ])('of %d noticed and %d survivors is %d %%', (noticed, survived, percent) => {
    expect(percentOf({ name: 'all', noticed, survived })).toBe(percent);
  });
});

describe('survivors', () => {
  it('that the list does not have are told by what was changed', () => {
    const { unexplained } = compareSurvivors(files(mutant('Survived'), mutant('Killed', { replacement: 'true' })));
    expect([...unexplained]).toEqual([['lib/facts/invented.ts', ['a > b => a >= b']]]);
    expect(listText(unexplained)).toContain('- a > b => a >= b');
  });

  it('that the list has are outdated once a test notices them', () => {
    const { outdated } = compareSurvivors({ 'lib/facts/fact-override.ts': { source: '', mutants: [] } });
    expect(outdated.get('lib/facts/fact-override.ts')).toContain('known.type === fact.type => true');
  });
});

describe('what is broken, and what may notice', () => {
  it('are sources whose path begins as asked, and no other', () => {
    expect(sourceFiles(['facts/fact-o', 'guard/guard'])).toEqual(['lib/facts/fact-override.ts', 'lib/guard/guard.ts']);
    expect(sourceFiles(['cli'])).toEqual([]);
  });

  it('are tests that chance has no part in', () => {
    expect(testFiles()).toContain('test/facts/fact.test.ts');
    expect(testFiles().filter((file) => file.includes('propert'))).toEqual([]);
  });
});

it('registers tests as jest does', () => {
  const seen: unknown[] = [];
  const found = cases.casesOf(() => {
    cases.describe('outer', () => {
      cases.afterEach(() => seen.push('after'));
      cases.it.each([1, [2, 3]])('row', (...row) => seen.push(row));
    });
    cases.it('last', () => seen.push('last'));
  });
  expect(found.map(({ id }) => id)).toEqual(['outer row 0', 'outer row 1', 'last 2']);
  for (const { body, after } of found) for (const run of [body, ...after]) run();
  expect(seen).toEqual([[1], 'after', [2, 3], 'after', 'last']);
});
