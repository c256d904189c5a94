import { describe, expect, it } from '@jest/globals';
import { isAbout, traitsOf } from '../../lib/evaluate/traits';
import { applicability, type Applicability, type StatedLaunchType } from '../../lib/rules/applicability/table';
import type { NetworkMode } from '../../lib/snapshot/snapshot';
import { aContainerInstance, anInstance, aService, aTask, aTaskDefinition } from '../support/builders';
import { aGap, aSnapshot, type Contents } from '../support/snapshot-builder';
import { permanentRuleIds } from '../conformance/permanent-rule-ids';

const both: Applicability = { postures: ['ipv6-only'] };
const definition = aTaskDefinition();
const unread = { gaps: [aGap({ collection: 'taskDefinitions' })] };

describe('the table of applicability', () => {
  it('has a row for every rule that there is or will be, and no other', () => {
    expect(Object.keys(applicability)).toEqual([...permanentRuleIds].sort());
  });

  it.each(Object.entries(applicability))('%s: applies somewhere, and names nothing twice', (_, row) => {
    for (const values of [row.postures, row.networkModes, row.systems, row.launchTypes]) {
      if (!values) continue;
      expect(values.length).toBeGreaterThan(0);
      expect(new Set(values).size).toBe(values.length);
    }
  });
});

describe('traits of a task', () => {
  const modes: readonly NetworkMode[] = ['awsvpc', 'bridge', 'host', 'none', 'default'];
  it.each(modes)('network mode %s, as its definition says', (networkMode) => {
    const task = aTask({ networkInterfaceId: undefined });
    const snapshot = aSnapshot({ tasks: [task], taskDefinitions: [{ ...definition, networkMode }] });
    expect(traitsOf(snapshot, 'task', task).networkMode).toBe(networkMode);
  });

  it('has an interface of its own in awsvpc mode only', () => {
    const task = aTask({ networkInterfaceId: 'eni-1' });
    expect(traitsOf(aSnapshot({ tasks: [task], ...unread }), 'task', task).networkMode).toBe('awsvpc');
  });

  it('cannot be told while its definition is unread', () => {
    const task = aTask({ networkInterfaceId: undefined });
    expect(traitsOf(aSnapshot({ tasks: [task], ...unread }), 'task', task)).toMatchObject({
      networkMode: { call: 'ecs:DescribeTasks' },
      system: { call: 'ecs:DescribeTasks' },
    });
  });

  it.each(['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES', undefined] as const)('launch type %s', (launchType) => {
    const task = aTask({ launchType });
    expect(traitsOf(aSnapshot({ tasks: [task] }), 'task', task).launchType).toBe(launchType ?? 'absent');
  });
});

describe('launch type of a service', () => {
  type Row = readonly [string, StatedLaunchType, Parameters<typeof aService>[0], Contents];
  const rows: readonly Row[] = [
    ['as it says', 'EC2', { launchType: 'EC2' }, {}],
    ["Fargate's own providers", 'FARGATE', { launchType: undefined, capacityProviders: ['FARGATE_SPOT'] }, {}],
    ['other providers, by its tasks', 'MANAGED_INSTANCES', { launchType: undefined, capacityProviders: ['own'] }, { tasks: [aTask({ launchType: 'MANAGED_INSTANCES' })] }], // prettier-ignore
    ['mixed providers without tasks', 'absent', { launchType: undefined, capacityProviders: ['FARGATE', 'own'] }, {}],
    ['nothing at all', 'absent', { launchType: undefined, capacityProviders: [] }, {}],
  ];
  it.each(rows)('%s: %s', (...row) => {
    const [, expected, over, world] = row;
    const service = aService(over);
    expect(traitsOf(aSnapshot({ ...world, services: [service] }), 'service', service).launchType).toBe(expected);
  });
});

describe('launch type of a revision', () => {
  const of = (contents: Contents) => {
    const own = aTaskDefinition();
    return traitsOf(aSnapshot({ ...contents, taskDefinitions: [own] }), 'task-definition', own).launchType;
  };
  it('is that of all who use it, if they agree', () => {
    expect(of({ tasks: [aTask({ launchType: undefined })] })).toBe('absent');
    expect(of({ tasks: [aTask({ launchType: 'FARGATE' })], services: [aService({ launchType: 'FARGATE' })] })).toBe('FARGATE');
    expect(of({ tasks: [aTask({ launchType: 'EC2' })], services: [aService({ launchType: 'FARGATE' })] })).toBeUndefined();
    expect(of({})).toBeUndefined();
  }); // prettier-ignore
});

describe('traits of a host', () => {
  const host = aContainerInstance({ ec2InstanceId: 'i-1' });
  const of = (contents: Contents, over = host) => traitsOf(aSnapshot(contents), 'container-instance', over);

  it('is the account’s own, or AWS operates it', () => {
    expect(of({ instances: [anInstance({ id: 'i-1' })] })).toEqual({ system: 'linux', launchType: 'EC2' });
    const managed = anInstance({ id: 'i-1', operator: 'ecs.amazonaws.com' });
    expect(of({ instances: [managed] })).toEqual({ system: 'linux', launchType: 'MANAGED_INSTANCES' });
    expect(traitsOf(aSnapshot({ instances: [managed] }), 'instance', managed).launchType).toBe('MANAGED_INSTANCES');
  });

  it('is of ECS Anywhere without an instance', () => {
    expect(of({}, aContainerInstance({ ec2InstanceId: undefined })).launchType).toBe('EXTERNAL');
  });

  it('cannot be told while the instance is unread; one that is gone says nothing against EC2', () => {
    expect(of({ gaps: [aGap({ collection: 'instances' })] }).launchType).toMatchObject({ call: 'ecs:DescribeTasks' });
    expect(of({}).launchType).toBe('EC2');
  });

  it('runs Windows if EC2 or ECS says so', () => {
    const instance = anInstance({ id: 'i-1' });
    const windows = { operatingSystem: 'windows' } as const;
    expect(of({ instances: [{ ...instance, ...windows }] }).system).toBe('windows');
    const told = { containerInstances: [{ ...host, ...windows }], instances: [instance] };
    expect(traitsOf(aSnapshot(told), 'instance', instance).system).toBe('windows');
    expect(traitsOf(aSnapshot({ instances: [instance] }), 'instance', instance).system).toBe('linux');
  });
});

describe('whether a row is about something', () => {
  const cause = { call: 'c', reason: 'r', message: 'm' };
  const row = { ...both, networkModes: ['awsvpc'], systems: ['linux'], launchTypes: ['EC2'] } as const;
  const fitting = { networkMode: 'awsvpc', system: 'linux', launchType: 'EC2' } as const;
  it.each([
    ['all fit', fitting, true],
    ['nothing is known to differ', {}, true],
    ['another mode', { ...fitting, networkMode: 'host' }, false],
    ['another system', { ...fitting, system: 'windows' }, false],
    ['another launch type', { ...fitting, launchType: 'absent' }, false],
    ['one is in doubt', { ...fitting, system: cause }, cause],
    ['one is in doubt, another differs', { ...fitting, system: cause, launchType: 'FARGATE' }, false],
    ['the mode is in doubt', { ...fitting, networkMode: cause }, cause],
    ['the mode is in doubt, the system differs', { ...fitting, networkMode: cause, system: 'windows' }, false],
  ] as const)('%s', (_, traits, expected) => {
    expect(isAbout(row, traits)).toEqual(expected);
  });

  it('asks only what the row names', () => {
    expect(isAbout(both, { networkMode: 'none', system: 'windows', launchType: cause })).toBe(true);
  });
});
