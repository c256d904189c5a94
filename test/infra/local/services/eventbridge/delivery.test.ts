import { describe, expect, it } from '@jest/globals';
import {
  CreateEventBusCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { putRole } from '../../../../../infra/local/iam/roles';
import { publish } from '../../../../../infra/local/kernel/events';
import { functionArn, registerFunction } from '../../../../../infra/local/services/lambda/functions';
import { clientSettings } from '../../../../support/local-account';
import { openToSns } from '../sns/a-topic';
import { anEventBus, openToEvents } from './an-event-bus';

const taskEvent = {
  source: 'aws.ecs',
  detailType: 'ECS Task State Change',
  resources: ['arn:aws:ecs:eu-west-2:111122223333:task/prod/1'],
  detail: { lastStatus: 'RUNNING', version: 3 },
};

describe('events', () => {
  it('of applications reach the targets of rules that match', async () => {
    const { queue, rule, put } = await anEventBus();
    const tasks = await queue('tasks');
    await rule({ Arn: tasks.arn }, '{"source":["app"],"detail":{"state":["up"]}}');
    const { Entries } = await put({ state: 'up' }, { Resources: ['arn:a'] });
    await put({ state: 'down' });
    expect(await tasks.bodies()).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'Thing',
        source: 'app',
        account: '111122223333',
        time: '2026-11-22T10:00:00Z',
        region: 'eu-west-2',
        resources: ['arn:a'],
        detail: { state: 'up' },
      },
    ]);
  });

  it('of the services of the account reach the default bus', async () => {
    const { account, clock, queue, rule } = await anEventBus();
    const tasks = await queue('tasks');
    await rule({ Arn: tasks.arn }, '{"source":["aws.ecs"]}');
    publish(account.scope, taskEvent);
    publish(account.scope, { ...taskEvent, source: 'aws.ec2' });
    await clock.advance(0);
    expect(await tasks.bodies()).toMatchObject([{ source: 'aws.ecs', detail: { version: 3 } }]);
  });

  it('reach every target of every rule, and none of a disabled one', async () => {
    const { client, queue, rule, put } = await anEventBus();
    const [first, second, third] = [await queue('first'), await queue('second'), await queue('third')];
    await rule({ Arn: first.arn });
    await client.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: 'second', Arn: second.arn }] }));
    await client.send(new PutRuleCommand({ Name: 'other', EventPattern: '{"detail-type":["Thing"]}' }));
    await client.send(new PutTargetsCommand({ Rule: 'other', Targets: [{ Id: 'third', Arn: third.arn }] }));
    await client.send(new DisableRuleCommand({ Name: 'other' }));
    await put({ n: 1 });
    await client.send(new EnableRuleCommand({ Name: 'other' }));
    await client.send(new RemoveTargetsCommand({ Rule: 'rule', Ids: ['target'] }));
    await put({ n: 2 });
    expect(await first.bodies()).toMatchObject([{ detail: { n: 1 } }]);
    expect(await second.bodies()).toMatchObject([{ detail: { n: 1 } }, { detail: { n: 2 } }]);
    expect(await third.bodies()).toMatchObject([{ detail: { n: 2 } }]);
  });

  it('on a bus of their own stay there, unless a rule forwards them', async () => {
    const { client, queue, rule, put } = await anEventBus();
    const [here, there] = [await queue('here'), await queue('there')];
    await rule({ Arn: here.arn });
    const { EventBusArn } = await client.send(new CreateEventBusCommand({ Name: 'findings' }));
    const onBus = { EventBusName: 'findings' };
    await client.send(new PutRuleCommand({ ...onBus, Name: 'r', EventPattern: '{"source":["app"]}' }));
    await client.send(new PutTargetsCommand({ ...onBus, Rule: 'r', Targets: [{ Id: 't', Arn: there.arn }] }));
    await put({ n: 1 }, onBus);
    expect([await here.bodies(), await there.bodies()]).toMatchObject([[], [{ detail: { n: 1 } }]]);
    await client.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: 'bus', Arn: EventBusArn }] }));
    await put({ n: 2 });
    expect(await there.bodies()).toMatchObject([{ detail: { n: 1 } }, { detail: { n: 2 }, source: 'app' }]);
  });

  it('are forwarded with a role only if the role may do that', async () => {
    const { account, client, queue, rule, put } = await anEventBus();
    const [there, dead] = [await queue('there'), await queue('dead')];
    const { EventBusArn } = await client.send(new CreateEventBusCommand({ Name: 'findings' }));
    const onBus = { EventBusName: 'findings' };
    await client.send(new PutRuleCommand({ ...onBus, Name: 'r', EventPattern: '{"source":["app"]}' }));
    await client.send(new PutTargetsCommand({ ...onBus, Rule: 'r', Targets: [{ Id: 't', Arn: there.arn }] }));
    const putForwarder = (...inline: object[]) =>
      putRole(account.scope, { name: 'forward', inline, managedPolicyArns: [] }).arn;
    await rule({ Arn: EventBusArn, RoleArn: putForwarder(), DeadLetterConfig: { Arn: dead.arn } });
    await put({ n: 1 });
    expect([await there.bodies(), await dead.bodies()]).toMatchObject([[], [{ detail: { n: 1 } }]]);
    const Statement = { Effect: 'Allow', Action: 'events:PutEvents', Resource: EventBusArn };
    putForwarder({ Version: '2012-10-17', Statement });
    await put({ n: 2 });
    expect(await there.bodies()).toMatchObject([{ detail: { n: 2 } }]);
  });

  it('do not run in circles between buses', async () => {
    const { client, queue, rule, put } = await anEventBus();
    const here = await queue('here');
    await client.send(new CreateEventBusCommand({ Name: 'other' }));
    await rule({ Arn: 'arn:aws:events:eu-west-2:111122223333:event-bus/other' });
    await client.send(new PutTargetsCommand({ Rule: 'rule', Targets: [{ Id: 'queue', Arn: here.arn }] }));
    const back = { Id: 'back', Arn: 'arn:aws:events:eu-west-2:111122223333:event-bus/default' };
    await client.send(new PutRuleCommand({ EventBusName: 'other', Name: 'r', EventPattern: '{"source":["app"]}' }));
    await client.send(new PutTargetsCommand({ EventBusName: 'other', Rule: 'r', Targets: [back] }));
    await put();
    expect(await here.bodies()).toHaveLength(1);
  });

  it('reach topics that let EventBridge in', async () => {
    const { account, queue, rule, put } = await anEventBus();
    const topics = new SNSClient(clientSettings(account));
    const alerts = await queue('alerts', { Policy: openToSns });
    const { TopicArn } = await topics.send(new CreateTopicCommand({ Name: 'alerts' }));
    const Attributes = { RawMessageDelivery: 'true' };
    await topics.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: alerts.arn, Attributes }));
    await rule({ Arn: TopicArn });
    await put({ n: 1 });
    const AttributeValue = openToEvents('sns:Publish');
    await topics.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'Policy', AttributeValue }));
    await put({ n: 2 });
    expect(await alerts.bodies()).toMatchObject([{ detail: { n: 2 } }]);
  });

  it('invoke functions', async () => {
    const { account, rule, put } = await anEventBus();
    const arn = functionArn(account.scope, 'sweep');
    const payloads: string[] = [];
    registerFunction(account.scope, {
      ...{ name: 'sweep', arn, roleArn: '', handler: 'index.handler', runtime: 'nodejs24.x', description: '' },
      ...{ timeoutSeconds: 3, memoryMiB: 128, variables: {} },
      invoke: (payload) => {
        payloads.push(payload);
        return Promise.resolve({ payload: 'null' });
      },
    });
    await rule({ Arn: arn, Input: '{"all":true}' });
    await put();
    expect(payloads).toEqual(['{"all":true}']);
  });
});

describe('what cannot be delivered', () => {
  it.each([
    ['no policy', {}, 'NO_PERMISSIONS'],
    [
      'a policy for another rule',
      {
        Policy: openToEvents('sqs:SendMessage').replace(
          '"Resource":"*"',
          '"Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:events:eu-west-2:111122223333:rule/other"}}',
        ),
      },
      'NO_PERMISSIONS',
    ],
    ['a key of AWS', { Policy: openToEvents('sqs:SendMessage'), KmsMasterKeyId: 'alias/aws/sqs' }, 'NO_PERMISSIONS'],
  ])('goes to the dead-letter queue of the target at once: %s', async (_, attributes: Record<string, string>, code) => {
    const { queue, rule, put } = await anEventBus();
    const [closed, dead] = [await queue('closed', attributes), await queue('dead')];
    const ruleArn = await rule({ Arn: closed.arn, DeadLetterConfig: { Arn: dead.arn } });
    await put({ n: 1 });
    expect(await closed.messages()).toEqual([]);
    expect(await dead.bodies()).toMatchObject([{ detail: { n: 1 } }]);
    expect(await dead.messages()).toMatchObject([
      {
        MessageAttributes: {
          RULE_ARN: { StringValue: ruleArn },
          TARGET_ARN: { StringValue: closed.arn },
          ERROR_CODE: { StringValue: code },
          RETRY_ATTEMPTS: { StringValue: '0' },
        },
      },
    ]);
  });

  it('is lost without a dead-letter queue', async () => {
    const { queue, rule, put } = await anEventBus();
    const closed = await queue('closed', {});
    await rule({ Arn: closed.arn });
    expect((await put()).FailedEntryCount).toBe(0);
    expect(await closed.messages()).toEqual([]);
  });

  it('names a target that does not exist', async () => {
    const { queue, rule, put } = await anEventBus();
    const dead = await queue('dead');
    await rule({ Arn: 'arn:aws:sqs:eu-west-2:111122223333:gone', DeadLetterConfig: { Arn: dead.arn } });
    await put();
    expect(await dead.messages()).toMatchObject([
      { MessageAttributes: { ERROR_CODE: { StringValue: 'RESOURCE_NOT_FOUND' } } },
    ]);
  });
});
