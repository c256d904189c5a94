/** Every question that IAM is asked by a role, with the policies that decide it. */
import { authorizeRoles } from '../../../infra/local/iam/authorize';
import { evaluateAccess, type Policies } from '../../../infra/local/iam/evaluate-policy';
import { resourcePolicyOf } from '../../../infra/local/iam/resource-policies';
import { policiesOf } from '../../../infra/local/iam/roles';
import type { Principal } from '../../../infra/local/kernel/operation';
import type { Authorize } from '../../../infra/local/protocol/invocation';
import { documentOf } from './document-of';
import type { Question } from './simulator';

type Context = Readonly<Record<string, readonly string[]>>;

export interface Recorded {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly policies: Policies;
}

/** Condition keys whose values differ from call to call without deciding anything. */
const OF_THE_MOMENT = new Set(['aws:currenttime', 'aws:epochtime', 'aws:sourceip']);

/** `ecs-ipv6-NotifyRole-1A2B3C4D` -> `NotifyRole`; a role with a name of its own keeps its last word. */
export const roleOf = (roleArn: string): string => roleArn.replace(/-[A-Z0-9]+$/, '').replace(/^.*-/, '');

export interface Recorder {
  /** In the place of the local account's own. */
  readonly authorize: Authorize;
  /** Each question once, as often as other policies were in force. */
  readonly questions: () => readonly Recorded[];
}

export function createRecorder(): Recorder {
  const recorded = new Map<string, Recorded>();
  return {
    questions: () => [...recorded.values()],
    authorize(principal, questions, call) {
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
    },
  };
}

export const asQuestion = ({ principal, action, resource, context, policies }: Recorded): Question => ({
  principal: principal.arn,
  account: principal.account,
  ...{ action, resource, context },
  identity: policies.identity.map(documentOf),
  boundary: policies.boundary && documentOf(policies.boundary),
  resourcePolicy: policies.resource && documentOf(policies.resource),
});

export function ourAnswer({ principal, action, resource, context, policies }: Recorded): 'allowed' | 'denied' {
  const { arn, roleArn, account } = principal;
  const caller = { arn, account, ...(roleArn !== undefined && { roleArn }) };
  return evaluateAccess({ caller, action, resource, context }, policies).allowed ? 'allowed' : 'denied';
}
