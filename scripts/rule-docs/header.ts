import { remedyInWords } from '../../lib/evaluate/finding';
import { appliesTo } from '../../lib/explain/applies-to';
import type { Rule } from '../../lib/rules/rule';

/** Everything above it is written by the machine, everything below by people. */
export const END_OF_HEADER = '<!-- end of generated header; run `npm run docs:rules` -->';
/** What every rule's page answers. */
export const SECTIONS = ['Why', 'Example', 'When not to use it', 'What the controller will do'] as const;

const code = (text: string): string => `\`${text}\``;

function optionList(defaults: Rule['defaults']): string {
  const options = Object.entries(defaults).map(([name, value]) => `${code(name)} = ${code(JSON.stringify(value))}`);
  return options.length > 0 ? options.join(', ') : 'none';
}

function factLine({ meta }: Rule): string {
  const source = `Source: <${meta.source.url}>, checked ${meta.source.checked}.`;
  const due = meta.facts.map(({ recheck }) => recheck).sort();
  if (due.length === 0) return source;
  return `${source} Rests on dated facts: from ${due[0]} on its findings are marked \`verify\` and are no more than \`info\`.`;
}

/** The top of a rule's page, from its metadata. */
export function ruleHeader(rule: Rule): string {
  const { id, title, severity, kind, applies, reads, sweepOnly } = rule.meta;
  const limits = appliesTo(applies).map(({ name, values }) => `${name} ${values.map(code).join(', ')}`);
  const paragraphs = [
    `${title}. **${severity}** · ${kind} · remedy: ${remedyInWords(rule.meta)}`,
    `Applies to ${limits.join('; ')}. Options: ${optionList(rule.defaults)}.`,
    ...(sweepOnly === undefined ? [] : [`Found by sweeps and by hand only: ${sweepOnly}`]),
    `Reads: ${[...reads].sort().map(code).join(', ')}.`,
    factLine(rule),
  ];
  return [`# ${id}`, paragraphs.map((text) => `> ${text}`).join('\n>\n'), END_OF_HEADER].join('\n\n');
}
