/** Policy evaluation within one account: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
import { conditionHolds } from './condition';
import type { Matcher, PolicyDocument, Principals, Statement } from './policy-document';
import type { Context } from './policy-variable';
import { resolvePattern } from './policy-variable';
import { matchesParts, matchesPattern } from './wildcard';

/** Who asks: a role's session, another identity of the account, or a service of AWS. */
export interface Caller {
  /** ARN of the session for a role, e.g. `arn:aws:sts::111122223333:assumed-role/sweep/run`; absent for a service. */
  readonly arn?: string;
  /** ARN of the role whose session this is. */
  readonly roleArn?: string;
  readonly account?: string;
  /** e.g. `events.amazonaws.com` */
  readonly service?: string;
}

export interface AccessRequest {
  readonly caller: Caller;
  /** e.g. `sqs:SendMessage` */
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys, keys in lower case. */
  readonly context: Context;
}

export interface Policies {
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
  /** The policy of the resource that is asked for. */
  readonly resource?: PolicyDocument;
}

export type PolicyKind = 'identity' | 'boundary' | 'resource';

export type Decision =
  | { readonly allowed: true }
  /** `kind`: the policy that denies, or the kind of policy of which none allows. */
  | { readonly allowed: false; readonly explicit: boolean; readonly kind: PolicyKind };

type Verdict = 'Allow' | 'Deny' | undefined;

/** Whether an identity of the account may do this. A deny anywhere wins; without an allow it is denied as well. */
export function evaluateAccess(request: AccessRequest, policies: Policies): Decision {
  const identity = verdictOf(policies.identity, request, () => true);
  const boundary = policies.boundary && verdictOf([policies.boundary], request, () => true);
  const resource = resourceVerdict(request, policies.resource);
  if (identity === 'Deny') return { allowed: false, explicit: true, kind: 'identity' };
  if (boundary === 'Deny') return { allowed: false, explicit: true, kind: 'boundary' };
  if (resource.verdict === 'Deny') return { allowed: false, explicit: true, kind: 'resource' };
  // A resource policy that names the session itself does not ask the boundary; one that names the role does.
  if (resource.namesSession) return { allowed: true };
  const granted = identity === 'Allow' || resource.verdict === 'Allow';
  if (!granted) return { allowed: false, explicit: false, kind: 'identity' };
  if (policies.boundary && boundary !== 'Allow') return { allowed: false, explicit: false, kind: 'boundary' };
  return { allowed: true };
}

/** Whether the resource's own policy lets a service or a stranger in: nothing else can. */
export function resourcePolicyAllows(request: AccessRequest, policy: PolicyDocument | undefined): boolean {
  return resourceVerdict(request, policy).verdict === 'Allow';
}

function resourceVerdict(request: AccessRequest, policy: PolicyDocument | undefined) {
  if (!policy) return { verdict: undefined, namesSession: false };
  const verdict = verdictOf([policy], request, (statement) => includesCaller(statement, request.caller));
  const session = verdictOf([policy], request, (statement) => namesSession(statement, request.caller));
  return { verdict, namesSession: session === 'Allow' };
}

function verdictOf(
  policies: readonly PolicyDocument[],
  request: AccessRequest,
  applies: (statement: Statement) => boolean,
): Verdict {
  let verdict: Verdict;
  for (const { statements, hasVariables } of policies) {
    for (const statement of statements) {
      if (!applies(statement) || !statementMatches(statement, request, hasVariables)) continue;
      if (statement.effect === 'Deny') return 'Deny';
      verdict = 'Allow';
    }
  }
  return verdict;
}

function statementMatches(statement: Statement, request: AccessRequest, hasVariables: boolean): boolean {
  const action = request.action.toLowerCase();
  return (
    matches(statement.actions, (pattern) => matchesPattern(pattern.toLowerCase(), action)) &&
    (statement.resources === undefined ||
      matches(statement.resources, (pattern) => matchesResource(pattern, request, hasVariables))) &&
    statement.conditions.every((condition) => conditionHolds(condition, request.context, hasVariables))
  );
}

function matches({ patterns, negated }: Matcher, test: (pattern: string) => boolean): boolean {
  return patterns.some(test) !== negated;
}

/** Variables stand behind the fifth colon only: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-wheretouse */
const MISPLACED_VARIABLE = /^(?:[^:]*:){0,4}[^:]*\$\{/;

function matchesResource(pattern: string, { resource, context }: AccessRequest, hasVariables: boolean): boolean {
  if (!hasVariables) return matchesPattern(pattern, resource);
  if (MISPLACED_VARIABLE.test(pattern)) return false;
  const parts = resolvePattern(pattern, context);
  return parts !== undefined && matchesParts(parts, resource);
}

function includesCaller({ principals, effect }: Statement, caller: Caller): boolean {
  if (!principals) return false;
  const included =
    caller.service === undefined
      ? includesIdentity(principals, caller, effect)
      : includesService(principals, caller.service);
  return included !== principals.negated;
}

function includesService({ patterns, services }: Principals, service: string): boolean {
  return services.includes(service) || patterns.includes('*');
}

/** An allow for the account as a whole leaves the decision to its identity policies; a deny for it denies everyone. */
function includesIdentity(
  { patterns }: Principals,
  { arn, roleArn, account = '' }: Caller,
  effect: 'Allow' | 'Deny',
): boolean {
  return patterns.some((pattern) => {
    if (pattern === '*' || pattern === arn || pattern === roleArn) return true;
    return isAccount(pattern, account) && (effect === 'Deny' || isAccount(arn ?? '', account));
  });
}

function isAccount(principal: string, account: string): boolean {
  return principal === account || (principal.startsWith('arn:') && principal.endsWith(`:iam::${account}:root`));
}

function namesSession({ principals }: Statement, { arn, roleArn }: Caller): boolean {
  if (!principals || principals.negated || arn === undefined || roleArn === undefined) return false;
  return principals.patterns.some((pattern) => pattern === arn || pattern === '*');
}
