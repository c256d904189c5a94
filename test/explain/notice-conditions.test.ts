import { describe, expect, it } from '@jest/globals';
import { noNotices, type Notices, type ServiceNotice, type TaskNotice } from '../../lib/snapshot/notices';
import { aBridgeTask, anInstance, aService, aTask } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { bridge, conditionOf, healthy, heardOf, ofInstance, ofService, ofTarget, ofTask, task } from './a-checklist';

const REFUSED =
  'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Post "https://api.ecr.eu-west-2.amazonaws.com/": dial tcp: i/o timeout';
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 30, 11, minute));

function aStop(over: Partial<TaskNotice> & { readonly id?: string } = {}): TaskNotice {
  const { id = 'a', ...rest } = over;
  const stopped = aTask({ arn: `${task.arn}${id}`, id: `0a1b${id}`, serviceName: 'api', lastStatus: 'STOPPED' });
  return { task: stopped, stopCode: 'TaskFailedToStart', reasons: [REFUSED], at: at(10), ...rest };
}

const anEvent = (message: string, minute: number, serviceArn = aService().arn): ServiceNotice => {
  return { serviceArn, message: `(service api) ${message}`, at: at(minute) };
};
const steady = (minute: number): ServiceNotice => anEvent('has reached a steady state.', minute);

/** One task is missing. */
const short: Contents = { ...healthy, services: [aService({ desiredCount: 2 })] };
const heard = (over: Partial<Notices>): Notices => ({ ...noNotices, ...over });
const stoppedOf = (contents: Contents, over: Partial<Notices>, subject = ofService) =>
  conditionOf(heardOf(contents, subject, heard(over)), 'stopped-tasks');
const eventsOf = (contents: Contents, over: Partial<Notices>, subject = ofService) =>
  conditionOf(heardOf(contents, subject, heard(over)), 'service-events');

describe('tasks of a service that stopped', () => {
  it('are explained once, by the latest, with what the account tells filled in', () => {
    const tasks = [aStop({ id: '2', at: at(7) }), aStop({ id: '3', at: at(6) }), aStop({ id: '1', at: at(5) })];
    const { status, verdicts } = stoppedOf(short, { tasks });
    expect({ status, count: verdicts.length }).toEqual({ status: 'red', count: 1 });
    expect(verdicts[0]).toMatchObject({ resource: `${task.arn}2`, kind: 'task', fix: [] });
    expect(verdicts[0]?.message).toMatch(
      /^It stopped 2026-11-30T11:07:00\.000Z \(TaskFailedToStart\): ResourceInit.* i\/o timeout\. \(the latest of 3 tasks that stopped so\)$/,
    );
    const [explanation] = verdicts[0]?.explanations ?? [];
    expect(explanation?.id).toBe('ecr-login-without-ipv6');
    const commands = explanation?.checks.map(({ command }) => command) ?? [];
    expect(commands.join('\n')).not.toContain('$');
    expect(commands[0]).toContain('--region eu-west-2 --task-definition arn:aws:ecs:');
  });

  it.each<readonly [string, Contents, Partial<Notices>, string]>([
    ['nothing stopped', healthy, {}, 'green'],
    ['all run again, and nobody says since when', healthy, { tasks: [aStop()] }, 'advice'],
    ['it was steady since', short, { tasks: [aStop()], services: [steady(11)] }, 'advice'],
    ['it was steady before', healthy, { tasks: [aStop()], services: [steady(9)] }, 'red'],
    ['another service was steady', short, { tasks: [aStop()], services: [{ ...steady(11), serviceArn: 'x' }] }, 'red'],
    ['nobody says when', short, { tasks: [aStop({ at: undefined })], services: [steady(11)] }, 'red'],
    ['of an unknown reason', short, { tasks: [aStop({ reasons: ['OutOfMemoryError: killed'] })] }, 'unknown'],
    ['of an unknown reason, long ago', healthy, { tasks: [aStop({ reasons: ['OutOfMemoryError: killed'] })] }, 'green'],
    ['by hand', short, { tasks: [aStop({ reasons: ['Task stopped by user'], stopCode: 'UserInitiated' })] }, 'green'],
    ['without any word', short, { tasks: [aStop({ reasons: [], stopCode: undefined })] }, 'green'],
    ['one that has not stopped', short, { tasks: [aStop({ task })] }, 'green'],
    ['one that is stopping', short, { tasks: [aStop({ task: aTask({ desiredStatus: 'STOPPED' }) })] }, 'red'],
    ['the list failed', healthy, { gaps: [aGap({ call: 'ecs:ListTasks', collection: 'tasks' })] }, 'unknown'],
  ])('%s', (_, ...[contents, notices, status]) => {
    expect(stoppedOf(contents, notices).status).toBe(status);
  });

  it('are told apart by what they say', () => {
    const tasks = [
      aStop({ id: '1', reasons: ['Essential container in task 0a1b0a1b0a1b0a1b exited'] }),
      aStop({ id: '2', reasons: ['Essential container in task 9f9f9f9f9f9f9f9f exited'], at: undefined }),
      aStop({ id: '3', reasons: ['OutOfMemoryError: killed'], at: undefined }),
    ];
    const { verdicts } = stoppedOf(short, { tasks });
    expect(verdicts.map(({ message }) => message)).toEqual([
      'It stopped 2026-11-30T11:10:00.000Z (TaskFailedToStart): Essential container in task 0a1b0a1b0a1b0a1b exited. Nothing that this program knows of IPv6 says this. (the latest of 2 tasks that stopped so)',
      'It stopped (TaskFailedToStart): OutOfMemoryError: killed. Nothing that this program knows of IPv6 says this.',
    ]);
  });
});

describe('a task', () => {
  const gone: Contents = { ...healthy, tasks: [] };
  const own = (over: Partial<TaskNotice>): TaskNotice => ({
    ...aStop({ task: aTask({ serviceName: 'api', lastStatus: 'STOPPED' }) }),
    ...over,
  });

  it('that stopped is led by why, and its service is looked at all the same', () => {
    const list = heardOf(gone, ofTask, heard({ tasks: [own({})] }));
    expect(conditionOf(list, 'stopped-tasks').verdicts[0]).toMatchObject({ resource: task.arn, status: 'red' });
    expect(conditionOf(list, 'service-target-group-not-ipv6').status).toBe('green');
    expect(conditionOf(list, 'task-without-ipv6').status).toBe('not-applicable');
  });

  it.each<readonly [string, Partial<TaskNotice>, string]>([
    ['by hand', { reasons: ['by me'], stopCode: 'UserInitiated' }, 'It stopped 2026-11-30T11:10:00.000Z (UserInitiated): by me. Nothing that this program knows of IPv6 says this.'], // prettier-ignore
    ['without a word', { reasons: [], stopCode: undefined, at: undefined }, 'It stopped: ECS gives no reason.'],
  ])('that stopped %s is red', (_, over, message) => {
    const { status, verdicts } = stoppedOf(gone, { tasks: [own(over)] }, ofTask);
    expect({ status, message: verdicts[0]?.message }).toEqual({ status: 'red', message });
  });

  it('that is starting says what keeps it', () => {
    const reasons = [
      'CannotPullContainerError: failed to resolve ref 1.dkr.ecr.eu-west-2.amazonaws.com/a: i/o timeout',
    ];
    const { status, verdicts } = stoppedOf(healthy, { tasks: [own({ task, reasons, stopCode: undefined })] }, ofTask);
    expect({ status, message: verdicts[0]?.message }).toEqual({
      status: 'red',
      message: `ECS says: ${reasons.join('')}.`,
    });
  });

  it('that runs is in order, whatever its containers say that means nothing here', () => {
    expect(stoppedOf(healthy, { tasks: [own({ task, reasons: ['pulled'] })] }, ofTask).status).toBe('green');
    expect(stoppedOf(healthy, { tasks: [aStop({ id: 'other' })] }, ofTask).status).toBe('green');
  });

  it('is no matter of an instance or a target', () => {
    expect(stoppedOf(bridge, { tasks: [aStop()] }, ofInstance).status).toBe('not-applicable');
    expect(stoppedOf(healthy, { tasks: [aStop()] }, ofTarget).status).toBe('not-applicable');
  });
});

describe('what ECS says of a service', () => {
  const missing = (id: string): string =>
    `failed to register targets in (target-group arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/api/1) with (error InvalidTarget: The following targets cannot be used with this IPv6 target group because of missing primary IPv6 addresses: ${id}).`;

  it('is explained while it lasts', () => {
    const services = [
      anEvent(missing('i-0123456789abcdef0'), 5),
      anEvent(missing('i-0123456789abcdef0'), 4),
      steady(1),
    ];
    const { status, verdicts } = eventsOf(short, { services });
    expect({ status, count: verdicts.length }).toEqual({ status: 'red', count: 1 });
    expect(verdicts[0]?.message).toMatch(
      /^ECS says 2026-11-30T11:05:00.000Z: .* \(the latest of 2 messages of that kind\)$/,
    );
    expect(verdicts[0]?.explanations?.[0]?.checks[0]?.command).toContain('--instance-ids i-0123456789abcdef0');
  });

  it.each<readonly [string, Contents, Partial<Notices>, string]>([
    ['over, as it is steady', short, { services: [steady(9), anEvent(missing('i-1'), 5)] }, 'green'],
    ['of no meaning here', short, { services: [anEvent('has started 1 tasks: (task 0a1b).', 5)] }, 'green'],
    ['of another service', short, { services: [anEvent(missing('i-1'), 5, 'arn:other')] }, 'green'],
    ['unread', short, { gaps: [aGap({ call: 'ecs:DescribeServices', collection: 'services' })] }, 'unknown'],
    ['without a service', { ...healthy, services: [] }, {}, 'not-applicable'],
  ])('%s', (_, ...[contents, notices, status]) => {
    expect(eventsOf(contents, notices).status).toBe(status);
  });

  it('is told of an instance only if it names that instance, or none', () => {
    const { id } = anInstance();
    const some: Contents = { ...bridge, tasks: [aBridgeTask({ serviceName: 'api' })] };
    const of = (message: string) => eventsOf(some, { services: [anEvent(message, 5), steady(1)] }, ofInstance).status;
    expect([of(missing(id)), of(missing('i-0fffffffffffffff0')), of(missing('some'))]).toEqual(['red', 'green', 'red']);
  });
});
