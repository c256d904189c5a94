import { precedences } from '../../lib/evaluate/precedence';
import type { Rule } from '../../lib/rules/rule';
import { cataloguePage } from './catalogue';
import { END_OF_HEADER, ruleHeader, SECTIONS } from './header';
import { kindTable, withTable } from './table';

/** Text of a file of the project; undefined if there is none. */
export type ReadPage = (path: string) => string | undefined;

const emptySections = SECTIONS.map((title) => `## ${title}`).join('\n\n');

function rulePage(rule: Rule, present: string | undefined): string {
  const [, written = `\n\n${emptySections}\n`] = present?.split(END_OF_HEADER) ?? [];
  return ruleHeader(rule) + written;
}

/** Every page that metadata is written into, with its text as it should be, not formatted yet. */
export function rulePages(rules: readonly Rule[], read: ReadPage): ReadonlyMap<string, string> {
  const pages = new Map([['docs/rules.md', cataloguePage(rules, precedences)]]);
  for (const rule of rules) {
    const path = `docs/rules/${rule.meta.id}.md`;
    pages.set(path, rulePage(rule, read(path)));
  }
  const readme = read('README.md');
  if (readme !== undefined) pages.set('README.md', withTable(readme, kindTable(rules, 'docs/rules/')));
  return pages;
}
