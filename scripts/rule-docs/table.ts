import { remedyInWords } from '../../lib/evaluate/finding';
import type { Rule } from '../../lib/rules/rule';

/** Between these lines of README.md the table is kept up to date. */
export const TABLE_BEGIN = '<!-- rules: begin; run `npm run docs:rules` -->';
export const TABLE_END = '<!-- rules: end -->';

/** The rules as a Markdown table; `base` is where their pages lie. */
export function ruleTable(rules: readonly Rule[], base: string): string {
  const rows = rules.map(
    ({ meta }) =>
      `| [${meta.id}](${base}${meta.id}.md) | ${meta.title} | ${meta.kind} | ${meta.severity} | ${remedyInWords(meta)} |`,
  );
  return ['| Rule | What is wrong | Judges | Severity | Remedy |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** The rules by what they judge, a line for each kind: short enough for a first page. */
export function kindTable(rules: readonly Rule[], base: string): string {
  const kinds = [...new Set(rules.map(({ meta }) => meta.kind))].sort();
  const rows = kinds.map((kind) => {
    const links = rules.filter(({ meta }) => meta.kind === kind).map(({ meta: { id } }) => `[${id}](${base}${id}.md)`);
    return `| ${kind} | ${links.join(', ')} |`;
  });
  return ['| Judges | Rules |', '| --- | --- |', ...rows].join('\n');
}

/** The page with the table between its two lines; a page without them stays as it is. */
export function withTable(page: string, table: string): string {
  const begin = page.indexOf(TABLE_BEGIN);
  const end = page.indexOf(TABLE_END);
  if (begin < 0 || end < begin) return page;
  return [page.slice(0, begin) + TABLE_BEGIN, table, page.slice(end)].join('\n\n');
}
