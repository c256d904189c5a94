import { paginateListTasks } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aDefinition, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { aCollector, aRequest, judged, total } from './a-collector';
import { SETTLE_MS } from './a-workload';

async function taskArns({ ecs }: Site, serviceName: string): Promise<readonly string[]> {
  const arns: string[] = [];
  for await (const page of paginateListTasks({ client: ecs }, { cluster: 'prod', serviceName }))
    arns.push(...(page.taskArns ?? []));
  return arns;
}

describe('how many calls it takes', () => {
  it('a thousand events of tasks of one service take thirteen', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site, { desiredCount: 1_000 });
    await site.clock.advance(SETTLE_MS);
    const arns = await taskArns(site, 'web');
    const collector = aCollector(site);
    const snapshot = await collector.collect(arns.map((arn) => aRequest('task', arn)));
    expect(judged(snapshot, 'task')).toHaveLength(1_000);
    expect(collector.calls()).toEqual({
      'ecs:DescribeTasks': 10,
      'ecs:DescribeServices': 1,
      'ecs:DescribeTaskDefinition': 1,
      'ec2:DescribeSubnets': 1,
    });
    // the revision is known by now
    await collector.collect(arns.map((arn) => aRequest('task', arn)));
    expect(total(collector.calls())).toBe(12);
  }, 60_000);
});
