import * as schemas from '@aws-sdk/client-sqs';
import type { ServiceDefinition } from '../../kernel/operation';
import { batchOperations } from './batch-operations';
import { messageOperations } from './message-operations';
import { queueOperations } from './queue-operations';

/** Simple Queue Service: standard queues. */
export const sqs: ServiceDefinition = {
  signingName: 'sqs',
  iamPrefix: 'sqs',
  schemas,
  client: () => new schemas.SQSClient({ region: 'us-east-1' }),
  missingParameterCode: 'MissingParameter',
  // As when it spoke awsQuery.
  accessDeniedCode: 'AccessDenied',
  operations: { ...queueOperations, ...messageOperations, ...batchOperations },
};
