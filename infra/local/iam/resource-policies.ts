import type { Scope } from '../kernel/scope';
import { eventBridgeState } from '../services/eventbridge/state';
import { snsState } from '../services/sns/state';
import { queueByArn } from '../services/sqs/state';
import type { PolicyDocument } from './policy-document';

/** The policy that a resource has of its own: queues, topics and event buses can. */
export function resourcePolicyOf(scope: Scope, resourceArn: string): PolicyDocument | undefined {
  switch (resourceArn.split(':')[2]) {
    case 'sqs':
      return queueByArn(scope, resourceArn)?.settings.policy?.document;
    case 'sns':
      return snsState(scope).topics.get(resourceArn)?.settings.policy.document;
    case 'events':
      return [...eventBridgeState(scope).buses.values()].find(({ arn }) => arn === resourceArn)?.policy?.document;
    default:
      return undefined;
  }
}
