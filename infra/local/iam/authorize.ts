import { ApiError } from '../kernel/api-error';
import type { Authorization, Call, Principal } from '../kernel/operation';
import type { Decision } from './evaluate-policy';
import { evaluateAccess } from './evaluate-policy';
import { resourcePolicyOf } from './resource-policies';
import { policiesOf } from './roles';

/**
 * Lets the session of a role do what the role's policies and those of the resource allow, and everyone else everything:
 * credentials that the account did not issue are its administrator's. Every question must be answered with yes.
 * Throws `AccessDenied` in the words of IAM.
 */
export function authorizeRoles(principal: Principal, questions: readonly Authorization[], { scope }: Call): void {
  const { roleArn } = principal;
  if (roleArn === undefined) return;
  // A role that has been deleted leaves sessions behind that may do nothing.
  const policies = policiesOf(scope, roleArn) ?? { identity: [] };
  const caller = { arn: principal.arn, roleArn, account: principal.account };
  for (const { action, resource, context = {} } of questions) {
    const request = { caller, action, resource, context };
    const decision = evaluateAccess(request, { ...policies, resource: resourcePolicyOf(scope, resource) });
    if (!decision.allowed) throw new ApiError('AccessDenied', refusal(principal, { action, resource }, decision), 403);
  }
}

type Refusal = Extract<Decision, { readonly allowed: false }>;

const POLICY_KINDS: Readonly<Record<Refusal['kind'], readonly [article: string, kind: string]>> = {
  identity: ['an', 'identity-based policy'],
  boundary: ['a', 'permissions boundary'],
  resource: ['a', 'resource-based policy'],
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-message-examples */
function refusal({ arn }: Principal, { action, resource }: Authorization, { explicit, kind }: Refusal): string {
  const [article, policy] = POLICY_KINDS[kind];
  // EC2 alone leaves it out.
  const place = resource === '*' && action.startsWith('ec2:') ? '' : ` on resource: ${resource}`;
  const why = explicit
    ? `with an explicit deny in ${article} ${policy}`
    : `because no ${policy} allows the ${action} action`;
  return `User: ${arn} is not authorized to perform: ${action}${place} ${why}`;
}
