/** One call of one target. */
import { resourcePolicyAllows } from '../../iam/evaluate-policy';
import { roleMay } from '../../iam/role-may';
import { serviceRequest } from '../../iam/service-request';
import { ApiError } from '../../kernel/api-error';
import type { BusEvent } from '../../kernel/events';
import type { Scope } from '../../kernel/scope';
import { invokeAsynchronously } from '../lambda/invoke-asynchronously';
import { publish } from '../sns/publish';
import { topicByArn } from '../sns/state';
import type { DeliveryFailure } from '../sqs/send-from-service';
import { sendFromService } from '../sqs/send-from-service';
import type { Rule, RuleTarget } from './state';

const SERVICE = 'events.amazonaws.com';

export interface TargetCall {
  readonly rule: Rule;
  readonly target: RuleTarget;
  /** What the target gets. */
  readonly input: string;
  readonly event: BusEvent;
  /** Puts the event on another bus. */
  readonly forward: (busArn: string) => DeliveryFailure | undefined;
}

type Call = (scope: Scope, call: TargetCall) => DeliveryFailure | undefined;

const callQueue: Call = (scope, { rule, target, input }) =>
  sendFromService(scope, { queueArn: target.arn, service: SERVICE, sourceArn: rule.arn, body: input });

const callTopic: Call = (scope, { rule, target, input }) => {
  const topic = topicByArn(scope, target.arn);
  const request = serviceRequest(scope, {
    ...{ service: SERVICE, sourceArn: rule.arn, resource: target.arn },
    action: 'sns:Publish',
  });
  if (!resourcePolicyAllows(request, topic.settings.policy.document)) {
    return { code: 'NO_PERMISSIONS', message: `The policy of ${target.arn} does not let ${SERVICE} publish.` };
  }
  publish(scope, topic, { message: input });
  return undefined;
};

const callFunction: Call = (scope, { target, input }) => {
  invokeAsynchronously(scope, target.arn, input);
  return undefined;
};

/** With a role, the role must be allowed to; without one, buses of the same account are open to each other. */
const callBus: Call = (scope, { target, forward }) => {
  const { arn, roleArn } = target;
  const question = { session: 'events', action: 'events:PutEvents', resource: arn };
  if (roleArn !== undefined && !roleMay(scope, { roleArn, ...question }))
    return { code: 'NO_PERMISSIONS', message: `The role ${roleArn} may not put events on ${arn}.` };
  return forward(arn);
};

/** By the service in the target's ARN. */
const calls: Readonly<Record<string, Call>> = { sqs: callQueue, sns: callTopic, lambda: callFunction, events: callBus };

/** Calls the target; says why if it cannot be called, which trying again would not change. */
export function callTarget(scope: Scope, targetCall: TargetCall): DeliveryFailure | undefined {
  const service = targetCall.target.arn.split(':')[2] ?? '';
  const call = calls[service];
  if (!call) throw new Error(`${targetCall.target.arn}: PutTargets lets no such target in.`);
  try {
    return call(scope, targetCall);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const isMissing = error.status === 404;
    return { code: isMissing ? 'RESOURCE_NOT_FOUND' : 'INVALID_PARAMETER', message: error.message };
  }
}
