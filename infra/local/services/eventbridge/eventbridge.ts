import * as schemas from '@aws-sdk/client-eventbridge';
import type { ServiceDefinition } from '../../kernel/operation';
import { busOperations } from './bus-operations';
import { eventOperations } from './event-operations';
import { ruleOperations } from './rule-operations';
import { targetOperations } from './target-operations';

/** EventBridge: buses, rules by pattern and by schedule, and what they call. */
export const eventbridge: ServiceDefinition = {
  signingName: 'events',
  iamPrefix: 'events',
  schemas,
  client: () => new schemas.EventBridgeClient({ region: 'us-east-1' }),
  operations: { ...busOperations, ...ruleOperations, ...targetOperations, ...eventOperations },
};
