import { describe, expect, it } from '@jest/globals';
import { CreateTagsCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, DescribeClustersCommand, ECSClient, TagResourceCommand } from '@aws-sdk/client-ecs';
import { DeregisterTargetsCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DeregisterInstanceCommand, ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { authorizeRoles } from '../../../../infra/local/iam/authorize';
import type { NewRole } from '../../../../infra/local/iam/roles';
import {
  deleteManagedPolicy,
  deleteRole,
  putManagedPolicy,
  putRole,
  roleSession,
} from '../../../../infra/local/iam/roles';
import { services } from '../../../../infra/local/services';
import { clientSettings, withLocalAccount } from '../../../support/local-account';

const account = '111122223333';
const roleArn = `arn:aws:iam::${account}:role/sweep`;
const session = `arn:aws:sts::${account}:assumed-role/sweep/run`;

function allow(Action: string | string[], Resource: string | string[] = '*', more: object = {}) {
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource, ...more } };
}

/** An account, its administrator's settings for clients, and those of a session of a role. */
async function aSession(role: Partial<NewRole> = {}) {
  const local = await withLocalAccount({ services, authorize: authorizeRoles });
  const put = (changed: Partial<NewRole>) =>
    putRole(local.scope, { name: 'sweep', inline: [], managedPolicyArns: [], ...changed });
  put(role);
  const credentials = local.registerCredentials(roleSession(local.scope, roleArn, 'run'));
  return { local, put, admin: clientSettings(local), settings: clientSettings(local, { credentials }) };
}

describe('sessions of a role', () => {
  it('are named as STS names them', async () => {
    const { settings } = await aSession();
    expect(await new STSClient(settings).send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: session });
  });

  it('may do what their role may, in every region, and what changes counts at once', async () => {
    const { local, put, settings } = await aSession();
    const describe = (region: string) => new ECSClient({ ...settings, region }).send(new DescribeClustersCommand({}));
    await expect(describe('eu-west-2')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    put({ inline: [allow('ecs:DescribeClusters')] });
    await describe('eu-west-2');
    await describe('us-east-1');
    deleteRole(local.scope, roleArn);
    await expect(describe('eu-west-2')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('have managed policies, as long as these exist', async () => {
    const { local, put, settings } = await aSession();
    const policyArn = putManagedPolicy(local.scope, 'read', allow('ecs:Describe*'));
    put({ managedPolicyArns: [policyArn] });
    const ecs = new ECSClient(settings);
    await ecs.send(new DescribeClustersCommand({}));
    deleteManagedPolicy(local.scope, policyArn);
    await expect(ecs.send(new DescribeClustersCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('are held by a boundary, also by one that is gone', async () => {
    const { local, put, settings } = await aSession();
    const boundaryArn = putManagedPolicy(local.scope, 'boundary', allow('ecs:Describe*'));
    put({ inline: [allow('*')], boundaryArn });
    const ecs = new ECSClient(settings);
    await ecs.send(new DescribeClustersCommand({}));
    await expect(ecs.send(new CreateClusterCommand({}))).rejects.toMatchObject({
      message: expect.stringContaining('because no permissions boundary allows the ecs:CreateCluster action'),
    });
    deleteManagedPolicy(local.scope, boundaryArn);
    await expect(ecs.send(new DescribeClustersCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('cannot have a policy that the account does not have', async () => {
    const { put } = await aSession();
    const managedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
    expect(() => put({ managedPolicyArns })).toThrow(/has no policy arn:aws:iam::aws:policy\/AdministratorAccess/);
  });

  it('are told of a deny', async () => {
    const statements = [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'ecs:Create*', Resource: '*' },
    ];
    const { settings } = await aSession({ inline: [{ Version: '2012-10-17', Statement: statements }] });
    await expect(new ECSClient(settings).send(new CreateClusterCommand({ clusterName: 'x' }))).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in an identity-based policy'),
    });
  });
});

type Settings = ReturnType<typeof clientSettings>;

describe('a denied call', () => {
  const clusterArn = `arn:aws:ecs:eu-west-2:${account}:cluster/prod`;
  const groupArn = `arn:aws:elasticloadbalancing:eu-west-2:${account}:targetgroup/web/0123456789abcdef`;
  const topicArn = `arn:aws:sns:eu-west-2:${account}:alerts`;
  it.each<[string, (settings: Settings) => Promise<unknown>, object, string]>([
    [
      'ECS',
      (settings) => new ECSClient(settings).send(new TagResourceCommand({ resourceArn: clusterArn, tags: [] })),
      { name: 'AccessDeniedException' },
      `ecs:TagResource on resource: ${clusterArn}`,
    ],
    [
      'EC2',
      (settings) => new EC2Client(settings).send(new CreateTagsCommand({ Resources: ['vpc-1'], Tags: [{ Key: 'a' }] })),
      { name: 'UnauthorizedOperation', $metadata: { httpStatusCode: 403 } },
      `ec2:CreateTags on resource: arn:aws:ec2:eu-west-2:${account}:vpc/vpc-1`,
    ],
    [
      'Elastic Load Balancing',
      (settings) =>
        new ElasticLoadBalancingV2Client(settings).send(
          new DeregisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [{ Id: '10.0.0.1' }] }),
        ),
      { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } },
      `elasticloadbalancing:DeregisterTargets on resource: ${groupArn}`,
    ],
    [
      'Cloud Map',
      (settings) =>
        new ServiceDiscoveryClient(settings).send(
          new DeregisterInstanceCommand({ ServiceId: 'srv-1', InstanceId: 'i' }),
        ),
      { name: 'AccessDeniedException' },
      `servicediscovery:DeregisterInstance on resource: arn:aws:servicediscovery:eu-west-2:${account}:service/srv-1`,
    ],
    [
      'Systems Manager',
      (settings) => new SSMClient(settings).send(new GetParameterCommand({ Name: '/ecs-ipv6/policy' })),
      { name: 'AccessDeniedException' },
      `ssm:GetParameter on resource: arn:aws:ssm:eu-west-2:${account}:parameter/ecs-ipv6/policy`,
    ],
    [
      'SQS',
      (settings) => {
        const QueueUrl = `${settings.endpoint}/${account}/tasks`;
        return new SQSClient(settings).send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
      },
      { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } },
      `sqs:SendMessage on resource: arn:aws:sqs:eu-west-2:${account}:tasks`,
    ],
    [
      'SNS',
      (settings) => new SNSClient(settings).send(new PublishCommand({ TopicArn: topicArn, Message: 'x' })),
      { name: 'AuthorizationErrorException', $metadata: { httpStatusCode: 403 } },
      `sns:Publish on resource: ${topicArn}`,
    ],
    [
      'EventBridge',
      (settings) => new EventBridgeClient(settings).send(new PutEventsCommand({ Entries: [{ Source: 'app' }] })),
      { name: 'AccessDeniedException' },
      `events:PutEvents on resource: arn:aws:events:eu-west-2:${account}:event-bus/default`,
    ],
  ])('of %s says who, what and on what', async (...[, call, answer, question]) => {
    const { settings } = await aSession();
    const [action] = question.split(' ');
    await expect(call(settings)).rejects.toMatchObject({
      ...answer,
      message: `User: ${session} is not authorized to perform: ${question} because no identity-based policy allows the ${String(action)} action`,
    });
  });

  it('is not made, and the administrator may make it', async () => {
    const { admin, settings } = await aSession();
    const create = new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' });
    await expect(new EC2Client(settings).send(create)).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    expect((await new EC2Client(admin).send(create)).Vpc?.VpcId).toMatch(/^vpc-/);
  });

  it('is denied for one resource and allowed for another', async () => {
    const { settings } = await aSession({ inline: [allow('sqs:*', `arn:aws:sqs:*:${account}:tasks`)] });
    const sqs = new SQSClient(settings);
    await sqs.send(new CreateQueueCommand({ QueueName: 'tasks' }));
    await expect(sqs.send(new CreateQueueCommand({ QueueName: 'others' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('looks at the conditions of the request', async () => {
    const Condition = { StringEquals: { 'events:source': 'ecs-ipv6' } };
    const { settings } = await aSession({ inline: [allow('events:PutEvents', '*', { Condition })] });
    const put = (Source: string) =>
      new EventBridgeClient(settings).send(
        new PutEventsCommand({ Entries: [{ Source, DetailType: 'Thing', Detail: '{}' }] }),
      );
    expect(await put('ecs-ipv6')).toMatchObject({ FailedEntryCount: 0 });
    await expect(put('app')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('policies of resources', () => {
  async function aQueueWith(statement: object) {
    const all = await aSession();
    const sqs = new SQSClient(all.admin);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'tasks' }));
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Resource: '*', ...statement },
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    return {
      ...all,
      send: () => new SQSClient(all.settings).send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' })),
    };
  }

  it('let a role in that has no policy of its own', async () => {
    const { send } = await aQueueWith({ Principal: { AWS: roleArn }, Action: 'sqs:SendMessage' });
    expect((await send()).MessageId).toBeDefined();
  });

  it('let nobody in by naming the account', async () => {
    const { send } = await aQueueWith({ Principal: { AWS: account }, Action: 'sqs:SendMessage' });
    await expect(send()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('shut a role out that may everything', async () => {
    const { put, send } = await aQueueWith({ Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage' });
    put({ inline: [allow('*')] });
    await expect(send()).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in a resource-based policy'),
    });
  });

  it('that topics have by default let no role in', async () => {
    const { admin, settings } = await aSession();
    const { TopicArn } = await new SNSClient(admin).send(new CreateTopicCommand({ Name: 'alerts' }));
    await expect(new SNSClient(settings).send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
    });
  });
});
