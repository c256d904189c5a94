/** What a rule is about, for people to read in a terminal. */
import { remedyInWords } from '../../evaluate/finding';
import type { FactAnswer, RuleAnswer } from '../../explain/explain-rule';
import { labelled, wrapped } from './layout';
import { markdownLines } from './markdown-text';

const COLUMN = 10;

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function options({ options: defaults, setting }: RuleAnswer): string {
  const texts = Object.entries(defaults).map(([name, value]) => {
    const written = setting?.options[name];
    const now = written === undefined ? '' : `, set to ${shown(written)} by the policy`;
    return `${name} (default ${JSON.stringify(value)}${now})`;
  });
  return texts.length === 0 ? 'none' : texts.join('; ');
}

/** What the policy changes of it; nothing if none was asked. */
function setBy({ setting, policy }: RuleAnswer): readonly string[] {
  if (policy === undefined) return [];
  const parts = [
    ...(setting?.off ? ['turned off'] : []),
    ...(setting?.severity ? [`severity ${setting.severity}`] : []),
    ...(setting?.remedy ? [`remedy ${setting.remedy}`] : []),
  ];
  return [parts.length === 0 ? 'neither turned off nor graded anew' : parts.join(', '), `by ${policy}`];
}

/** A long value belongs to the JSON. */
const LONGEST_VALUE = 60;

function valueOf(value: unknown): string {
  const text = shown(value);
  return text.length > LONGEST_VALUE ? 'a list; --format json shows it' : text;
}

function factLines(fact: FactAnswer, width: number): readonly string[] {
  const { id, title, value, url, checked, recheck, stale, doubt, overriddenBy } = fact;
  const due = stale
    ? `Due for a new check since ${recheck}: findings are marked verify, are info at most, and nothing is done about them.`
    : `Holds until ${recheck}.`;
  return [
    ...wrapped(`${id}: ${title} (${valueOf(value)}). Checked ${checked}. ${due}`, width),
    ...(overriddenBy === undefined ? [] : wrapped(`The policy says ${shown(overriddenBy)} instead.`, width)),
    ...(doubt === undefined ? [] : wrapped(`In doubt: ${doubt}`, width)),
    url,
  ];
}

function headLines(answer: RuleAnswer, width: number): readonly string[] {
  const inner = width - COLUMN;
  const { rule, title, kind, severity, sweepOnly, reads, source } = answer;
  const part = (label: string, lines: readonly string[]): readonly string[] => labelled(label, lines, COLUMN);
  const prose = (label: string, text: string): readonly string[] => part(label, wrapped(text, inner));
  const where = answer.appliesTo.map(({ name, values }) => `${name} ${values.join(', ')}`).join('; ');
  return [
    ...wrapped(`${rule}: ${title}`, width),
    '',
    ...prose('Severity', `${severity}, at most; what is found may grade it lower`),
    ...prose('Judges', kind),
    ...prose('Applies', where),
    ...prose('Remedy', remedyInWords(answer)),
    ...prose('Options', options(answer)),
    ...part(
      'Policy',
      setBy(answer).flatMap((text) => wrapped(text, inner)),
    ),
    ...prose(
      'Found by',
      sweepOnly === undefined ? 'events, sweeps and people' : `sweeps and people only: ${sweepOnly}`,
    ),
    ...(answer.silentBeside.length === 0 ? [] : prose('Silent', `where there is an open finding of ${answer.silentBeside.join(', ')}`)), // prettier-ignore
    ...prose('Reads', reads.join(', ')),
    ...part('Source', [`${source.url} (checked ${source.checked})`]),
    ...answer.facts.flatMap((fact, index) => part(index === 0 ? 'Facts' : '', factLines(fact, inner))),
  ];
}

/** @param width of the lines that are wrapped */
export function ruleText(answer: RuleAnswer, width: number): string {
  const sections = answer.sections.flatMap(({ title, text }) => ['', title, '', ...markdownLines(text, width)]);
  return [...headLines(answer, width), ...sections].join('\n');
}
