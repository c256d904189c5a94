import { Scheduler, type CreateScheduleCommandInput } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from '@jest/globals';
import { putRole } from '../../../../../infra/local/iam/roles';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { scheduler } from '../../../../../infra/local/services/scheduler/scheduler';
import { sqs } from '../../../../../infra/local/services/sqs/sqs';
import { SQS } from '@aws-sdk/client-sqs';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';
import { codeOf, text } from '../ec2/an-ec2-account';

const MINUTE = 60_000;

async function aSite({ action = 'sqs:SendMessage' } = {}) {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [scheduler, sqs], clock });
  const queues = new SQS(clientSettings(account));
  const client = new Scheduler(clientSettings(account));
  const queue = async (QueueName: string) => {
    const { QueueUrl } = await queues.createQueue({ QueueName });
    return { QueueUrl, arn: `arn:aws:sqs:eu-west-2:111122223333:${QueueName}` };
  };
  const work = await queue('work');
  const dead = await queue('dead');
  const RoleArn = putRole(account.scope, {
    name: 'runner',
    managedPolicyArns: [],
    inline: [
      {
        Statement: [
          { Effect: 'Allow', Action: action, Resource: work.arn },
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: dead.arn },
        ],
      },
    ],
  }).arn;
  const request = (overrides: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput => ({
    Name: 'tick',
    ScheduleExpression: 'rate(10 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: work.arn, RoleArn, Input: 'tick', DeadLetterConfig: { Arn: dead.arn } },
    ...overrides,
  });
  /** Takes everything out of a queue. */
  const drain = async ({ QueueUrl }: typeof work) => {
    const { Messages = [] } = await queues.receiveMessage({
      ...{ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] },
    });
    for (const { ReceiptHandle } of Messages) await queues.deleteMessage({ QueueUrl, ReceiptHandle });
    return Messages;
  };
  return { clock, client, request, work, dead, drain };
}

describe('a schedule', () => {
  it('calls its target again and again, until it is deleted', async () => {
    const { clock, client, request, work, drain } = await aSite();
    await client.createSchedule(request());
    await clock.advance(25 * MINUTE);
    expect((await drain(work)).map(({ Body }) => Body)).toEqual(['tick', 'tick']);
    await client.deleteSchedule({ Name: 'tick' });
    await clock.advance(60 * MINUTE);
    expect(await drain(work)).toEqual([]);
  });

  it.each<[string, Partial<CreateScheduleCommandInput>, number]>([
    ['that is disabled', { State: 'DISABLED' }, 0],
    ['with a time of its own', { ScheduleExpression: 'at(2026-11-22T10:07:00)' }, 1],
    ['with a time that is over', { ScheduleExpression: 'at(2026-11-22T09:00:00)' }, 0],
    ['by cron', { ScheduleExpression: 'cron(0/15 * * * ? *)' }, 4],
    ['that begins later', { StartDate: new Date('2026-11-22T10:30:00Z') }, 3],
    ['that ends', { EndDate: new Date('2026-11-22T10:25:00Z') }, 2],
    ['in a flexible window', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }, 6],
  ])('%s runs as often as it should in an hour: %#', async (_, overrides, times) => {
    const { clock, client, request, work, drain } = await aSite();
    await client.createSchedule(request(overrides));
    await clock.advance(60 * MINUTE);
    expect(await drain(work)).toHaveLength(times);
  });

  it('goes by its new expression after an update', async () => {
    const { clock, client, request, work, drain } = await aSite();
    await client.createSchedule(request());
    await client.updateSchedule(request({ ScheduleExpression: 'rate(1 hour)', Description: 'slow' }));
    await clock.advance(59 * MINUTE);
    expect(await drain(work)).toEqual([]);
    const { ScheduleExpression, Description, State } = await client.getSchedule({ Name: 'tick' });
    expect({ ScheduleExpression, Description, State }).toEqual({
      ...{ ScheduleExpression: 'rate(1 hour)', Description: 'slow', State: 'ENABLED' },
    });
  });

  it('goes when it has run, if asked to', async () => {
    const { clock, client, request } = await aSite();
    const once = request({ ScheduleExpression: 'at(2026-11-22T10:07:00)', ActionAfterCompletion: 'DELETE' });
    await client.createSchedule(once);
    await clock.advance(10 * MINUTE);
    expect(await codeOf(client.getSchedule({ Name: 'tick' }))).toBe('ResourceNotFoundException');
  });

  it('whose role may not call the target leaves a dead letter', async () => {
    const { clock, client, request, work, dead, drain } = await aSite({ action: 'sqs:ReceiveMessage' });
    await client.createSchedule(request());
    await clock.advance(11 * MINUTE);
    expect(await drain(work)).toEqual([]);
    const [letter] = await drain(dead);
    expect(letter?.Body).toBe('tick');
    expect(letter?.MessageAttributes?.['ERROR_CODE']?.StringValue).toBe('AccessDeniedException');
    expect(letter?.MessageAttributes?.['SCHEDULE_ARN']?.StringValue).toBe(
      'arn:aws:scheduler:eu-west-2:111122223333:schedule/default/tick',
    );
  });

  it.each<[string, Partial<CreateScheduleCommandInput>]>([
    ['without a sense', { ScheduleExpression: 'rate(ten minutes)' }],
    ['in another time zone', { ScheduleExpressionTimezone: 'Europe/London' }],
    ['with a window that has no length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }],
    ['with a bad name', { Name: 'a b' }],
    ['that ends before it begins', { StartDate: new Date('2026-12-02'), EndDate: new Date('2026-12-01') }],
    ['with a target that is not simulated', { Target: { Arn: 'arn:aws:ecs:eu-west-2:1:cluster/c', RoleArn: 'r' } }],
  ])('%s is refused', async (_, overrides) => {
    const { client, request } = await aSite();
    expect(await codeOf(client.createSchedule(request(overrides)))).toBe('ValidationException');
    expect((await client.listSchedules({})).Schedules).toEqual([]);
  });

  it('has a name that is taken once in a group', async () => {
    const { client, request } = await aSite();
    await client.createScheduleGroup({ Name: 'other' });
    await client.createSchedule(request());
    expect(await codeOf(client.createSchedule(request()))).toBe('ConflictException');
    await client.createSchedule(request({ GroupName: 'other' }));
    expect(await codeOf(client.createSchedule(request({ GroupName: 'none' })))).toBe('ResourceNotFoundException');
  });
});

describe('groups', () => {
  it('page their schedules, and take them along when they go', async () => {
    const { clock, client, request, work, drain } = await aSite();
    await client.createScheduleGroup({ Name: 'other' });
    for (const Name of ['a', 'b', 'c']) await client.createSchedule(request({ Name, GroupName: 'other' }));
    const first = await client.listSchedules({ GroupName: 'other', MaxResults: 2 });
    const second = await client.listSchedules({ GroupName: 'other', MaxResults: 2, NextToken: first.NextToken });
    const names = [first, second].map(({ Schedules = [] }) => Schedules.map(({ Name }) => text(Name)));
    expect(names).toEqual([['a', 'b'], ['c']]);
    expect(second.NextToken).toBeUndefined();
    await client.deleteScheduleGroup({ Name: 'other' });
    await clock.advance(20 * MINUTE);
    expect(await drain(work)).toEqual([]);
    expect((await client.listScheduleGroups({})).ScheduleGroups?.map(({ Name }) => Name)).toEqual(['default']);
    expect(await codeOf(client.deleteScheduleGroup({ Name: 'default' }))).toBe('ValidationException');
  });

  it('are tagged', async () => {
    const { client } = await aSite();
    const { ScheduleGroupArn: ResourceArn } = await client.createScheduleGroup({
      ...{ Name: 'other', Tags: [{ Key: 'team', Value: 'payments' }] },
    });
    await client.tagResource({ ResourceArn, Tags: [{ Key: 'stage', Value: 'prod' }] });
    await client.untagResource({ ResourceArn, TagKeys: ['team'] });
    expect((await client.listTagsForResource({ ResourceArn })).Tags).toEqual([{ Key: 'stage', Value: 'prod' }]);
    expect((await client.getScheduleGroup({ Name: 'other' })).Arn).toBe(ResourceArn);
  });
});
