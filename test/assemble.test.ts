import { CreateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { assembleController } from '../lib/assemble';
import { createReads } from '../lib/aws/reads';
import { writePorts } from '../lib/aws/write-ports';
import type { LoadedPolicy, Policy } from '../lib/policy/policy';
import { createCollect } from '../lib/snapshot/collect';
import type { RunSettings } from '../lib/stages';
import { createMemoryStore } from '../lib/state/memory-store';
import type { Requeue } from '../lib/trigger/requeue';
import { aRequest } from './snapshot/a-collector';
import { place } from './support/action-builders';
import { MINUTE } from './support/adjustable-clock';
import { anOrphanedSite } from './support/an-orphaned-site';
import { aLoadedPolicy } from './support/policy-builders';
import { workloadClients } from './support/workload-clients';

const running: RunSettings = { dryRun: false };

interface Options {
  readonly policy?: Partial<Policy>;
  /** The policy as it is read right before a removal. */
  readonly fresh?: (loaded: LoadedPolicy) => LoadedPolicy;
}

/** The controller over the SDK, on a site with an orphaned target and an orphaned Cloud Map instance. */
async function aController({ policy = {}, fresh = (same) => same }: Options = {}) {
  const site = await anOrphanedSite();
  const clients = workloadClients(site.account);
  const { clock } = site;
  const now = () => clock.now();
  const loaded = aLoadedPolicy({ mode: 'enforce', ...policy });
  const requeued: Requeue[] = [];
  const load = () => Promise.resolve(loaded);
  const controller = assembleController({
    ...{ now, meter: clients.meter, writes: writePorts(clients), store: createMemoryStore({ now }) },
    collect: createCollect({ reads: createReads(clients), place: { ...place, partition: 'aws' }, now }),
    policy: { load, loadForPart: load, loadFresh: () => Promise.resolve(fresh(loaded)) },
    sleep: (milliseconds) => clock.advance(milliseconds),
    requeue: (items) => Promise.resolve(void requeued.push(...items)),
  });
  const pass = async (settings = running) => {
    const { report } = await controller.reconcile([aRequest('account', place.account)], settings);
    const removals = report.actions.filter(({ action }) => action.kind.startsWith('deregister'));
    return removals.map(({ action, status, code }) => [action.kind, status, code ?? '']).sort();
  };
  /** The pass that first sees them, and a quarter of an hour. */
  const seen = async () => {
    await pass();
    await clock.advance(15 * MINUTE);
  };
  const left = async () => ({
    orphan: (await site.targets()).some((target) => target.startsWith(`${site.orphan.targetId}:80 unhealthy`)),
    stray: (await site.instances()).includes('gone'),
  });
  return { ...site, pass, seen, left, requeued };
}

const both = (status: string, code = '') => [
  ['deregister-cloudmap-instance', status, code],
  ['deregister-target', status, code],
];
const untouched = { orphan: true, stray: true };

describe('the assembled controller', () => {
  it('removes what two passes saw, and nothing in the third', async () => {
    const { pass, left, clock, requeued } = await aController();
    expect(await pass()).toEqual(both('withheld', 'first-sighting'));
    expect(await left()).toEqual(untouched);
    expect(requeued.map(({ delaySeconds }) => delaySeconds)).toEqual([900, 900]);
    await clock.advance(15 * MINUTE);
    expect(await pass()).toEqual(both('applied'));
    expect(await left()).toEqual({ orphan: false, stray: false });
    expect(requeued.slice(2).map(({ delaySeconds }) => delaySeconds)).toEqual([60, 60]);
    expect(await pass()).toEqual([]);
    expect(requeued).toHaveLength(4);
  });

  it('writes nothing on a dry run, and puts nothing back', async () => {
    const { pass, seen, left, requeued } = await aController();
    await seen();
    expect(await pass({ dryRun: true })).toEqual(both('planned', 'dry-run'));
    expect(await left()).toEqual(untouched);
    expect(requeued).toHaveLength(2);
  });

  it('stays below the ceiling of the run', async () => {
    const { pass, seen, left } = await aController();
    await seen();
    expect(await pass({ dryRun: false, modeCeiling: 'tag' })).toEqual([]);
    expect(await left()).toEqual(untouched);
  });

  it.each<[string, (loaded: LoadedPolicy) => LoadedPolicy, string]>([
    ['the policy changes', (loaded) => ({ ...loaded, policyVersion: 'v2' }), 'policy-changed'],
    ['the kill switch goes off', (loaded) => ({ ...loaded, enforcementOn: false }), 'kill-switch-off'],
  ])('looks again right before it writes: %s', async (_, fresh, code) => {
    const { pass, seen, left } = await aController({ fresh });
    await seen();
    expect(await pass()).toEqual(both('withheld', code));
    expect(await left()).toEqual(untouched);
  });

  it('looks again right before it writes: another service came to use the group', async () => {
    const { ecs, account, pass, seen, left, targetGroupArn, ipv6A } = await aController();
    await seen();
    let isDecided = false;
    // the first of the two removals is over by then
    account.interceptors.push(async ({ operation }) => {
      if (operation !== 'DeregisterInstance' || isDecided) return;
      isDecided = true;
      await ecs.send(
        new CreateServiceCommand({
          ...{ cluster: 'prod', serviceName: 'second', taskDefinition: 'web', desiredCount: 0, launchType: 'FARGATE' },
          networkConfiguration: { awsvpcConfiguration: { subnets: [ipv6A.id] } },
          loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }],
        }),
      );
    });
    expect(await pass()).toEqual([
      ['deregister-cloudmap-instance', 'applied', ''],
      ['deregister-target', 'unchanged', ''],
    ]);
    expect(await left()).toEqual({ orphan: true, stray: false });
  });
});
