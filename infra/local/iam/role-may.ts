import { evaluateAccess } from './evaluate-policy';
import { policiesOf, roleSession } from './roles';
import type { Scope } from '../kernel/scope';

export interface RoleQuestion {
  readonly roleArn: string;
  /** Who uses the role, e.g. `events`. */
  readonly session: string;
  /** e.g. `sqs:ReceiveMessage` */
  readonly action: string;
  readonly resource: string;
}

/** Whether a service that works with a role of the account may do this now; not if there is no such role. */
export function roleMay(scope: Scope, { roleArn, session, action, resource }: RoleQuestion): boolean {
  const policies = policiesOf(scope, roleArn);
  const caller = roleSession(scope, roleArn, session);
  return policies !== undefined && evaluateAccess({ caller, action, resource, context: {} }, policies).allowed;
}
