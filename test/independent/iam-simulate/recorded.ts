/**
 * Records every question that IAM is asked by a role in a run of the demo and in an account in which every rule is broken.
 * The local account and iam-simulate have to agree on each, as recorded and with one thing changed; every call of a
 * function, and of a person who takes removals back, is allowed; every grant is needed by one; and below `enforce` nothing outside of the stack is changed, at
 * `tag` nothing but tags.
 *
 * Usage: tsx test/independent/iam-simulate/recorded.ts FOLDER-WITH-NODE_MODULES
 */
import { runDemo } from '../../../lib/cli/demo/demo';
import { runBrokenAccount } from './broken-account';
import { UNJUDGED } from './exceptions';
import { checkLevels } from './levels';
import { checkMinimality } from './minimal';
import { mutantsOf } from './mutants';
import { asQuestion, createRecorder, ourAnswer, type Recorded } from './recorder';
import { loadAccessLevels, loadSimulator } from './simulator';

const [folder = '.'] = process.argv.slice(2);
const ask = await loadSimulator(folder);
const accessOf = await loadAccessLevels(folder);

const demo = createRecorder();
const { ok } = await runDemo({
  templateFile: 'infra/template.yaml',
  say: () => undefined,
  signal: new AbortController().signal,
  authorize: demo.authorize,
});
if (!ok) throw new Error('the demo whose calls were to be recorded failed');
const [granting, refusing] = [createRecorder(), createRecorder()];
const { granted, person } = await runBrokenAccount({ granting: granting.authorize, refusing: refusing.authorize });

const calls = [...demo.questions(), ...granting.questions()];
const refused = refusing.questions().filter((question) => ourAnswer(question) === 'denied');
const all = [...calls, ...refusing.questions()];

const counts = { recorded: 0, mutated: 0, unjudged: 0, impossible: 0 };
const answers: Record<string, number> = {};
const differences: string[] = [];

async function compare(question: Recorded, kind: 'recorded' | 'mutated'): Promise<void> {
  const theirs = await ask(asQuestion(question));
  const { action, resource, context } = question;
  if (typeof theirs !== 'string') {
    // a mutant may be a question that IAM is never asked; a call that was made may not
    if (kind === 'recorded' && !UNJUDGED.has(action))
      differences.push(`${action} on ${resource} is no question for IAM: ${theirs.refused}`);
    counts[kind === 'recorded' ? 'unjudged' : 'impossible']++;
    return;
  }
  counts[kind]++;
  answers[theirs] = (answers[theirs] ?? 0) + 1;
  const ours = ourAnswer(question);
  if (ours !== theirs)
    differences.push(`${action} on ${resource} ${JSON.stringify(context)}: ours ${ours}, iam-simulate ${theirs}`);
}

/** One of each kind of question is changed: what differs by a name alone differs by nothing that IAM looks at. */
const changed = new Set<string>();
for (const question of all) {
  await compare(question, 'recorded');
  const { principal, action, resource, context } = question;
  const kind = JSON.stringify([principal.roleArn, action, resource.replace(/[^:/]+$/, ''), Object.keys(context)]);
  if (changed.has(kind)) continue;
  changed.add(kind);
  for (const mutant of mutantsOf(question, all)) await compare(mutant, 'mutated');
}

const denied = calls.filter((call) => ourAnswer(call) === 'denied');
const allowed = calls.filter((call) => ourAnswer(call) === 'allowed');
const minimality = await checkMinimality({
  calls: allowed,
  granted: [
    ...[...granted.values()].flatMap((byRole) => [...byRole]),
    // whoever may audit may do much that undo does not need
    ...calls
      .filter(({ principal }) => principal.roleArn !== person.roleArn)
      .map(({ principal, policies }) => [principal.roleArn ?? '', policies] as const),
    [person.roleArn, person.undo],
  ],
  ask,
});
const levels = await checkLevels({ calls: [...allowed, ...refused], granted, ask, accessOf });

const faults = [
  ...differences,
  ...denied.map(({ action, resource }) => `${action} on ${resource}: made, and denied`),
  ...(refused.length === 0 ? ['IAM refused nothing where the policy asked for more than it allows'] : []),
  ...minimality.faults,
  ...levels.faults,
];
const report = [
  `- ${String(counts.recorded)} IAM questions of functions and ${String(counts.mutated)} mutants compared with iam-simulate: ${JSON.stringify(answers)}; ${String(counts.impossible)} mutants are no questions, ${String(counts.unjudged)} of the recorded ones it does not know`,
  `- ${String(allowed.length)} calls of functions, and of who takes removals back, are allowed; each of ${String(minimality.needed)} grants is needed by one`,
  `- ${String(levels.asked)} times a write was asked under a level that does not allow it, ${String(refused.length)} of them by a function that tried`,
  ...faults.slice(0, 40),
  ...(faults.length > 0 ? [`${String(faults.length)} faults`] : []),
];
process.stdout.write(`${report.join('\n')}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
