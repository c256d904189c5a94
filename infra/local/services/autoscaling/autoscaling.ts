import * as schemas from '@aws-sdk/client-auto-scaling';
import type { ServiceDefinition } from '../../kernel/operation';
import { groupOperations } from './groups';
import { targetGroupOperations } from './target-groups';

/** Auto Scaling groups as far as target groups go: they stay empty. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html */
export const autoscaling: ServiceDefinition = {
  signingName: 'autoscaling',
  iamPrefix: 'autoscaling',
  schemas,
  client: () => new schemas.AutoScalingClient({ region: 'us-east-1' }),
  operations: { ...groupOperations, ...targetGroupOperations },
};
