/** What can not be done now does not keep what can from its turn: the budget of a run is for what is tried. */
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from '@jest/globals';
import { aBalancedGroup, elbOf, targetsIn } from '../infra/local/services/ecs/a-load-balancer';
import { aDefinition, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { SETTLE_MS } from '../snapshot/a-workload';
import { aFight } from './a-fight';

/** A service behind a group of its own name. */
async function serve(site: Site, name: string, desiredCount: number): Promise<string> {
  const targetGroupArn = await aBalancedGroup(site, { Name: name });
  const loadBalancers = [{ targetGroupArn, containerName: 'app', containerPort: 80 }];
  await aService(site, { serviceName: name, desiredCount, loadBalancers });
  return targetGroupArn;
}

/** Registers addresses that nobody has, beside one that a task has. */
async function strand(site: Site, TargetGroupArn: string, { beside, count }: { beside: string; count: number }) {
  const prefix = beside.slice(0, beside.lastIndexOf(':'));
  const Targets = Array.from({ length: count }, (_, index) => ({ Id: `${prefix}:${String(index + 1)}`, Port: 80 }));
  await elbOf(site).send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
}

it('orphans of a group without a healthy target wait, and those of another group go', async () => {
  const site = await aSite();
  await aDefinition(site);
  const idle = await serve(site, 'idle', 0);
  const web = await serve(site, 'web', 1);
  await site.clock.advance(SETTLE_MS);
  const [{ id: beside } = { id: '' }] = await targetsIn(site, web);
  await strand(site, idle, { beside, count: 3 });
  await strand(site, web, { beside, count: 1 });
  await site.clock.advance(SETTLE_MS);
  const fight = await aFight(site, { deregister: { perRun: 2 } });
  const [, done] = await fight.sweep(2);
  expect(done).toBe(['applied', ...Array.from({ length: 3 }, () => 'withheld min-healthy')].join(', '));
  expect((await targetsIn(site, web)).map(({ state }) => state).sort()).toEqual(['draining', 'healthy']);
  expect(await targetsIn(site, idle)).toHaveLength(3);
});
