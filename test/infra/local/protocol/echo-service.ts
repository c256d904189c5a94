/** Small services made from real client packages, for tests of what happens around an operation. */
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecs from '@aws-sdk/client-ecs';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as lambda from '@aws-sdk/client-lambda';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import type { Operation, ServiceDefinition } from '../../../../infra/local/kernel/operation';

type Operations = Readonly<Record<string, Operation>>;

export function ecsService(operations: Operations, more: Partial<ServiceDefinition> = {}): ServiceDefinition {
  const client = () => new ecs.ECSClient({ region: 'eu-west-2' });
  return { signingName: 'ecs', iamPrefix: 'ecs', schemas: ecs, client, operations, ...more };
}

export function ec2Service(operations: Operations): ServiceDefinition {
  const client = () => new ec2.EC2Client({ region: 'eu-west-2' });
  return { signingName: 'ec2', iamPrefix: 'ec2', schemas: ec2, client, operations };
}

export function elbv2Service(operations: Operations): ServiceDefinition {
  const client = () => new elbv2.ElasticLoadBalancingV2Client({ region: 'eu-west-2' });
  const name = 'elasticloadbalancing';
  return { signingName: name, iamPrefix: name, schemas: elbv2, client, operations };
}

export function snsService(operations: Operations): ServiceDefinition {
  const client = () => new sns.SNSClient({ region: 'eu-west-2' });
  return { signingName: 'sns', iamPrefix: 'sns', schemas: sns, client, operations };
}

export function sqsService(operations: Operations): ServiceDefinition {
  const client = () => new sqs.SQSClient({ region: 'eu-west-2' });
  return { signingName: 'sqs', iamPrefix: 'sqs', schemas: sqs, client, operations };
}

export function lambdaService(operations: Operations): ServiceDefinition {
  const client = () => new lambda.LambdaClient({ region: 'eu-west-2' });
  return { signingName: 'lambda', iamPrefix: 'lambda', schemas: lambda, client, operations };
}

/** An operation that admits every parameter named and answers always the same. */
export function answering(output: unknown, accepts: readonly string[] = []): Operation {
  return { accepts, run: () => output };
}

export function failing(error: Error, accepts: readonly string[] = []): Operation {
  return {
    accepts,
    run() {
      throw error;
    },
  };
}
