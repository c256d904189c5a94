/** A process that has just read the policy, and then a change of it. */
import { DescribeTagsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from '@jest/globals';
import type { RunSettings } from '../../lib/stages';
import { elbOf } from '../infra/local/services/ecs/a-load-balancer';
import { aRequest, everything } from '../snapshot/a-collector';
import { aController, policyOf, put } from './a-race';
import { addressSite } from './race-sites';

const service = aRequest('service', 'web', { cluster: 'prod' });
const observing = policyOf('').replace('enforce', 'observe');

/** Tasks have come and gone, so that there is an orphan to be tagged for. */
async function aWarmProcess(policy: string) {
  const site = await addressSite();
  await put(site, 'policy', policy);
  const controller = aController(site);
  await controller.reconcile([service], { dryRun: true });
  const tags = async (): Promise<readonly (string | undefined)[]> => {
    const { TagDescriptions: [found] = [] } = await elbOf(site).send(
      new DescribeTagsCommand({ ResourceArns: [site.targetGroupArn] }),
    );
    return found?.Tags?.map(({ Key }) => Key).sort() ?? [];
  };
  return { site, controller, tags };
}

const settings: RunSettings = { dryRun: false };
const byPerson: RunSettings = { dryRun: false, withSurroundings: true };

it.each([
  ['that everything is looked at for', everything, settings],
  ['that an event asks about', service, settings],
  ['that a person asks after', service, byPerson],
])('a change %s is acted on by the next pass, however soon it comes', async (_, request, run) => {
  const { site, controller, tags } = await aWarmProcess(observing);
  await put(site, 'policy', policyOf(''));
  const { report } = await controller.reconcile([request], run);
  expect(report.mode).toBe('enforce');
  expect(await tags()).toContain('ecs-ipv6:status');
});

it('a policy that only observes from now on has nothing written', async () => {
  const { site, controller, tags } = await aWarmProcess(policyOf(''));
  await put(site, 'policy', observing);
  for (const [request, run] of [
    [service, settings] as const,
    [everything, settings] as const,
    [service, byPerson] as const,
  ]) {
    const { report } = await controller.reconcile([request], run);
    expect([report.mode, report.actions]).toEqual(['observe', []]);
  }
  expect(await tags()).toEqual([]);
});

it('a dry run that a person asks for shows what the new policy would do', async () => {
  const { site, controller } = await aWarmProcess(observing);
  await put(site, 'policy', policyOf(''));
  const { report } = await controller.reconcile([everything], { dryRun: true });
  expect(report.mode).toBe('enforce');
  expect(report.actions).not.toEqual([]);
});
