/** Dropping any one granted action, or any one resource that it is granted on, makes some call of a function fail. */
import type { Policies } from '../../../infra/local/iam/evaluate-policy';
import type { Matcher, Statement } from '../../../infra/local/iam/policy-document';
import { EXCEPTIONS, UNJUDGED, type Exception } from './exceptions';
import { asQuestion, ourAnswer, roleOf, type Recorded } from './recorder';
import type { Question, Verdict } from './simulator';

type Part = 'actions' | 'resources';

/** One action, or one resource of several, of one statement. */
interface Grant {
  readonly sid: string;
  readonly part: Part;
  readonly pattern: string;
}

function* grantsIn({ identity }: Policies): Generator<Grant> {
  for (const { sid = '', actions, resources } of identity.flatMap(({ statements }) => statements)) {
    for (const pattern of actions.patterns) yield { sid, part: 'actions', pattern };
    if (resources && resources.patterns.length > 1)
      for (const pattern of resources.patterns) yield { sid, part: 'resources', pattern };
  }
}

const less = (matcher: Matcher, pattern: string): Matcher => ({
  ...matcher,
  patterns: matcher.patterns.filter((each) => each !== pattern),
});

function withoutPart(statement: Statement, { sid, part, pattern }: Grant): readonly Statement[] {
  if (statement.sid !== sid) return [statement];
  const { actions, resources } = statement;
  if (part === 'resources') return resources ? [{ ...statement, resources: less(resources, pattern) }] : [statement];
  const left = less(actions, pattern);
  return left.patterns.length === 0 ? [] : [{ ...statement, actions: left }];
}

/** The policies without one grant. */
function without(policies: Policies, grant: Grant): Policies {
  const identity = policies.identity.map((document) => ({
    ...document,
    statements: document.statements.flatMap((statement) => withoutPart(statement, grant)),
  }));
  return { ...policies, identity: identity.filter(({ statements }) => statements.length > 0) };
}

/** Physical names differ between runs; what a template says of them does not. */
const spelled = (role: string, { sid, part, pattern }: Grant): string =>
  part === 'actions' ? `${role} ${sid}: ${pattern}` : `${role} ${sid} on ${pattern.split(':').slice(2).join(':')}`;

function covers({ role, sid, pattern }: Exception, key: string): boolean {
  const isStatement = key.startsWith(`${role} ${sid}: `) || key.startsWith(`${role} ${sid} on `);
  return isStatement && (pattern === undefined || key.endsWith(pattern));
}

export interface Minimality {
  readonly needed: number;
  /** Everything that is wrong. */
  readonly faults: readonly string[];
}

export interface MinimalityInput {
  /** Calls that functions made and that were allowed. */
  readonly calls: readonly Recorded[];
  /** Policies by role's ARN, as many as there were. */
  readonly granted: readonly (readonly [roleArn: string, policies: Policies])[];
  readonly ask: (question: Question) => Promise<Verdict>;
}

/** Grants that some call needs, each with one of these calls as it is without the grant. */
function neededGrants(calls: readonly Recorded[]): ReadonlyMap<string, Recorded> {
  const needed = new Map<string, Recorded>();
  for (const call of calls)
    for (const grant of grantsIn(call.policies)) {
      const key = spelled(roleOf(call.principal.roleArn ?? ''), grant);
      const poorer = { ...call, policies: without(call.policies, grant) };
      if (!needed.has(key) && ourAnswer(poorer) === 'denied') needed.set(key, poorer);
    }
  return needed;
}

export async function checkMinimality({ calls, granted, ask }: MinimalityInput): Promise<Minimality> {
  const needed = neededGrants(calls);
  const all = new Set(
    granted.flatMap(([arn, policies]) => [...grantsIn(policies)].map((grant) => spelled(roleOf(arn), grant))),
  );
  const faults = [...all].flatMap((key) => {
    const isExcepted = EXCEPTIONS.some((exception) => covers(exception, key));
    if (needed.has(key)) return isExcepted ? [`${key}: needed, and yet an exception`] : [];
    return isExcepted ? [] : [`${key}: granted, and no call of a function needs it`];
  });
  const stale = EXCEPTIONS.filter((exception) => ![...all].some((key) => covers(exception, key))).map(
    ({ role, sid, pattern = '' }) => `${role} ${sid} ${pattern}: an exception for what is not granted`,
  );
  return { needed: needed.size, faults: [...faults, ...stale, ...(await doubts([...needed], ask))] };
}

/** Where iam-simulate lets a call pass that needs what was taken away. */
async function doubts(
  needed: readonly (readonly [string, Recorded])[],
  ask: MinimalityInput['ask'],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [key, call] of needed) {
    if (UNJUDGED.has(call.action)) continue;
    const answer = call.policies.identity.length === 0 ? 'denied' : await ask(asQuestion(call));
    if (answer !== 'denied') found.push(`${key}: without it, iam-simulate says ${JSON.stringify(answer)}`);
  }
  return found;
}
