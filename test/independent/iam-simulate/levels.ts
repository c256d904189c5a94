/** What the levels below `enforce` can never do, whatever a function tries. */
import type { Policies } from '../../../infra/local/iam/evaluate-policy';
import type { Mode } from '../../../lib/policy/policy';
import { CHANGING_NOTHING, UNJUDGED } from './exceptions';
import { asQuestion, ourAnswer, type Recorded } from './recorder';
import type { Question, Verdict } from './simulator';

/** How AWS classes what a level may do outside of the stack. */
const ALLOWED: Readonly<Partial<Record<Mode, ReadonlySet<string>>>> = {
  observe: new Set(['List', 'Read']),
  tag: new Set(['List', 'Read', 'Tagging']),
};

/** Names of the stack's own resources begin with the stack's. */
const isOwn = (resource: string): boolean =>
  /^arn:aws:(dynamodb|events|lambda|logs|sns|sqs):[^:]*:\d+:(.*[:/])?ecs-ipv6-/.test(resource);

export interface LevelInput {
  readonly calls: readonly Recorded[];
  readonly granted: ReadonlyMap<Mode, ReadonlyMap<string, Policies>>;
  readonly ask: (question: Question) => Promise<Verdict>;
  readonly accessOf: (action: string) => Promise<readonly string[]>;
}

export interface LevelCheck {
  readonly asked: number;
  readonly faults: readonly string[];
}

/** Writes of workloads that functions made at any level, asked under the policies of each lower one. */
export async function checkLevels({ calls, granted, ask, accessOf }: LevelInput): Promise<LevelCheck> {
  const faults: string[] = [];
  let asked = 0;
  for (const [level, classes] of Object.entries(ALLOWED)) {
    const policiesBy = granted.get(level as Mode) ?? new Map<string, Policies>();
    for (const [, policies] of policiesBy) faults.push(...(await tooMuch({ level, classes, policies, accessOf })));
    for (const call of calls) {
      if (isOwn(call.resource) || isWithin(await accessOf(call.action), classes)) continue;
      const policies = policiesBy.get(call.principal.roleArn ?? '');
      if (!policies) continue;
      asked++;
      faults.push(
        ...(await passing({ ...call, policies: { ...call.policies, ...policies } }, ask)).map(
          (who) => `${level}: ${who}`,
        ),
      );
    }
  }
  if (asked === 0) faults.push('no function wrote anything: nothing was shown');
  return { asked, faults };
}

/** `Tagging, Write` is a tag's write. */
const isWithin = (access: readonly string[], classes: ReadonlySet<string>): boolean =>
  access.some((each) => classes.has(each));

async function passing(call: Recorded, ask: LevelInput['ask']): Promise<readonly string[]> {
  const what = `${call.action} on ${call.resource}`;
  const ours = ourAnswer(call) === 'denied' ? [] : [`${what} is allowed`];
  if (UNJUDGED.has(call.action)) return ours;
  const theirs = await ask(asQuestion(call));
  return theirs === 'denied' ? ours : [...ours, `${what}: iam-simulate says ${JSON.stringify(theirs)}`];
}

interface Granted {
  readonly level: string;
  readonly classes: ReadonlySet<string>;
  readonly policies: Policies;
  readonly accessOf: LevelInput['accessOf'];
}

/** Statements that allow more than the level's classes on something that is not the stack's. */
async function tooMuch({ level, classes, policies, accessOf }: Granted): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { sid = '', actions, resources } of policies.identity.flatMap(({ statements }) => statements)) {
    if (CHANGING_NOTHING.has(sid) || resources?.patterns.every(isOwn)) continue;
    for (const action of actions.patterns)
      if (!isWithin(await accessOf(action), classes))
        found.push(`${level}: ${sid} grants ${action} outside of the stack`);
  }
  return found;
}
