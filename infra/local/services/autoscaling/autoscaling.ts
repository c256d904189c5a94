import * as schemas from '@aws-sdk/client-auto-scaling';
import type { ServiceDefinition } from '../../kernel/operation';
import { activityOperations } from './activity-operations';
import { groupOperations } from './groups';
import { instanceOperations } from './instance-operations';
import { processOperations } from './process-operations';
import { sizeOperations } from './size-operations';
import { tagOperations } from './tags';
import { targetGroupOperations } from './target-groups';

/** Amazon EC2 Auto Scaling: groups that launch from templates. https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html */
export const autoscaling: ServiceDefinition = {
  signingName: 'autoscaling',
  iamPrefix: 'autoscaling',
  schemas,
  client: () => new schemas.AutoScalingClient({ region: 'us-east-1' }),
  operations: {
    ...activityOperations,
    ...groupOperations,
    ...instanceOperations,
    ...processOperations,
    ...sizeOperations,
    ...tagOperations,
    ...targetGroupOperations,
  },
};
