/**
 * Records every question that IAM is asked by a role in a run of the demo, and compares the local account's answer with
 * iam-simulate's: as recorded, and with one thing changed.
 *
 * Usage: tsx test/independent/iam-simulate/recorded.ts FOLDER-WITH-NODE_MODULES
 */
import { authorizeRoles } from '../../../infra/local/iam/authorize';
import { evaluateAccess, type Policies } from '../../../infra/local/iam/evaluate-policy';
import { resourcePolicyOf } from '../../../infra/local/iam/resource-policies';
import { policiesOf } from '../../../infra/local/iam/roles';
import type { Principal } from '../../../infra/local/kernel/operation';
import type { Authorize } from '../../../infra/local/protocol/invocation';
import { runDemo } from '../../../lib/cli/demo/demo';
import { documentOf } from './document-of';
import { loadSimulator, type Question } from './simulator';

type Context = Readonly<Record<string, readonly string[]>>;

interface Recorded {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly policies: Policies;
}

/** Condition keys whose values differ from call to call without deciding anything. */
const OF_THE_MOMENT = new Set(['aws:currenttime', 'aws:epochtime', 'aws:sourceip']);

const recorded = new Map<string, Recorded>();

const record: Authorize = (principal, questions, call) => {
  const { roleArn } = principal;
  if (roleArn !== undefined)
    for (const { action, resource, context = {} } of questions) {
      const policies = {
        identity: [],
        ...policiesOf(call.scope, roleArn),
        resource: resourcePolicyOf(call.scope, resource),
      };
      const deciding = Object.fromEntries(Object.entries(context).filter(([key]) => !OF_THE_MOMENT.has(key)));
      // the same question under other policies, after an update of the stack, is another one
      const key = JSON.stringify([roleArn, action, resource, deciding, policies]);
      recorded.set(key, { principal, action, resource, context, policies });
    }
  authorizeRoles(principal, questions, call);
};

const [folder = '.'] = process.argv.slice(2);
const ask = await loadSimulator(folder);
const { ok } = await runDemo({
  templateFile: 'infra/template.yaml',
  say: () => undefined,
  signal: new AbortController().signal,
  authorize: record,
});
if (!ok) throw new Error('the demo whose calls were to be recorded failed');

const all = [...recorded.values()];

/** An action that knows resources is never asked about `*`, which iam-simulate takes for "any of them". */
const isAskedOn = (action: string, resource: string): boolean =>
  resource !== '*' || all.every((each) => each.action !== action || each.resource === '*');

/** The same question with one thing changed, each in its own way. */
function* mutantsOf(question: Recorded): Generator<Recorded> {
  const { action, resource, context } = question;
  const service = action.split(':')[0] ?? '';
  const others = new Set(all.map((each) => each.action).filter((each) => each.startsWith(`${service}:`)));
  for (const other of others) if (other !== action && isAskedOn(other, resource)) yield { ...question, action: other };
  if (resource !== '*') {
    yield { ...question, resource: resource.replace('111122223333', '444455556666') };
    yield { ...question, resource: resource.replace('eu-west-2', 'us-east-1') };
    yield { ...question, resource: `${resource}x` };
    yield { ...question, resource: resource.replace(/[^:/]+$/, 'other') };
  }
  for (const key of Object.keys(context)) {
    yield { ...question, context: Object.fromEntries(Object.entries(context).filter(([each]) => each !== key)) };
    yield { ...question, context: { ...context, [key]: ['other'] } };
  }
}

const asQuestion = ({ principal, action, resource, context, policies }: Recorded): Question => ({
  principal: principal.arn,
  account: principal.account,
  ...{ action, resource, context },
  identity: policies.identity.map(documentOf),
  boundary: policies.boundary && documentOf(policies.boundary),
  resourcePolicy: policies.resource && documentOf(policies.resource),
});

function ourAnswer({ principal, action, resource, context, policies }: Recorded): string {
  const { arn, roleArn, account } = principal;
  const caller = { arn, account, ...(roleArn !== undefined && { roleArn }) };
  return evaluateAccess({ caller, action, resource, context }, policies).allowed ? 'allowed' : 'denied';
}

/** Actions that two generations of a service share by name; iam-simulate knows the resources of the first one alone. */
const UNJUDGED: ReadonlySet<string> = new Set(['elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags']);

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

for (const question of all) {
  await compare(question, 'recorded');
  for (const mutant of mutantsOf(question)) await compare(mutant, 'mutated');
}

const report = [
  `- ${String(counts.recorded)} IAM questions of a demo and ${String(counts.mutated)} mutants compared with iam-simulate: ${JSON.stringify(answers)}; ${String(counts.impossible)} mutants are no questions, ${String(counts.unjudged)} of the recorded ones it does not know`,
  ...differences.slice(0, 20),
  ...(differences.length > 0 ? [`${String(differences.length)} answers differ`] : []),
];
process.stdout.write(`${report.join('\n')}\n`);
process.exitCode = differences.length > 0 ? 1 : 0;
