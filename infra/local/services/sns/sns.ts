import * as schemas from '@aws-sdk/client-sns';
import type { ServiceDefinition } from '../../kernel/operation';
import { publishOperations } from './publish-operations';
import { subscriptionOperations } from './subscription-operations';
import { topicOperations } from './topic-operations';

/** Simple Notification Service: standard topics, delivered to queues, functions and HTTP endpoints of this machine. */
export const sns: ServiceDefinition = {
  signingName: 'sns',
  iamPrefix: 'sns',
  schemas,
  client: () => new schemas.SNSClient({ region: 'us-east-1' }),
  missingParameterCode: 'InvalidParameter',
  accessDeniedCode: 'AuthorizationError',
  operations: { ...topicOperations, ...subscriptionOperations, ...publishOperations },
};
