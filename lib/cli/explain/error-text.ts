/** What is known of an error, for people to read in a terminal. */
import type { ErrorAnswer, Explanation } from '../../explain/explain-error';
import type { FilledStep } from '../../explain/fill';
import type { ErrorSource } from '../../explain/known-error';
import { labelled, wrapped } from './layout';

const COLUMN = 8;

const UNKNOWN =
  'Nothing that this program knows of IPv6 on ECS says this. That does not prove that IPv6 has nothing to do with it.';
const POSSIBLE = 'Possibly this: the same words have other causes, too.';

const VARIABLE = /"\$([A-Z_]+)"/g;

function stepLines({ what, command }: FilledStep, width: number): readonly string[] {
  return [...wrapped(what, width), ...(command === undefined ? [] : [command])];
}

function sourceLine({ url, checked, isThirdParty }: ErrorSource): string {
  return `${url} (${isThirdParty ? 'not by AWS, ' : ''}checked ${checked})`;
}

/** Shell variables that stand in for what the text does not name. */
function unnamed(steps: readonly FilledStep[]): readonly string[] {
  const named = steps.flatMap(({ command = '' }) => [...command.matchAll(VARIABLE)].map(([, name = '']) => name));
  return [...new Set(named)];
}

/** Everything that is known of one message. @param width of the lines that are wrapped */
export function explanationLines(explanation: Explanation, width: number): readonly string[] {
  const { id, title, certainty, cause, checks, fix, rules, sources } = explanation;
  const inner = width - COLUMN;
  const missing = unnamed([...checks, ...fix]);
  const part = (label: string, lines: readonly string[]): readonly string[] => labelled(label, lines, COLUMN);
  return [
    ...wrapped(`${title} [${id}]`, width),
    ...(certainty === 'possible' ? wrapped(POSSIBLE, width) : []),
    '',
    ...part('Why', wrapped(cause, inner)),
    '',
    ...checks.flatMap((step, index) => part(index === 0 ? 'Check' : '', stepLines(step, inner))),
    '',
    ...fix.flatMap((step, index) => part(index === 0 ? 'Fix' : '', stepLines(step, inner))),
    '',
    ...(missing.length === 0
      ? []
      : part('Set', wrapped(`first, what the text does not name: ${missing.join(', ')}`, inner))),
    ...part('Rules', wrapped(rules.join(', '), inner)),
    ...part('Source', sources.map(sourceLine)),
  ];
}

/** @param width of the lines that are wrapped */
export function errorText({ explanations, next }: ErrorAnswer, width: number): string {
  if (explanations.length === 0) {
    const steps = next.flatMap((step) => labelled('-', stepLines(step, width - 2), 2));
    return [...wrapped(UNKNOWN, width), '', 'What to do next:', ...steps].join('\n');
  }
  const count = explanations.length;
  const blocks = explanations.map((explanation, index) => {
    const heading = count === 1 ? [] : [`${index + 1} of ${count}${index === 0 ? ', the most specific' : ''}`];
    return [...heading, ...explanationLines(explanation, width)].join('\n');
  });
  return blocks.join('\n\n');
}
