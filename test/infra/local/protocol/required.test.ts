import * as ecs from '@aws-sdk/client-ecs';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as ec2 from '@aws-sdk/client-ec2';
import { expect, test } from '@jest/globals';
import { findMissing } from '../../../../infra/local/protocol/required';
import { readShape } from '../../../../infra/local/protocol/shape';

interface Row {
  readonly name: string;
  readonly schema: unknown;
  readonly input: object;
  readonly missing: string | undefined;
}

const rows: readonly Row[] = [
  { name: 'all there', schema: ecs.DescribeTasksRequest$, input: { tasks: [] }, missing: undefined },
  { name: 'top level', schema: ecs.DescribeTasksRequest$, input: { cluster: 'c' }, missing: 'tasks' },
  { name: 'two of them', schema: ec2.RunInstancesRequest$, input: { MaxCount: 1 }, missing: 'MinCount' },
  { name: 'zero is there', schema: ec2.RunInstancesRequest$, input: { MaxCount: 0, MinCount: 0 }, missing: undefined },
  {
    name: 'in a list, counted from 1',
    schema: elbv2.RegisterTargetsInput$,
    input: { TargetGroupArn: 'arn', Targets: [{ Id: 'i-1' }, { Port: 80 }] },
    missing: 'Targets.2.member.Id',
  },
  {
    name: 'a token that the server would make itself',
    schema: [3, 'test', 'Input', 0, ['Token', 'Name'], [[0, { idempotencyToken: 1 }], 0], 2],
    input: {},
    missing: 'Name',
  },
  {
    name: 'in a structure that is optional itself',
    schema: ecs.CreateServiceRequest$,
    input: { serviceName: 's', networkConfiguration: { awsvpcConfiguration: {} } },
    missing: 'networkConfiguration.awsvpcConfiguration.subnets',
  },
];

test.each(rows)('$name', ({ schema, input, missing }) => {
  expect(findMissing(readShape(schema), input)).toBe(missing);
});
