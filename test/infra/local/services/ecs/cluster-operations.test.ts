import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClustersCommand,
  ListClustersCommand,
  paginateListClusters,
  UpdateClusterSettingsCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aDefinition, aHost, aService, aSite } from './a-site';
import { one } from './one';

const ARN = 'arn:aws:ecs:eu-west-2:111122223333:cluster';

describe('clusters', () => {
  it('are made once, and shown with what is asked for', async () => {
    const { ecs } = await aSite();
    const request = new CreateClusterCommand({
      clusterName: 'blue',
      settings: [{ name: 'containerInsights', value: 'enabled' }],
      tags: [{ key: 'team', value: 'web' }],
    });
    await ecs.send(request);
    await ecs.send(new CreateClusterCommand({ clusterName: 'blue' }));
    const plain = await ecs.send(new DescribeClustersCommand({ clusters: [`${ARN}/blue`] }));
    expect(one(plain.clusters)).toMatchObject({ clusterArn: `${ARN}/blue`, tags: [], settings: [], statistics: [] });
    const full = await ecs.send(
      new DescribeClustersCommand({ clusters: ['blue'], include: ['TAGS', 'SETTINGS', 'STATISTICS'] }),
    );
    expect(one(full.clusters)).toMatchObject({
      tags: [{ key: 'team', value: 'web' }],
      settings: [{ name: 'containerInsights', value: 'enabled' }],
    });
    expect(one(full.clusters).statistics).toContainEqual({ name: 'runningFargateTasksCount', value: '0' });
  });

  it('count what is in them', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site, { desiredCount: 2 });
    await aHost(site, { subnet: site.dualA });
    const counts = async () => one((await site.ecs.send(new DescribeClustersCommand({ clusters: ['prod'] }))).clusters);
    await site.clock.advance(600);
    expect(await counts()).toMatchObject({
      runningTasksCount: 2,
      activeServicesCount: 1,
      registeredContainerInstancesCount: 1,
    });
  });

  it('that do not exist are failures, not errors', async () => {
    const { ecs } = await aSite();
    const answer = await ecs.send(new DescribeClustersCommand({}));
    expect(answer).toMatchObject({ clusters: [], failures: [{ arn: `${ARN}/default`, reason: 'MISSING' }] });
  });

  it('are listed in pages', async () => {
    const { ecs } = await aSite();
    for (const clusterName of ['a', 'b', 'c']) await ecs.send(new CreateClusterCommand({ clusterName }));
    const pages = [];
    for await (const page of paginateListClusters({ client: ecs, pageSize: 2 }, {})) pages.push(page.clusterArns);
    expect(pages).toEqual([
      [`${ARN}/prod`, `${ARN}/a`],
      [`${ARN}/b`, `${ARN}/c`],
    ]);
    await expect(ecs.send(new ListClustersCommand({ nextToken: 'page:1' }))).rejects.toThrow(/Invalid token/);
  });

  it('change their settings', async () => {
    const { ecs } = await aSite();
    const settings = [{ name: 'containerInsights', value: 'enhanced' } as const];
    const { cluster } = await ecs.send(new UpdateClusterSettingsCommand({ cluster: 'prod', settings }));
    expect(cluster?.settings).toEqual(settings);
  });

  it('can only be deleted when nothing is left in them', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site);
    const deletion = () => site.ecs.send(new DeleteClusterCommand({ cluster: 'prod' }));
    await expect(deletion()).rejects.toMatchObject({ name: 'ClusterContainsServicesException' });
    await aHost(site, { subnet: site.dualA });
    await expect(deletion()).rejects.toMatchObject({ name: 'ClusterContainsContainerInstancesException' });
    await site.ecs.send(new CreateClusterCommand({ clusterName: 'empty' }));
    const { cluster } = await site.ecs.send(new DeleteClusterCommand({ cluster: 'empty' }));
    expect(cluster?.status).toBe('INACTIVE');
    await expect(site.ecs.send(new DeleteClusterCommand({ cluster: 'empty' }))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    });
  });
});
