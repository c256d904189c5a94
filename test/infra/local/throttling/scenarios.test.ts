/** The collector under AWS's request rates: full buckets, and buckets that somebody else has emptied. */
import { DescribeTargetGroupsCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { expect, test } from '@jest/globals';
import { seedDemo } from '../../../../infra/local/seed/demo/demo';
import { services } from '../../../../infra/local/services';
import { createReads } from '../../../../lib/aws/reads';
import { createCollect } from '../../../../lib/snapshot/collect';
import { aLoadedPolicy } from '../../../support/policy-builders';
import { clientSettings, withLocalAccount } from '../../../support/local-account';
import { workloadClients } from '../../../support/workload-clients';
import { everything } from '../../../snapshot/a-collector';

/** As in production: a share of the rates, and the SDK's own retries. */
async function aSweep() {
  const account = await withLocalAccount({ services });
  await seedDemo(account);
  account.throttle('published');
  const clients = workloadClients(account, { share: 0.5, maxAttempts: 3 });
  const place = { account: account.account, region: account.region, partition: 'aws' };
  const collect = createCollect({ reads: createReads(clients), place, now: () => account.world.clock.now() });
  const sweep = async () => ({ ...(await collect([everything], aLoadedPolicy({}))), ...clients.meter.take() });
  return { account, sweep };
}

test('a sweep of the demo seed is not throttled', async () => {
  const { sweep } = await aSweep();
  const { gaps, throttled, tasks } = await sweep();
  expect({ gaps, throttled }).toEqual({ gaps: [], throttled: 0 });
  expect(tasks.size).toBeGreaterThan(0);
});

test('a sweep that finds the buckets empty is late, and complete', async () => {
  const { account, sweep } = await aSweep();
  const elb = new ElasticLoadBalancingV2Client(clientSettings(account));
  const ecs = new ECSClient(clientSettings(account));
  const greedy = [
    ...Array.from({ length: 45 }, () => elb.send(new DescribeTargetGroupsCommand({}))),
    ...Array.from({ length: 60 }, () => ecs.send(new ListClustersCommand({}))),
  ];
  const ended = await Promise.allSettled(greedy);
  expect(ended.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
  const { gaps } = await sweep();
  expect(gaps).toEqual([]);
});
