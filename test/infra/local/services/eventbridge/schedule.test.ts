import { describe, expect, it } from '@jest/globals';
import {
  DeleteRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { parseSchedule } from '../../../../../infra/local/services/eventbridge/schedule-expression';
import { anEventBus } from './an-event-bus';

const MINUTE = 60_000;

describe('schedule expressions', () => {
  const since = new Date('2026-11-22T10:00:00Z'); // a Sunday
  const runs = (text: string, count: number) => {
    const found: (string | undefined)[] = [];
    let after = since;
    for (let run = 0; run < count; run++) {
      const next = parseSchedule(text)?.next(since, after);
      found.push(next?.toISOString().replace(':00.000Z', ''));
      after = next ?? after;
    }
    return found;
  };

  it.each([
    ['rate(1 minute)', ['2026-11-22T10:01', '2026-11-22T10:02']],
    ['rate(5 minutes)', ['2026-11-22T10:05', '2026-11-22T10:10']],
    ['rate(1 day)', ['2026-11-23T10:00', '2026-11-24T10:00']],
    ['cron(0/15 * * * ? *)', ['2026-11-22T10:15', '2026-11-22T10:30']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-11-23T18:00', '2026-11-24T18:00']],
    ['cron(30 9 1 * ? *)', ['2026-12-01T09:30', '2027-01-01T09:30']],
    ['cron(0 0 L * ? *)', ['2026-11-30T00:00', '2026-12-31T00:00']],
    ['cron(0 0 L FEB ? *)', ['2027-02-28T00:00', '2028-02-29T00:00']],
    ['cron(0 0 ? * 6L *)', ['2026-11-27T00:00', '2026-12-25T00:00']],
    ['cron(0 0 ? * 3#1 *)', ['2026-12-01T00:00', '2027-01-05T00:00']],
    [
      'cron(0 0 1W * ? *)',
      [
        '2026-12-01T00:00',
        '2027-01-01T00:00',
        '2027-02-01T00:00',
        '2027-03-01T00:00',
        '2027-04-01T00:00',
        '2027-05-03T00:00',
      ],
    ],
    ['cron(0 10 22 11 ? 2026-2028)', ['2027-11-22T10:00', '2028-11-22T10:00', undefined]],
    ['cron(5,10 8-9 ? JAN SUN *)', ['2027-01-03T08:05', '2027-01-03T08:10', '2027-01-03T09:05']],
  ])('%s', (text, expected) => {
    expect(runs(text, expected.length)).toEqual(expected);
  });

  it.each([
    ...['rate(1 minutes)', 'rate(5 minute)', 'rate(0 minutes)', 'rate(5 seconds)', 'rate(1.5 hours)', 'every(1 day)'],
    ...['cron(* * * * *)', 'cron(60 * * * ? *)', 'cron(0 0 1 * MON *)', 'cron(0 0 ? * ? *)', 'cron(0 0 * * * *)'],
    ...['cron(0 0 ? * MOO *)', 'cron(5-1 * * * ? *)', 'cron(0/0 * * * ? *)', 'cron(0 0 32 * ? *)'],
  ])('%s is none', (text) => {
    expect(parseSchedule(text)).toBeUndefined();
  });
});

describe('scheduled rules', () => {
  async function scheduled(ScheduleExpression: string) {
    const bus = await anEventBus();
    const tasks = await bus.queue('tasks');
    const { RuleArn } = await bus.client.send(new PutRuleCommand({ Name: 'sweep', ScheduleExpression }));
    await bus.client.send(new PutTargetsCommand({ Rule: 'sweep', Targets: [{ Id: 't', Arn: tasks.arn }] }));
    return { ...bus, tasks, RuleArn };
  }

  it('send a scheduled event each time', async () => {
    const { clock, tasks, RuleArn } = await scheduled('rate(5 minutes)');
    await clock.advance(5 * MINUTE - 1);
    expect(await tasks.bodies()).toEqual([]);
    await clock.advance(1);
    expect(await tasks.bodies()).toEqual([
      {
        ...{ version: '0', id: expect.any(String), 'detail-type': 'Scheduled Event', source: 'aws.events' },
        ...{ account: '111122223333', time: '2026-11-22T10:05:00Z', region: 'eu-west-2', resources: [RuleArn] },
        detail: {},
      },
    ]);
    await clock.advance(10 * MINUTE);
    expect(await tasks.bodies()).toHaveLength(3);
  });

  it('follow a cron', async () => {
    const { clock, tasks } = await scheduled('cron(0/30 * * * ? *)');
    await clock.advance(60 * MINUTE);
    expect(await tasks.bodies()).toMatchObject([{ time: '2026-11-22T10:30:00Z' }, { time: '2026-11-22T11:00:00Z' }]);
  });

  it('rest while they are disabled', async () => {
    const { client, clock, tasks } = await scheduled('rate(5 minutes)');
    await client.send(new DisableRuleCommand({ Name: 'sweep' }));
    await clock.advance(60 * MINUTE);
    expect(await tasks.bodies()).toEqual([]);
    await client.send(new EnableRuleCommand({ Name: 'sweep' }));
    await clock.advance(5 * MINUTE);
    expect(await tasks.bodies()).toHaveLength(1);
  });

  it('take another schedule, and end with the rule', async () => {
    const { client, clock, tasks } = await scheduled('rate(5 minutes)');
    await client.send(new PutRuleCommand({ Name: 'sweep', ScheduleExpression: 'rate(1 hour)' }));
    await clock.advance(59 * MINUTE);
    expect(await tasks.bodies()).toEqual([]);
    await clock.advance(MINUTE);
    expect(await tasks.bodies()).toHaveLength(1);
    await client.send(new RemoveTargetsCommand({ Rule: 'sweep', Ids: ['t'] }));
    await client.send(new DeleteRuleCommand({ Name: 'sweep' }));
    await clock.advance(600 * MINUTE);
    expect(await tasks.bodies()).toHaveLength(1);
  });
});
