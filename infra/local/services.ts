/** Every service of the local account. */
import type { ServiceDefinition } from './kernel/operation';
import { autoscaling } from './services/autoscaling/autoscaling';
import { dynamodb } from './services/dynamodb/dynamodb';
import { ec2 } from './services/ec2/ec2';
import { ecs } from './services/ecs/ecs';
import { efs } from './services/efs/efs';
import { elb } from './services/elb/elb';
import { elbv2 } from './services/elbv2/elbv2';
import { eventbridge } from './services/eventbridge/eventbridge';
import { lambda } from './services/lambda/lambda';
import { scheduler } from './services/scheduler/scheduler';
import { secretsmanager } from './services/secretsmanager/secretsmanager';
import { servicediscovery } from './services/servicediscovery/servicediscovery';
import { sns } from './services/sns/sns';
import { sqs } from './services/sqs/sqs';
import { ssm } from './services/ssm/ssm';
import { sts } from './services/sts/sts';
import { vpclattice } from './services/vpclattice/vpclattice';

export const services: readonly ServiceDefinition[] = [
  // In alphabetical order, one on a line.
  autoscaling,
  dynamodb,
  ec2,
  ecs,
  efs,
  elb,
  elbv2,
  eventbridge,
  lambda,
  scheduler,
  secretsmanager,
  servicediscovery,
  sns,
  sqs,
  ssm,
  sts,
  vpclattice,
];
