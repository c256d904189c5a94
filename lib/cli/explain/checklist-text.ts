/** A checklist for people to read in a terminal: what fails first, then everything in order. */
import type { Checklist, Condition } from '../../explain/checklist';
import type { Explanation } from '../../explain/explain-error';
import { stages } from '../../explain/order';
import type { Status, Verdict } from '../../explain/verdict';
import { shortName } from '../../trigger/arn';
import { explanationLines } from './error-text';
import { labelled, wrapped } from './layout';

const MARKS: Readonly<Record<Status, string>> = {
  red: 'RED',
  unknown: 'unknown',
  advice: 'advice',
  exempt: 'exempt',
  green: 'green',
  'not-applicable': '-',
};
const COLUMN = 9;
/** More of the same would hide the rest. */
const MOST_VERDICTS = 3;

interface Layout {
  readonly width: number;
  /** Ids of explanations that stand further up. */
  readonly explained: Set<string>;
}

/** Whom it is about, why, and what to do. */
function verdictLines({ resource, message = '', fix, explanations = [] }: Verdict, isRule: boolean, layout: Layout) {
  // the messages of rules name what they are about
  const text = isRule ? message : `${shortName(resource)}: ${message}`;
  const width = layout.width - COLUMN;
  const what = explanations.length > 0 ? explained(explanations, layout) : fix.map((command) => `fix: ${command}`);
  return [...wrapped(text, width), ...what].map((line) => `${' '.repeat(COLUMN)}${line}`.trimEnd());
}

/** Cause, checks and fix of what is said, once; what else may be meant has its name only. */
function explained([known, ...others]: readonly Explanation[], layout: Layout): readonly string[] {
  if (!known) return [];
  const { id, title } = known;
  const width = layout.width - COLUMN;
  if (layout.explained.has(id)) return wrapped(`${title} [${id}]: see above`, width);
  layout.explained.add(id);
  const more = others.map((other) => `${other.title} [${other.id}]`).join('; ');
  return [
    '',
    ...explanationLines(known, width),
    ...(more === '' ? [] : wrapped(`Perhaps also: ${more}. --format json has all of it.`, width)),
    '',
  ];
}

function verdictsOf({ status, verdicts, isRule }: Condition, layout: Layout): readonly string[] {
  const telling = verdicts.filter((verdict) => verdict.status === status);
  const more = telling.length - MOST_VERDICTS;
  return [
    ...telling.slice(0, MOST_VERDICTS).flatMap((verdict) => verdictLines(verdict, isRule, layout)),
    ...(more > 0 ? [`${' '.repeat(COLUMN)}and ${String(more)} more; --format json has all of them`] : []),
  ];
}

function conditionLines(condition: Condition, firstRed: string | null, layout: Layout): readonly string[] {
  const { status, holds, id, verdicts } = condition;
  const resources = verdicts.filter((verdict) => verdict.status !== 'not-applicable').length;
  const of = resources > 1 ? ` (${String(resources)})` : '';
  const above = id === firstRed ? ': see above' : '';
  const head = labelled(MARKS[status], wrapped(`${holds}${of} [${id}]${above}`, layout.width - COLUMN), COLUMN);
  return status === 'green' || above !== '' ? head : [...head, ...verdictsOf(condition, layout)];
}

function firstLines({ conditions, firstRed }: Checklist, layout: Layout): readonly string[] {
  const first = conditions.find(({ id }) => id === firstRed);
  if (!first) return [];
  const severity = first.severity === undefined ? '' : `, ${first.severity}`;
  return [`First to mend: ${first.id}${severity}`, ...verdictsOf(first, layout), ''];
}

function stageLines({ conditions, firstRed }: Checklist, layout: Layout): readonly string[] {
  return stages.flatMap(({ id, title }) => {
    const shown = conditions.filter(({ stage, status }) => stage === id && status !== 'not-applicable');
    return shown.length === 0 ? [] : [title, ...shown.flatMap((one) => conditionLines(one, firstRed, layout)), ''];
  });
}

function summary({ counts, policyVersion, account, region }: Checklist): string {
  const { red, unknown, advice, exempt, green } = counts;
  const parts = [
    `${String(red)} red`,
    `${String(unknown)} unknown`,
    `${String(green)} green`,
    ...(advice > 0 ? [`${String(advice)} advice`] : []),
    ...(exempt > 0 ? [`${String(exempt)} exempt`] : []),
    `${String(counts['not-applicable'])} not applicable`,
  ];
  return `${parts.join(', ')} | account ${account}, ${region} | policy ${policyVersion}`;
}

const nameOf = ({ kind, key }: Checklist['subject']): string =>
  kind === 'instance' ? `${kind}/${key}` : shortName(key);

/** @param width of the lines that are wrapped */
export function checklistText(list: Checklist, width: number): string {
  const { subject, conditions, gaps, counts } = list;
  const apart = conditions.filter(({ status }) => status === 'not-applicable').map(({ id }) => id);
  const verdict =
    counts.red > 0
      ? 'something on its way fails'
      : counts.unknown > 0
        ? 'nothing on its way is known to fail, but not everything could be told'
        : 'nothing on its way fails';
  const layout = { width, explained: new Set<string>() };
  const lines = [
    ...wrapped(`${nameOf(subject)}: ${verdict}`, width),
    ...wrapped(summary(list), width),
    '',
    ...firstLines(list, layout),
    ...stageLines(list, layout),
    ...(apart.length === 0 ? [] : wrapped(`Not applicable: ${apart.join(', ')}`, width)),
    ...gaps.map(({ call, reason }) => `not read: ${call} (${reason})`),
  ];
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '').join('\n');
}
