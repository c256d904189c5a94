import { describe, expect, it } from '@jest/globals';
import type { PutRuleCommandInput, Target } from '@aws-sdk/client-eventbridge';
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  TestEventPatternCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge';
import { anEventBus, openToEvents } from './an-event-bus';

const queueArn = 'arn:aws:sqs:eu-west-2:111122223333:q';
const pattern = '{"source":["app"]}';

describe('buses', () => {
  it('are made, described, listed and deleted', async () => {
    const { client } = await anEventBus();
    const arn = 'arn:aws:events:eu-west-2:111122223333:event-bus/findings';
    const create = new CreateEventBusCommand({ Name: 'findings', Description: 'ours' });
    expect(await client.send(create)).toMatchObject({ EventBusArn: arn });
    await expect(client.send(create)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    const described = await client.send(new DescribeEventBusCommand({ Name: arn }));
    expect(described).toMatchObject({ Name: 'findings', Arn: arn, Description: 'ours' });
    const list = async () => (await client.send(new ListEventBusesCommand({}))).EventBuses?.map(({ Name }) => Name);
    expect(await list()).toEqual(['default', 'findings']);
    await client.send(new DeleteEventBusCommand({ Name: 'findings' }));
    expect(await list()).toEqual(['default']);
    await expect(client.send(new DescribeEventBusCommand({ Name: 'findings' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(client.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('have a policy', async () => {
    const { client } = await anEventBus();
    const Policy = openToEvents('events:PutEvents');
    await client.send(new PutPermissionCommand({ Policy }));
    expect((await client.send(new DescribeEventBusCommand({}))).Policy).toBe(Policy);
    await client.send(new RemovePermissionCommand({ RemoveAllPermissions: true }));
    expect((await client.send(new DescribeEventBusCommand({}))).Policy).toBeUndefined();
    await expect(client.send(new PutPermissionCommand({ Policy: '{' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('rules', () => {
  it('are put, described, listed and deleted', async () => {
    const { client } = await anEventBus();
    await client.send(new CreateEventBusCommand({ Name: 'findings' }));
    const put = async (input: PutRuleCommandInput) => (await client.send(new PutRuleCommand(input))).RuleArn;
    const EventBusName = 'findings';
    expect(await put({ Name: 'a', EventPattern: pattern })).toBe('arn:aws:events:eu-west-2:111122223333:rule/a');
    expect(await put({ Name: 'a', EventPattern: pattern, EventBusName })).toBe(
      'arn:aws:events:eu-west-2:111122223333:rule/findings/a',
    );
    await put({ Name: 'b', ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED', Description: 'x' });
    expect(await client.send(new DescribeRuleCommand({ Name: 'b' }))).toMatchObject({
      ...{ Name: 'b', ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED', Description: 'x' },
      ...{ EventBusName: 'default', CreatedBy: '111122223333' },
    });
    const names = async (more: object = {}) =>
      (await client.send(new ListRulesCommand(more))).Rules?.map(({ Name }) => Name);
    expect(await names()).toEqual(['a', 'b']);
    expect(await names({ NamePrefix: 'b' })).toEqual(['b']);
    expect(await names({ EventBusName })).toEqual(['a']);
    const first = await client.send(new ListRulesCommand({ Limit: 1 }));
    expect(await names({ Limit: 1, NextToken: first.NextToken })).toEqual(['b']);
    await client.send(new DeleteRuleCommand({ Name: 'a' }));
    await client.send(new DeleteRuleCommand({ Name: 'a' }));
    expect(await names()).toEqual(['b']);
  });

  it('are replaced as a whole; targets and tags stay', async () => {
    const { client } = await anEventBus();
    const Tags = [{ Key: 'team', Value: 'payments' }];
    const { RuleArn } = await client.send(
      new PutRuleCommand({ Name: 'a', EventPattern: pattern, Description: 'x', Tags }),
    );
    await client.send(new PutTargetsCommand({ Rule: 'a', Targets: [{ Id: 't', Arn: queueArn }] }));
    await client.send(new PutRuleCommand({ Name: 'a', EventPattern: '{"source":["other"]}', State: 'DISABLED' }));
    const described = await client.send(new DescribeRuleCommand({ Name: 'a' }));
    expect(described).toMatchObject({ EventPattern: '{"source":["other"]}', State: 'DISABLED' });
    expect(described.Description).toBeUndefined();
    const { Targets } = await client.send(new ListTargetsByRuleCommand({ Rule: 'a' }));
    expect(Targets).toEqual([{ Id: 't', Arn: queueArn }]);
    await client.send(new TagResourceCommand({ ResourceARN: RuleArn, Tags: [{ Key: 'env', Value: 'prod' }] }));
    await client.send(new UntagResourceCommand({ ResourceARN: RuleArn, TagKeys: ['env'] }));
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN: RuleArn }))).Tags).toEqual(Tags);
  });

  it.each<[string, Partial<PutRuleCommandInput>, string]>([
    ['neither pattern nor schedule', { EventPattern: undefined }, 'ValidationException'],
    ['a bus that does not exist', { EventBusName: 'x' }, 'ResourceNotFoundException'],
    ['a blank in the name', { Name: 'a b' }, 'ValidationException'],
    ['a pattern that is not JSON', { EventPattern: '{' }, 'InvalidEventPatternException'],
    ['a value outside a list', { EventPattern: '{"source":"app"}' }, 'InvalidEventPatternException'],
    ['an unknown operator', { EventPattern: '{"source":[{"like":"a"}]}' }, 'InvalidEventPatternException'],
    [
      'a pattern that is too long',
      { EventPattern: JSON.stringify({ source: ['x'.repeat(2_048)] }) },
      'InvalidEventPatternException',
    ],
    ['a schedule that is none', { ScheduleExpression: 'every minute' }, 'ValidationException'],
    ['a state that is none', { State: 'ON' as 'ENABLED' }, 'ValidationException'],
  ])('are refused with %s', async (_, more, code) => {
    const { client } = await anEventBus();
    const command = new PutRuleCommand({ Name: 'a', EventPattern: pattern, ...more });
    await expect(client.send(command)).rejects.toMatchObject({ name: code });
    expect((await client.send(new ListRulesCommand({}))).Rules).toEqual([]);
  });

  it('have no schedule on a bus of their own', async () => {
    const { client } = await anEventBus();
    await client.send(new CreateEventBusCommand({ Name: 'findings' }));
    const command = new PutRuleCommand({ Name: 'a', EventBusName: 'findings', ScheduleExpression: 'rate(1 hour)' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('cannot be deleted while they have targets', async () => {
    const { client, rule } = await anEventBus();
    await rule({ Arn: queueArn });
    await expect(client.send(new DeleteRuleCommand({ Name: 'rule' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await client.send(new RemoveTargetsCommand({ Rule: 'rule', Ids: ['target'] }));
    await client.send(new DeleteRuleCommand({ Name: 'rule' }));
    await expect(client.send(new DescribeRuleCommand({ Name: 'rule' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Rule rule does not exist on EventBus default.',
    });
  });
});

describe('targets', () => {
  it('are answered as they were put', async () => {
    const { client, rule } = await anEventBus();
    const target: Target = {
      ...{ Id: 'target', Arn: queueArn, RoleArn: 'arn:aws:iam::111122223333:role/r' },
      InputTransformer: { InputPathsMap: { state: '$.detail.state' }, InputTemplate: '{"s":<state>}' },
      RetryPolicy: { MaximumRetryAttempts: 8, MaximumEventAgeInSeconds: 3_600 },
      DeadLetterConfig: { Arn: queueArn },
    };
    await rule(target);
    expect((await client.send(new ListTargetsByRuleCommand({ Rule: 'rule' }))).Targets).toEqual([target]);
    const names = await client.send(new ListRuleNamesByTargetCommand({ TargetArn: queueArn }));
    expect(names.RuleNames).toEqual(['rule']);
  });

  const transformer = (InputTemplate: string, path = '$.detail') => ({
    InputTransformer: { InputPathsMap: { d: path }, InputTemplate },
  });
  it.each<[string, Partial<Target>, string]>([
    ['no ARN', { Arn: 'queue' }, 'ValidationException'],
    ['a kind that is not simulated', { Arn: 'arn:aws:states:eu-west-2:111122223333:stateMachine:x' }, 'NotImplemented'],
    ['a FIFO queue', { Arn: `${queueArn}.fifo` }, 'NotImplemented'],
    ['a parameter that is not simulated', { SqsParameters: { MessageGroupId: 'x' } }, 'NotImplemented'],
    ['input that is not JSON', { Input: 'hello' }, 'ValidationException'],
    ['two forms of input', { Input: '1', InputPath: '$.detail' }, 'ValidationException'],
    ['a path that is none', { InputPath: 'detail' }, 'ValidationException'],
    ['a path in the map that is none', transformer('"<d>"', 'detail'), 'ValidationException'],
    ['an unknown variable', transformer('"<x>"'), 'ValidationException'],
    ['a template that is no JSON', transformer('{"d": <d>'), 'ValidationException'],
    ['a template without quotes', transformer('hello <d>'), 'ValidationException'],
    ['too many retries', { RetryPolicy: { MaximumRetryAttempts: 186 } }, 'ValidationException'],
    ['too short an age', { RetryPolicy: { MaximumEventAgeInSeconds: 59 } }, 'ValidationException'],
    ['a dead-letter queue that is FIFO', { DeadLetterConfig: { Arn: `${queueArn}.fifo` } }, 'ValidationException'],
  ])('are refused with %s', async (_, more, code) => {
    const { client, rule } = await anEventBus();
    await expect(rule({ Arn: queueArn, ...more })).rejects.toMatchObject({ name: code });
    expect((await client.send(new ListTargetsByRuleCommand({ Rule: 'rule' }))).Targets).toEqual([]);
  });

  it('are five at most', async () => {
    const { client } = await anEventBus();
    await client.send(new PutRuleCommand({ Name: 'a', EventPattern: pattern }));
    const Targets = Array.from({ length: 6 }, (_, index) => ({ Id: String(index), Arn: queueArn }));
    await expect(client.send(new PutTargetsCommand({ Rule: 'a', Targets }))).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
  });
});

describe('PutEvents', () => {
  const entry = { Source: 'app', DetailType: 'Thing', Detail: '{}' };
  it.each([
    ['no source', { Source: undefined }, 'InvalidArgument'],
    ['no detail type', { DetailType: '' }, 'InvalidArgument'],
    ['no detail', { Detail: undefined }, 'InvalidArgument'],
    ['detail that is not JSON', { Detail: 'x' }, 'MalformedDetail'],
    ['detail that is no object', { Detail: '[]' }, 'MalformedDetail'],
    ['a source of AWS', { Source: 'aws.ecs' }, 'NotAuthorizedForSourceException'],
  ])('fails an entry with %s and takes the others', async (_, more, ErrorCode) => {
    const { client } = await anEventBus();
    const answer = await client.send(new PutEventsCommand({ Entries: [{ ...entry, ...more }, entry] }));
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode }, { EventId: expect.any(String) }] });
  });

  it('says nothing of a bus that does not exist', async () => {
    const { put } = await anEventBus();
    expect(await put({}, { EventBusName: 'nowhere' })).toMatchObject({ FailedEntryCount: 0 });
  });

  it.each([
    ['eleven entries', Array.from({ length: 11 }, () => entry)],
    ['1 MiB in all', [{ ...entry, Detail: JSON.stringify({ a: 'x'.repeat(1_048_576) }) }]],
  ])('refuses %s', async (_, Entries) => {
    const { client } = await anEventBus();
    await expect(client.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});

describe('TestEventPattern', () => {
  const event = {
    ...{ id: '1', account: '111122223333', source: 'app', time: '2026-11-22T10:00:00Z', region: 'eu-west-2' },
    ...{ resources: [], 'detail-type': 'Thing', detail: { state: 'up' } },
  };
  const ask = async (EventPattern: string, asked: object = event) => {
    const { client } = await anEventBus();
    return client.send(new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(asked) }));
  };

  it('answers', async () => {
    expect((await ask('{"detail":{"state":[{"prefix":"u"}]}}')).Result).toBe(true);
    expect((await ask('{"detail":{"state":[{"prefix":"d"}]}}')).Result).toBe(false);
  });

  it('refuses a pattern and an event that are none', async () => {
    await expect(ask('{"a":"b"}')).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
    await expect(ask(pattern, { source: 'app' })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
