import type { Rule } from '../../lib/rules/rule';
import { END_OF_HEADER, ruleHeader, SECTIONS } from './header';
import { ruleTable, withTable } from './table';

/** Text of a file of the project; undefined if there is none. */
export type ReadPage = (path: string) => string | undefined;

const emptySections = SECTIONS.map((title) => `## ${title}`).join('\n\n');

function rulePage(rule: Rule, present: string | undefined): string {
  const [, written = `\n\n${emptySections}\n`] = present?.split(END_OF_HEADER) ?? [];
  return ruleHeader(rule) + written;
}

function overview(rules: readonly Rule[]): string {
  const intro =
    'A policy sets severity, remedy and options of each rule, or turns it off. A severity in the policy replaces the one below; what a rule grades lower because of what it found stays lower. `npm run docs:rules` writes this page.';
  return `# Rules\n\n${intro}\n\n${ruleTable(rules, '')}\n`;
}

/** Every page that metadata is written into, with its text as it should be, not formatted yet. */
export function rulePages(rules: readonly Rule[], read: ReadPage): ReadonlyMap<string, string> {
  const pages = new Map([['docs/rules/README.md', overview(rules)]]);
  for (const rule of rules) {
    const path = `docs/rules/${rule.meta.id}.md`;
    pages.set(path, rulePage(rule, read(path)));
  }
  const readme = read('README.md');
  if (readme !== undefined) pages.set('README.md', withTable(readme, ruleTable(rules, 'docs/rules/')));
  return pages;
}
