import { defineFact } from './fact';
import { texts } from './fact-types';

/** Where SSM lists the ECS-optimized Linux AMIs, below /aws/service/ecs/optimized-ami/. */
export const ecsOptimizedAmiFamilies = defineFact({
  id: 'ecs-optimized-ami-families',
  title: 'Where SSM lists the ECS-optimized Linux AMIs, below /aws/service/ecs/optimized-ami/',
  type: texts,
  value: [
    ...['amazon-linux-2023', 'amazon-linux-2023/arm64', 'amazon-linux-2023/gpu', 'amazon-linux-2023/neuron'],
    ...['amazon-linux-2', 'amazon-linux-2/arm64', 'amazon-linux-2/gpu', 'amazon-linux-2/inf'],
    ...['amazon-linux-2/kernel-5.10', 'amazon-linux-2/kernel-5.10/arm64'],
    ...['amazon-linux-2/kernel-5.10/gpu', 'amazon-linux-2/kernel-5.10/inf'],
  ],
  doubt: 'AWS does not say whether Bottlerocket, or an AMI made from an ECS-optimized one, counts.',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
