/** Every service of the local account. */
import type { ServiceDefinition } from './kernel/operation';
import { ec2 } from './services/ec2/ec2';
import { ecs } from './services/ecs/ecs';
import { elbv2 } from './services/elbv2/elbv2';
import { servicediscovery } from './services/servicediscovery/servicediscovery';
import { sqs } from './services/sqs/sqs';
import { sts } from './services/sts/sts';

export const services: readonly ServiceDefinition[] = [
  // In alphabetical order, one on a line.
  ec2,
  ecs,
  elbv2,
  servicediscovery,
  sqs,
  sts,
];
