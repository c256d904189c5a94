import { ApiError } from '../kernel/api-error';
import type { Authorization, Call, Principal } from '../kernel/operation';
import { evaluateAccess, type Decision } from './evaluate-policy';
import { policiesOf } from './roles';

/**
 * Lets a role do what its policies allow, and everyone else everything: credentials that the account did not issue are
 * its administrator's. @throws ApiError AccessDenied in the words of IAM
 */
export function authorizeRoles(principal: Principal, authorizations: readonly Authorization[], { scope }: Call): void {
  const { roleArn } = principal;
  if (roleArn === undefined) return;
  const policies = policiesOf(scope, roleArn) ?? { identity: [], boundary: undefined };
  const caller = { arn: principal.arn, roleArn, account: principal.account };
  for (const { action, resource, context = {} } of authorizations) {
    const decision = evaluateAccess({ caller, action, resource, context }, policies);
    if (!decision.allowed) throw new ApiError('AccessDenied', refusal(principal, { action, resource }, decision));
  }
}

function refusal(
  { arn }: Principal,
  { action, resource }: Authorization,
  { explicit, kind }: Extract<Decision, { allowed: false }>,
): string {
  const policy = kind === 'boundary' ? 'permissions boundary' : `${kind}-based policy`;
  const why = explicit ? `with an explicit deny in a ${policy}` : `because no ${policy} allows the ${action} action`;
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
