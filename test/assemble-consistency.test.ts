/** The assembled controller where ECS and EC2 show what happens only after a while, as AWS says that they may. */
import type { UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Consistency } from '../infra/local/kernel/consistency';
import { assembleController } from '../lib/assemble';
import type { Policy } from '../lib/policy/policy';
import { createReads } from '../lib/aws/reads';
import { writePorts } from '../lib/aws/write-ports';
import { createCollect } from '../lib/snapshot/collect';
import { createMemoryStore } from '../lib/state/memory-store';
import { describeTasks } from './infra/local/services/ecs/a-site';
import { aRequest } from './snapshot/a-collector';
import { place } from './support/action-builders';
import { MINUTE } from './support/adjustable-clock';
import { anOrphanedSite } from './support/an-orphaned-site';
import { aLoadedPolicy, aPolicy } from './support/policy-builders';
import { workloadClients } from './support/workload-clients';

/** Of the policy. */
const ORPHAN_MS = 15 * MINUTE;
/** A new task is registered by then, and no health check has passed. */
const REGISTERED_MS = 4_000;

async function aController(consistency: Consistency, policy: Partial<Policy>) {
  const site = await anOrphanedSite();
  const { account, clock, ecs } = site;
  account.delay(consistency);
  const clients = workloadClients(account);
  const now = () => clock.now();
  const loaded = aLoadedPolicy({ mode: 'enforce', ...policy });
  const load = () => Promise.resolve(loaded);
  const controller = assembleController({
    ...{ now, meter: clients.meter, writes: writePorts(clients), store: createMemoryStore({ now }) },
    collect: createCollect({ reads: createReads(clients), place: { ...place, partition: 'aws' }, now }),
    policy: { load, loadForPart: load, loadFresh: load },
    sleep: (milliseconds) => clock.advance(milliseconds),
  });
  const doubted = new Set<string>();
  const removed: string[] = [];
  const look = async () => {
    const { report } = await controller.reconcile([aRequest('account', place.account)], { dryRun: false });
    for (const { action, status, code } of report.actions) {
      if (!action.kind.startsWith('deregister')) continue;
      if (status === 'applied') removed.push(action.resource);
      if (code === 'first-sighting') doubted.add(action.resource);
    }
    return report;
  };
  const update = (change: Partial<UpdateServiceCommandInput>) =>
    ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', ...change }));
  return { ...site, look, update, removed, doubted };
}

/** Tasks come and go around a real orphan, and the controller looks right after each change and every few minutes. */
async function story(consistency: Consistency, policy: Partial<Policy> = {}) {
  const site = await aController(consistency, policy);
  const { clock, ecs, look, update, removed, doubted } = site;
  const [first] = await describeTasks(site);
  await look();
  await clock.advance(ORPHAN_MS - MINUTE);
  await update({ desiredCount: 4 });
  await clock.advance(REGISTERED_MS);
  await look();
  await ecs.send(new StopTaskCommand({ cluster: 'prod', task: first?.taskArn }));
  await clock.advance(3 * REGISTERED_MS);
  await look();
  await clock.advance(MINUTE);
  await look();
  await update({ forceNewDeployment: true });
  await clock.advance(REGISTERED_MS);
  for (let looks = 0; looks < 8; looks += 1) {
    await look();
    await clock.advance(5 * MINUTE);
  }
  const { findings } = await look();
  return {
    removed: removed.sort(),
    doubted: [...doubted].sort(),
    findings,
    targets: await site.targets(),
    instances: await site.instances(),
  };
}

const late: readonly Consistency[] = [
  { seconds: 5 },
  { seconds: 45, services: ['ecs'] },
  { seconds: 45, services: ['ec2'] },
  { seconds: 600 },
];

describe('a controller that sees ECS and EC2 late', () => {
  it('removes what it would remove if it saw everything at once, and tells the same in the end', async () => {
    const { doubted: strangers, ...prompt } = await story({ seconds: 0 });
    expect(prompt.removed).toEqual(strangers);
    expect(strangers).toHaveLength(2);
    for (const consistency of late) {
      const { doubted, ...seen } = await story(consistency);
      expect({ consistency, ...seen }).toEqual({ consistency, ...prompt });
      // Without its owner in sight a new target looks like an orphan: the second look is what spares it.
      if (!consistency.services?.includes('ec2')) expect(doubted.length).toBeGreaterThan(2);
    }
  });

  it('owes that to the time between two looks', async () => {
    const { guard } = aPolicy();
    const hasty = { guard: { ...guard, deregister: { ...guard.deregister, orphanMinutes: 0 } } };
    const { removed } = await story({ seconds: 600 }, hasty);
    expect(removed.length).toBeGreaterThan(2);
  });
});
