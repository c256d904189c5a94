import * as schemas from '@aws-sdk/client-scheduler';
import type { ServiceDefinition } from '../../kernel/operation';
import { groupOperations } from './group-operations';
import { scheduleOperations } from './schedule-operations';

/** EventBridge Scheduler: schedules in groups, which call functions, queues and topics. */
export const scheduler: ServiceDefinition = {
  signingName: 'scheduler',
  iamPrefix: 'scheduler',
  schemas,
  client: () => new schemas.SchedulerClient({ region: 'us-east-1' }),
  operations: { ...groupOperations, ...scheduleOperations },
};
