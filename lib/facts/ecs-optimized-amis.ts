import { defineFact } from './fact';
import { texts } from './fact-types';

/**
 * How the names of AWS's ECS-optimized Linux AMIs begin and end, of all that Amazon owns. SSM lists the same images below
 * /aws/service/ecs/optimized-ami/, at a call for each.
 */
export const ecsOptimizedAmiNames = defineFact({
  id: 'ecs-optimized-ami-names',
  title: 'How the names of the ECS-optimized Linux AMIs that Amazon owns begin and end',
  type: texts,
  value: ['al2023-ami-ecs-*', 'amzn2-ami-ecs-*', 'amzn-ami-*-amazon-ecs-optimized'],
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
