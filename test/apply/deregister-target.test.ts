import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../lib/apply/outcome';
import type { Action } from '../../lib/plan/action';
import { createBudget } from '../../lib/state/budgets';
import { acquireLease, LEASE_MS } from '../../lib/state/group-leases';
import { placeHold } from '../../lib/state/holds';
import {
  aHold,
  aMemory,
  aSighting,
  aTargetRemoval,
  ORPHAN_ADDRESS,
  ORPHAN_KEY,
  place as at,
} from '../support/action-builders';
import { MINUTE } from '../support/adjustable-clock';
import { aContainerInstance, anInstance, aTarget, aTargetGroup, aTask, TARGET_GROUP_ARN } from '../support/builders';
import { aGap, type Contents } from '../support/snapshot-builder';
import { aWorld, healthy, orphan, type WorldOptions } from './a-world';

const place = '111122223333/eu-west-2';
const allowHealthy = { healthyOrphans: 'allow', minHealthyPercent: 0, minHealthyPerZone: 0 } as const;

async function removal({ action = aTargetRemoval(), ...options }: WorldOptions & { action?: Action } = {}) {
  const world = aWorld(options);
  const [outcome] = await world.run([action]);
  return { ...world, outcome };
}

const seen = ({ status, code }: Outcome): readonly unknown[] => [status, code];

describe('removal of an orphaned target', () => {
  it.each(['absent', 'draining'] as const)('is applied when it reads back as %s', async (after) => {
    const { outcome, removed } = await removal({ after });
    expect(outcome).toEqual({ action: aTargetRemoval(), status: 'applied', reason: `${after} when read back` });
    expect([...removed]).toEqual([ORPHAN_KEY]);
  });

  it('failed when it is still there', async () => {
    const { outcome } = await removal({ after: 'unhealthy' });
    expect(outcome).toMatchObject({ status: 'failed', reason: 'still unhealthy when read back' });
  });

  it('failed when the write is refused, and counts', async () => {
    const deregisterTarget = () => Promise.reject(new Error('AccessDenied: no'));
    const { outcome, run } = await removal({ settings: { perHour: 1 }, ports: { deregisterTarget } });
    expect(outcome).toMatchObject({ status: 'failed', reason: 'AccessDenied: no' });
    expect((await run([aTargetRemoval()])).map(seen)).toEqual([['withheld', 'over-budget']]);
  });
});

const fences: Readonly<Record<string, readonly [WorldOptions, string, string | undefined]>> = {
  'a task came for the address': [
    { contents: { tasks: [aTask(), aTask({ id: 'b', ipv6Addresses: [ORPHAN_ADDRESS] })] } },
    ...(['unchanged', undefined] as const),
  ],
  'it is gone': [{ contents: { targets: [aTarget()] } }, 'unchanged', undefined],
  'it is draining': [{ contents: { targets: [aTarget(), orphan({ state: 'draining' })] } }, 'unchanged', undefined],
  'it became healthy': [
    { contents: { targets: [aTarget(), orphan({ state: 'healthy' })] } },
    ...(['withheld', 'not-orphan-for-sure'] as const),
  ],
  'it is registered in another zone': [
    { contents: { targets: [aTarget(), orphan({ availabilityZone: 'all' })] } },
    ...(['unchanged', undefined] as const),
  ],
  'the policy changed': [{ policy: { policyVersion: 'v2' } }, 'withheld', 'policy-changed'],
  'the policy broke': [
    { policy: { problems: [{ place: 'policy', path: 'mode', message: 'bad' }] } },
    ...(['withheld', 'policy-changed'] as const),
  ],
  'the policy can not be read any more': [
    { policy: { unread: { place: 'p', call: 'ssm:GetParameter', reason: 'Throttled', message: 'slow down' } } },
    ...(['withheld', 'depends-on-gap'] as const),
  ],
  'the kill switch went off': [{ policy: { enforcementOn: false } }, 'withheld', 'kill-switch-off'],
  'the tasks can not be read any more': [{ contents: { gaps: [aGap()] } }, 'withheld', 'depends-on-gap'],
  'the group belongs to nobody any more': [
    { contents: { registrars: { primary: new Map() } } },
    ...(['withheld', 'not-orphan-for-sure'] as const),
  ],
};

describe('the last look', () => {
  it.each(Object.entries(fences))('stops the removal: %s', async (_, [options, status, code]) => {
    const { outcome, removed, store } = await removal(options);
    expect(outcome).toMatchObject({ status });
    expect(outcome?.code).toBe(code);
    expect([...removed]).toEqual([]);
    // nothing was written, so nothing counts
    const items = await store.list(`budget#${place}`);
    expect(items).toMatchObject([{ value: { reservations: [] } }]);
  });

  it('that fails is a failed outcome, gives the reservation back and frees the group', async () => {
    let broken = true;
    const meanwhile = () => {
      if (broken) throw new Error('no connection');
    };
    const { outcome, run } = await removal({ settings: { perHour: 1 }, meanwhile });
    expect(outcome).toMatchObject({ status: 'failed', reason: 'no connection' });
    broken = false;
    expect((await run([aTargetRemoval()])).map(seen)).toEqual([['applied', undefined]]);
  });

  it('that takes so long that another run takes over stops the removal', async () => {
    const takeOver = ({ store, clock }: ReturnType<typeof aWorld>) => {
      clock.advance(LEASE_MS);
      return acquireLease({ store, place, resource: TARGET_GROUP_ARN, holder: 'other', now: clock.now });
    };
    const world = aWorld({ meanwhile: () => takeOver(world) });
    expect((await world.run([aTargetRemoval()])).map(seen)).toEqual([['withheld', 'lease-held']]);
    expect([...world.removed]).toEqual([]);
  });

  it('asks for the rule that was decided on, not for another that finds fault with the target', async () => {
    const { outcome } = await removal({ action: aTargetRemoval({ rules: ['target-family-mismatch'] }) });
    expect(outcome).toMatchObject({ status: 'unchanged' });
  });
});

describe('a hold', () => {
  it('that comes after the decision stops the removal', async () => {
    const { store, clock, run, removed, ledger } = aWorld();
    const until = new Date(clock.now().getTime() + MINUTE).toISOString();
    await placeHold(store, at, aHold({ until }));
    expect((await run([aTargetRemoval()])).map(seen)).toEqual([['withheld', 'held']]);
    expect(removed.size).toBe(0);
    expect(await ledger.list()).toEqual([]);
    clock.advance(MINUTE);
    expect((await run([aTargetRemoval()])).map(seen)).toEqual([['applied', undefined]]);
  });

  it('on something else stops nothing', async () => {
    const { store, clock, run } = aWorld();
    const until = new Date(clock.now().getTime() + MINUTE).toISOString();
    await placeHold(store, at, aHold({ until, resource: 'another' }));
    expect((await run([aTargetRemoval()])).map(seen)).toEqual([['applied', undefined]]);
  });
});

describe('between processes', () => {
  it('a group that another run works on is left to it', async () => {
    const { store, clock, run, removed } = aWorld();
    await acquireLease({ store, place, resource: TARGET_GROUP_ARN, holder: 'other', now: clock.now });
    expect((await run([aTargetRemoval()])).map(seen)).toEqual([['withheld', 'lease-held']]);
    expect(removed.size).toBe(0);
    clock.advance(LEASE_MS);
    expect((await run([aTargetRemoval()])).map(seen)).toEqual([['applied', undefined]]);
  });

  it('the hour has one budget', async () => {
    const { store, clock, run } = aWorld({ settings: { perHour: 2 } });
    await createBudget({ store, place, kind: 'deregister', perHour: 2, now: clock.now }).reserve('other');
    expect((await run([aTargetRemoval(), aTargetRemoval()])).map(seen)).toEqual([
      ['applied', undefined],
      ['withheld', 'over-budget'],
    ]);
    clock.advance(60 * MINUTE);
    expect((await run([aTargetRemoval()])).map(seen)).toEqual([['applied', undefined]]);
  });
});

describe('a state store that fails', () => {
  const fault = 'ProvisionedThroughputExceededException';

  it.each([
    ['before the lease', 0, 'failed', false],
    ['at the reservation', 1, 'failed', false],
    ['when the lease is renewed', 2, 'failed', false],
    ['when the intent is noted', 3, 'failed', false],
    ['when the outcome is noted', 4, 'applied', true],
    ['when the reservation is settled', 5, 'applied', true],
    ['when the lease is released', 6, 'applied', true],
  ])('%s', async (...[, writes, status, isRemoved]) => {
    const world = aWorld({ failAfter: { writes, fault } });
    expect(await world.run([aTargetRemoval()])).toMatchObject([{ status, reason: expect.stringContaining(fault) }]);
    expect(world.removed.size).toBe(isRemoved ? 1 : 0);
  });

  it('leaves the budget spent and the healthy targets counted', async () => {
    const settings = { ...allowHealthy, perHour: 1 };
    const contents = { targets: [...healthy(3), orphan({ state: 'healthy' })] };
    const { run, store, clock } = aWorld({ settings, contents, failAfter: { writes: 4, fault } });
    await run([aTargetRemoval()]);
    expect(await createBudget({ store, place, kind: 'deregister', perHour: 1, now: clock.now }).reserve('b')).toBe(
      false,
    );
    clock.advance(LEASE_MS);
    const next = await acquireLease({ store, place, resource: TARGET_GROUP_ARN, holder: 'b', now: clock.now });
    expect(next?.baseline(0)).toBe(4);
  });
});

const counts: Readonly<Record<string, readonly [WorldOptions, string]>> = {
  'no healthy target: the load balancer uses all': [{ contents: { targets: [orphan()] } }, 'withheld'],
  'an unhealthy one costs nothing': [{ settings: { minHealthyPercent: 100, minHealthyPerZone: 9 } }, 'applied'],
  'half of four healthy may go': [
    {
      settings: { ...allowHealthy, minHealthyPercent: 50 },
      contents: { targets: [...healthy(3), orphan({ state: 'healthy' })] },
    },
    'applied',
  ],
  'one of four is more than 20 percent': [
    {
      settings: { ...allowHealthy, minHealthyPercent: 80 },
      contents: { targets: [...healthy(3), orphan({ state: 'healthy' })] },
    },
    'withheld',
  ],
  'the last healthy one of its zone stays': [
    {
      settings: { ...allowHealthy, minHealthyPerZone: 1 },
      contents: { targets: [...healthy(9, 'b'), orphan({ state: 'healthy' })] },
    },
    'withheld',
  ],
  'one of two in its zone may go': [
    {
      settings: { ...allowHealthy, minHealthyPerZone: 1 },
      contents: { targets: [...healthy(1), orphan({ state: 'healthy' })] },
    },
    'applied',
  ],
};

describe('healthy targets left', () => {
  it.each(Object.entries(counts))('%s', async (_, [options, status]) => {
    const { outcome, removed } = await removal(options);
    expect(outcome).toMatchObject(status === 'withheld' ? { status, code: 'min-healthy' } : { status });
    expect(removed.size).toBe(status === 'applied' ? 1 : 0);
  });

  /** Of which Elastic Load Balancing tells no zone. */
  const onHosts = (zones: Readonly<Record<string, string | undefined>>): Contents => ({
    targetGroups: [aTargetGroup({ targetType: 'instance' })],
    targets: Object.keys(zones).map((id) => aTarget({ targetId: id, availabilityZone: undefined })),
    instances: Object.entries(zones).map(([id, availabilityZone]) => anInstance({ id, availabilityZone })),
    containerInstances: Object.keys(zones).map((id) => aContainerInstance({ arn: `${id}-arn`, ec2InstanceId: id })),
    tasks: [],
  });
  it.each([
    ['one of two in its zone may go', { 'i-1': 'a', 'i-2': 'a', 'i-3': 'b' }, 'applied', /absent/],
    ['the last of its zone stays', { 'i-1': 'a', 'i-2': 'b', 'i-3': 'b' }, 'withheld', /0 healthy .* left in a;/],
    ['it stays when its zone is not known', { 'i-1': undefined, 'i-2': 'b', 'i-3': 'b' }, 'withheld', /not known/],
  ] as const)('instances are in the zone in which they run: %s', async (...[, zones, status, reason]) => {
    const { run } = aWorld({ settings: { ...allowHealthy, minHealthyPerZone: 1 }, contents: onHosts(zones) });
    const resource = `${TARGET_GROUP_ARN}#i-1:8080`;
    const action = aTargetRemoval({ resource, targetId: 'i-1', availabilityZone: undefined });
    const [outcome] = await run([action], { memory: aMemory([aSighting(resource, 60)]) });
    expect(outcome).toMatchObject({ status, reason: expect.stringMatching(reason) });
  });

  it('are compared with those at the first removal of the hour', async () => {
    const targets = [...healthy(3), orphan({ state: 'healthy' })];
    const contents = { targets };
    const { run, clock } = aWorld({ settings: { ...allowHealthy, minHealthyPercent: 50 }, contents });
    const again = async () => (await run([aTargetRemoval()])).map(seen);
    expect(await again()).toEqual([['applied', undefined]]);
    // each time one healthy target less, as the removals before left it
    targets.shift();
    expect(await again()).toEqual([['applied', undefined]]);
    targets.shift();
    expect(await again()).toEqual([['withheld', 'min-healthy']]);
    clock.advance(60 * MINUTE);
    expect(await again()).toEqual([['applied', undefined]]);
  });
});
