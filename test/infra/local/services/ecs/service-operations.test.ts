import {
  DeleteServiceCommand,
  DescribeServicesCommand,
  ListServicesCommand,
  paginateListServices,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aDefinition, aService, aSite, describeService } from './a-site';
import { one } from './one';

const ARN = 'arn:aws:ecs:eu-west-2:111122223333:service';

describe('DescribeServices', () => {
  it('takes ten services and no more, by name, short or long ARN', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site);
    const describe = (services: string[]) => site.ecs.send(new DescribeServicesCommand({ cluster: 'prod', services }));
    for (const reference of ['web', `${ARN}/web`, `${ARN}/prod/web`]) {
      expect(one((await describe([reference])).services).serviceName).toBe('web');
    }
    const ten = Array.from({ length: 10 }, (_, index) => `s${index}`);
    expect((await describe(ten)).failures?.[9]).toEqual({ arn: `${ARN}/prod/s9`, reason: 'MISSING' });
    await expect(describe([...ten, 'web'])).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(
      site.ecs.send(new DescribeServicesCommand({ cluster: 'none', services: ['web'] })),
    ).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});

describe('ListServices', () => {
  it('gives ten on a page unless told otherwise', async () => {
    const site = await aSite();
    await aDefinition(site);
    for (let index = 0; index < 12; index++) await aService(site, { serviceName: `s${index}`, desiredCount: 0 });
    const pages: number[] = [];
    for await (const { serviceArns = [] } of paginateListServices({ client: site.ecs }, { cluster: 'prod' })) {
      pages.push(serviceArns.length);
    }
    expect(pages).toEqual([10, 2]);
    const all = await site.ecs.send(
      new ListServicesCommand({ cluster: 'prod', maxResults: 100, launchType: 'FARGATE' }),
    );
    expect(all.serviceArns).toHaveLength(12);
    const none = await site.ecs.send(new ListServicesCommand({ cluster: 'prod', launchType: 'EC2' }));
    expect(none.serviceArns).toEqual([]);
    await expect(site.ecs.send(new ListServicesCommand({ cluster: 'prod', maxResults: 101 }))).rejects.toThrow();
  });
});

describe('UpdateService', () => {
  it('knows services that are not there from those that are over', async () => {
    const site = await aSite();
    const update = () => site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await expect(update()).rejects.toMatchObject({ name: 'ServiceNotFoundException' });
    await aDefinition(site);
    await aService(site, { desiredCount: 0 });
    await site.ecs.send(new DeleteServiceCommand({ cluster: 'prod', service: 'web' }));
    await site.clock.advance(5_000);
    await expect(update()).rejects.toMatchObject({ name: 'ServiceNotActiveException' });
  });

  it('changes nothing when one of its changes is refused', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site);
    const before = await describeService(site);
    const update = new UpdateServiceCommand({
      cluster: 'prod',
      service: 'web',
      desiredCount: 5,
      enableExecuteCommand: true,
    });
    await expect(site.ecs.send(update)).rejects.toThrow(/taskRoleArn/);
    expect(await describeService(site)).toEqual(before);
  });

  it('starts a deployment by force alone', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site);
    const update = (changes: object) =>
      site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', taskDefinition: 'web', ...changes }));
    expect((await update({})).service?.deployments).toHaveLength(1);
    expect((await update({ forceNewDeployment: true })).service?.deployments).toHaveLength(2);
  });
});
