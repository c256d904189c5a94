/** A process dies between any two of its calls while it changes an interface or a service; the next sweep ends the work. */
import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../infra/local/kernel/api-error';
import type { RuleSetting } from '../../lib/policy/policy';
import { LEASE_MS } from '../../lib/state/group-leases';
import type { ItemStore } from '../../lib/state/item-store';
import { createLedger, type LedgerEntry } from '../../lib/state/ledger';
import { createMemoryStore } from '../../lib/state/memory-store';
import { aDefinition, aHost, aService, aSite, describeService, type Site } from '../infra/local/services/ecs/a-site';
import { SETTLE_MS } from '../snapshot/a-workload';
import { place } from '../support/action-builders';
import { aScope } from '../support/policy-builders';
import { aHealingController, primariesOf } from './a-healing-controller';

const READ = /^(get|list|Describe|List|Get)/;
/** All of them, on a busy machine. */
const STORY_MS = 180_000;

/** It is dead from its call of that index on: nothing of what it asks for happens any more. */
function aLife(site: Site, store: ItemStore, until: number) {
  const calls: string[] = [];
  let isRunning = true;
  const call = (name: string): void => {
    if (calls.push(name) > until) throw new ApiError('Killed', `dead before ${name}`, 400);
  };
  const item = (partition: string): string => partition.split('#')[0] ?? '';
  site.account.interceptors.push(({ operation }) => {
    if (isRunning) call(operation);
  });
  const mortal: ItemStore = {
    async get(...key) {
      call(`get ${item(key[0])}`);
      return await store.get(...key);
    },
    async list(partition) {
      call(`list ${item(partition)}`);
      return await store.list(partition);
    },
    async put(write) {
      call(`put ${item(write.partition)}`);
      return await store.put(write);
    },
    async remove(...key) {
      call(`remove ${item(key[0])}`);
      return await store.remove(...key);
    },
  };
  const end = (): void => {
    isRunning = false;
  };
  return { calls, store: mortal, end };
}

interface Plot {
  readonly name: string;
  readonly rule: string;
  readonly kind: string;
  /** The call that changes it. */
  readonly write: string;
  readonly aWrongSite: () => Promise<{ readonly site: Site; readonly isRight: () => Promise<boolean> }>;
}

async function aHostWithout() {
  const site = await aSite();
  const { ec2InstanceId } = await aHost(site, { subnet: site.ipv6A });
  return { site, isRight: async () => (await primariesOf(site, ec2InstanceId)).length === 1 };
}

async function aServiceWithExec() {
  const site = await aSite();
  await aDefinition(site, { taskRoleArn: 'arn:aws:iam::111122223333:role/task' });
  await aService(site, { desiredCount: 0, enableExecuteCommand: true });
  return { site, isRight: async () => (await describeService(site)).enableExecuteCommand !== true };
}

const plots: readonly Plot[] = [
  {
    ...{ name: 'a heal', rule: 'instance-without-primary-ipv6', kind: 'enable-primary-ipv6' },
    ...{ write: 'ModifyNetworkInterfaceAttribute', aWrongSite: aHostWithout },
  },
  {
    ...{ name: 'a service without ECS Exec', rule: 'service-exec-enabled', kind: 'disable-exec' },
    ...{ write: 'UpdateService', aWrongSite: aServiceWithExec },
  },
];

const outcomeIn = ({ outcome }: LedgerEntry): string => outcome?.status ?? 'open';

/** @param until index of the call that the first process does not live to make */
async function story({ rule, kind, write, aWrongSite }: Plot, until = Infinity) {
  const { site, isRight } = await aWrongSite();
  const { clock } = site;
  await clock.advance(SETTLE_MS);
  const now = () => clock.now();
  const store = createMemoryStore({ now });
  const auto: Readonly<Record<string, RuleSetting>> = { [rule]: { off: false, remedy: 'auto', options: {} } };
  const policy = { rules: auto, scopes: [aScope({ posture: 'ipv6-only' })] };
  const life = aLife(site, store, until);
  const changes: string[] = [];
  // asked after the process's own: a call of a dead one does not get here
  site.account.interceptors.push(({ operation }) => {
    if (operation === write) changes.push(operation);
  });
  const first = aHealingController(site, { policy, store: life.store });
  await first.pass().catch((error: unknown) => {
    expect(error).toMatchObject({ message: expect.stringContaining('dead before') });
  });
  life.end();
  await clock.advance(LEASE_MS);
  const next = aHealingController(site, { policy, store });
  for (let pass = 0; pass < 2; pass++) await next.pass();
  const { findings } = await next.pass();
  const entries = await createLedger({ store, place, now }).list();
  return {
    calls: life.calls,
    isRight: await isRight(),
    changes: changes.length,
    noted: entries.filter(({ action }) => action.kind === kind).map(outcomeIn),
    open: findings.filter((one) => one.rule === rule && one.status === 'open').length,
    writtenInTheEnd: [...next.written],
  };
}

/** Deaths between two reads are the same: what tells one from another is what was written until then. */
function pointsIn(calls: readonly string[]): readonly number[] {
  return calls.flatMap((_, at) => (at === 0 || !READ.test(calls[at - 1] ?? '') ? [at] : []));
}

describe.each(plots)('$name', (plot) => {
  it(
    'comes to the same end wherever the process dies, and is made once',
    async () => {
      const { calls, ...fair } = await story(plot);
      expect(fair).toEqual({ isRight: true, changes: 1, noted: ['applied'], open: 0, writtenInTheEnd: [] });
      const points = pointsIn(calls);
      const writes = points.map((at) => calls[at - 1]);
      expect(writes).toEqual(expect.arrayContaining(['put lease', 'put budget', 'put intent', plot.write]));
      for (const at of points) {
        const before = calls[at];
        const { noted, ...killed } = await story(plot, at);
        // what was not made before the process died was decided anew
        const made = noted.filter((outcome) => outcome !== 'failed');
        const end = { ...killed, noted: made, calls: [], before };
        expect(end).toEqual({ ...fair, calls: [], before });
      }
    },
    STORY_MS,
  );
});
