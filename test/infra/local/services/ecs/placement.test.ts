import { describe, expect, it } from '@jest/globals';
import { hostResources } from '../../../../../infra/local/services/ecs/host-resources';
import type { PlacementRequest } from '../../../../../infra/local/services/ecs/placement';
import { place } from '../../../../../infra/local/services/ecs/placement';
import type { ClusterRecord, InstanceRecord, TaskRecord } from '../../../../../infra/local/services/ecs/records';

/** An instance as placement looks at it. */
function instance(id: string, zone: string, changes: Partial<InstanceRecord> = {}): InstanceRecord {
  const resources = hostResources(1_024, 1_024);
  return {
    ...{
      sequence: 1,
      id,
      arn: id,
      cluster: {} as ClusterRecord,
      ec2InstanceId: `i-${id}`,
      availabilityZone: zone,
      status: 'ACTIVE',
    },
    ...{
      agentConnected: true,
      versionInfo: {},
      agentUpdateStatus: undefined,
      capacityProviderName: undefined,
      managed: false,
      version: 1,
      registeredAt: new Date(0),
      nextPort: 32_768,
    },
    ...{ registered: resources, remaining: resources, tags: new Map(), tasks: new Set() },
    attributes: new Map([['ecs.availability-zone', { name: 'ecs.availability-zone', value: zone }]]),
    ...changes,
  };
}

function tasks(count: number, group = 'service:web'): Set<TaskRecord> {
  return new Set(Array.from({ length: count }, () => ({ group, desiredStatus: 'RUNNING' }) as TaskRecord));
}

const request: PlacementRequest = {
  demand: { cpu: 128, memory: 128, tcp: [], udp: [] },
  requires: [],
  distinct: false,
  strategy: [],
  group: 'service:web',
};

function chosen(instances: readonly InstanceRecord[], changes: Partial<PlacementRequest> = {}): string {
  const placed = place(instances, { ...request, ...changes });
  return 'instance' in placed ? placed.instance.id : `${placed.failure} ${placed.closest?.id ?? '-'}`;
}

describe('place', () => {
  it('spreads by zone first, then by instance', () => {
    const instances = [
      instance('a1', 'a', { tasks: tasks(1) }),
      instance('a2', 'a'),
      instance('b1', 'b', { tasks: tasks(1) }),
      instance('b2', 'b', { tasks: tasks(1) }),
    ];
    expect(chosen(instances)).toBe('a2');
  });

  it('spreads tasks of its own group only', () => {
    expect(chosen([instance('a1', 'a'), instance('b1', 'b', { tasks: tasks(5, 'service:other') })])).toBe('a1');
    expect(chosen([instance('a1', 'a', { tasks: tasks(1) }), instance('b1', 'b', { tasks: tasks(5, 'other') })])).toBe(
      'b1',
    );
  });

  it('packs by what is left', () => {
    const full = instance('full', 'a', { remaining: hostResources(256, 256) });
    const strategy = [{ type: 'binpack', field: 'MEMORY' } as const];
    expect(chosen([instance('empty', 'a'), full], { strategy })).toBe('full');
  });

  it.each<{ why: string; changes: Partial<InstanceRecord>; request?: Partial<PlacementRequest>; failure: string }>([
    { why: 'the agent is away', changes: { agentConnected: false }, failure: 'AGENT x' },
    { why: 'it drains', changes: { status: 'DRAINING' }, failure: 'EMPTY CLUSTER -' },
    { why: 'it lacks CPU', changes: { remaining: hostResources(64, 1_024) }, failure: 'RESOURCE:CPU x' },
    { why: 'it lacks memory', changes: { remaining: hostResources(1_024, 64) }, failure: 'RESOURCE:MEMORY x' },
    {
      why: 'the port is taken',
      changes: {},
      request: { demand: { ...request.demand, tcp: [22] } },
      failure: 'RESOURCE:PORTS x',
    },
    { why: 'it lacks an attribute', changes: {}, request: { requires: ['gpu'] }, failure: 'ATTRIBUTE x' },
    { why: 'no subnet is in its zone', changes: {}, request: { zones: new Set(['b']) }, failure: 'ATTRIBUTE x' },
    { why: 'no interface is free', changes: {}, request: { freeInterfaces: () => 0 }, failure: 'RESOURCE:ENI x' },
    {
      why: 'it has a task of the group',
      changes: { tasks: tasks(1) },
      request: { distinct: true },
      failure: 'DISTINCT x',
    },
  ])('passes an instance over when $why', ({ changes, request: changed, failure }) => {
    const unfit = instance('x', 'a', changes);
    expect(chosen([unfit], changed)).toBe(failure);
  });
});
