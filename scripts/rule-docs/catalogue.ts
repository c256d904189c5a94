import type { Precedence } from '../../lib/evaluate/precedence';
import type { Rule } from '../../lib/rules/rule';
import { ruleTable } from './table';

const link = (id: string): string => `[${id}](rules/${id}.md)`;
const cell = (values: readonly string[] | undefined): string => values?.join(', ') ?? 'all';

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function applicabilityTable(rules: readonly Rule[]): string {
  return table(
    ['Rule', 'Posture', 'Network mode', 'Operating system', 'Launch type'],
    rules.map(({ meta: { id, applies } }) => [
      link(id),
      cell(applies.postures),
      cell(applies.networkModes),
      cell(applies.systems),
      cell(applies.launchTypes),
    ]),
  );
}

function precedenceTable(precedences: readonly Precedence[], ids: ReadonlySet<string>): string {
  const known = precedences.filter(({ moot, because }) => ids.has(moot) && ids.has(because));
  return table(
    ['Is silent', 'where this one has an open finding'],
    known.map(({ moot, because }) => [link(moot), link(because)]),
  );
}

function sweepTable(rules: readonly Rule[]): string {
  return table(
    ['Rule', 'Why events alone do not find it'],
    rules.flatMap(({ meta: { id, sweepOnly } }) => (sweepOnly === undefined ? [] : [[link(id), sweepOnly]])),
  );
}

/** Every rule on one page: what is wrong, where it applies, what is silent beside what, what only a sweep finds. */
export function cataloguePage(rules: readonly Rule[], precedences: readonly Precedence[]): string {
  return [
    '# Rules',
    'A policy sets severity, remedy and options of each rule, or turns it off. A severity in the policy replaces the one below; what a rule grades lower because of what it found stays lower. `npm run docs:rules` writes this page.',
    ruleTable(rules, 'rules/'),
    '## Where each applies',
    'The posture is the wanted one, or the actual one where a scope wants `any`. Network mode, operating system and launch type are those of the task, service or host that is judged; `absent` means that ECS names no launch type. What cannot be told makes the finding `unknown`.',
    applicabilityTable(rules),
    '## What is silent beside what',
    'Faults cascade. Where a cause has an open finding on the same resource, or on one that the finding touches, the rules below are silent, and the finding of the cause names in `related` what they would have been about. Where it cannot be told whether the cause holds, they are `unknown`.',
    precedenceTable(precedences, new Set(rules.map(({ meta }) => meta.id))),
    '## Found by sweeps and by hand only',
    'Events make the controller look at tasks, services, hosts and what is registered for them, at a handful of calls. What these stand on is read by the sweep, and whenever a person asks for one of them.',
    sweepTable(rules),
    '',
  ].join('\n\n');
}
