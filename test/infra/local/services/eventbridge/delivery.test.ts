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
import { publish } from '../../../../../infra/local/kernel/events';
import { disturbDeliveries } from '../../../../../infra/local/services/eventbridge/disturb';
import type { Disturbance } from '../../../../../infra/local/services/eventbridge/state';
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

describe('disturbances', () => {
  async function disturbed(...disturbances: (Disturbance | undefined)[]) {
    const bus = await anEventBus();
    const [tasks, dead] = [await bus.queue('tasks'), await bus.queue('dead')];
    const RetryPolicy = { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 };
    await bus.rule({ Arn: tasks.arn, DeadLetterConfig: { Arn: dead.arn }, RetryPolicy });
    const end = disturbDeliveries(bus.account.scope, () => disturbances.shift());
    return { ...bus, tasks, dead, end };
  }

  it('lose an event', async () => {
    const { tasks, dead, put } = await disturbed({ kind: 'lose' });
    await put();
    expect([await tasks.bodies(), await dead.bodies()]).toEqual([[], []]);
  });

  it('repeat an event, with the same id', async () => {
    const { tasks, put } = await disturbed({ kind: 'repeat', times: 2 });
    await put();
    const [first, second] = await tasks.bodies();
    expect(second).toEqual(first);
    expect(second).toBeDefined();
  });

  it('bring events in another order', async () => {
    const { tasks, put, clock } = await disturbed({ kind: 'delay', milliseconds: 5_000 });
    await put({ n: 1 });
    await put({ n: 2 });
    await clock.advance(5_000);
    expect(await tasks.bodies()).toMatchObject([{ detail: { n: 2 } }, { detail: { n: 1 } }]);
  });

  it('fail, and EventBridge tries again, later and later', async () => {
    const { tasks, dead, put, clock } = await disturbed({ kind: 'fail' }, { kind: 'fail' });
    await put();
    await clock.advance(1_000);
    expect(await tasks.bodies()).toEqual([]);
    await clock.advance(2_000);
    expect(await tasks.bodies()).toHaveLength(1);
    expect(await dead.bodies()).toEqual([]);
  });

  it('fail until the retries are used up', async () => {
    const { tasks, dead, put, clock } = await disturbed({ kind: 'fail' }, { kind: 'fail' }, { kind: 'fail' });
    await put();
    await clock.advance(60_000);
    expect(await tasks.bodies()).toEqual([]);
    expect(await dead.messages()).toMatchObject([
      {
        MessageAttributes: {
          EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
          RETRY_ATTEMPTS: { StringValue: '2' },
        },
      },
    ]);
  });

  it('end', async () => {
    const { tasks, put, end } = await disturbed({ kind: 'lose' });
    end();
    await put();
    expect(await tasks.bodies()).toHaveLength(1);
  });
});
