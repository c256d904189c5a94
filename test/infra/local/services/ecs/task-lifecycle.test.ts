import type { Task } from '@aws-sdk/client-ecs';
import { RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { findNetworkInterface } from '../../../../../infra/local/services/ec2/network-interface';
import type { Site } from './a-site';
import { one } from './one';
import { aDefinition, aSite, describeTasks, eventsOf } from './a-site';

const STEP_MS = 1_000;

async function run(site: Site, subnet: string, platformVersion?: string): Promise<Task> {
  const { tasks } = await site.ecs.send(
    new RunTaskCommand({
      ...{ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE', platformVersion },
      networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } },
    }),
  );
  return one(tasks);
}

/** Values of the attachment's details, by name. */
function details({ attachments }: Task): Record<string, string> {
  const found = one(attachments).details ?? [];
  return Object.fromEntries(found.map(({ name = '', value = '' }) => [name, value]));
}

function addresses({ containers }: Task) {
  return one(one(containers).networkInterfaces);
}

describe('a Fargate task in an IPv6-only subnet', () => {
  it('gets an interface with an IPv6 address alone, step by step', async () => {
    const site = await aSite();
    await aDefinition(site);

    const created = await run(site, site.ipv6A.id);
    expect(created).toMatchObject({
      ...{
        lastStatus: 'PROVISIONING',
        desiredStatus: 'RUNNING',
        version: 1,
        group: 'family:web',
        launchType: 'FARGATE',
      },
      ...{
        platformVersion: '1.4.0',
        platformFamily: 'Linux',
        availabilityZone: 'eu-west-2a',
        cpu: '256',
        memory: '512',
      },
      attachments: [
        {
          type: 'ElasticNetworkInterface',
          status: 'PRECREATED',
          details: [{ name: 'subnetId', value: site.ipv6A.id }],
        },
      ],
    });

    const statuses = [];
    for (let step = 0; step < 3; step++) {
      await site.clock.advance(STEP_MS);
      statuses.push(one(await describeTasks(site)).lastStatus);
    }
    expect(statuses).toEqual(['PENDING', 'ACTIVATING', 'RUNNING']);

    const task = one(await describeTasks(site));
    expect(Object.keys(details(task))).toEqual(['subnetId', 'networkInterfaceId', 'macAddress']);
    const eni = findNetworkInterface(site.scope, details(task)['networkInterfaceId'] ?? '');
    const attachmentId = one(task.attachments).id;
    expect(addresses(task)).toEqual({ attachmentId, ipv6Address: one(eni?.ipv6).address });
    expect(eni).toMatchObject({ ipv4: [], requesterManaged: true, subnetId: site.ipv6A.id });
    expect(task).toMatchObject({ connectivity: 'CONNECTED', healthStatus: 'UNKNOWN', version: 4 });
  });

  it('is announced in the shape of events, not of the API', async () => {
    const site = await aSite();
    await aDefinition(site);
    const { taskArn } = await run(site, site.ipv6A.id);
    await site.clock.advance(3 * STEP_MS);

    const announced = eventsOf(site, 'ECS Task State Change');
    expect(announced.map(({ detail }) => [detail['lastStatus'], detail['version']])).toEqual([
      ['PROVISIONING', 1],
      ['PENDING', 2],
      ['ACTIVATING', 3],
      ['RUNNING', 4],
    ]);
    const last = announced.at(-1);
    expect(last).toMatchObject({ source: 'aws.ecs', resources: [taskArn] });
    expect(last?.detail).toMatchObject({
      attachments: [{ type: 'eni', status: 'ATTACHED' }],
      startedAt: '2026-11-22T10:00:03.000Z',
      updatedAt: '2026-11-22T10:00:03.000Z',
      containers: [{ lastStatus: 'RUNNING', cpu: '0' }],
      overrides: { containerOverrides: [{ name: 'app' }] },
    });
    for (const absent of ['tags', 'healthStatus', 'platformFamily']) expect(last?.detail).not.toHaveProperty(absent);
    expect(last?.detail).not.toHaveProperty('containers.0.healthStatus');
    // what the bus carries is JSON: nothing in it may get lost on the way
    expect(JSON.parse(JSON.stringify(last?.detail))).toEqual(last?.detail);
  });

  it('is stopped on request, loses its interface, and is forgotten after an hour', async () => {
    const site = await aSite();
    await aDefinition(site);
    const { taskArn } = await run(site, site.ipv6A.id);
    await site.clock.advance(3 * STEP_MS);
    const eniId = details(one(await describeTasks(site)))['networkInterfaceId'] ?? '';

    const { task } = await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task: taskArn, reason: 'enough' }));
    expect(task).toMatchObject({ lastStatus: 'DEACTIVATING', desiredStatus: 'STOPPED', stoppedReason: 'enough' });

    const statuses = [];
    for (let step = 0; step < 3; step++) {
      await site.clock.advance(STEP_MS);
      statuses.push(one(await describeTasks(site, 'STOPPED')).lastStatus);
    }
    expect(statuses).toEqual(['STOPPING', 'DEPROVISIONING', 'STOPPED']);
    expect(findNetworkInterface(site.scope, eniId)).toBeUndefined();
    const stopped = one(await describeTasks(site, 'STOPPED'));
    expect(stopped).toMatchObject({ stopCode: 'UserInitiated', attachments: [{ status: 'DELETED' }] });
    expect(one(stopped.containers)).toMatchObject({ lastStatus: 'STOPPED', exitCode: 0 });

    await site.clock.advance(60 * 60 * 1_000);
    expect(await describeTasks(site, 'STOPPED')).toEqual([]);
  });

  it('is healthy when it runs, if it has a health check', async () => {
    const site = await aSite();
    const containerDefinitions = [{ name: 'app', image: 'nginx', healthCheck: { command: ['CMD', 'true'] } }];
    await aDefinition(site, { containerDefinitions });
    expect(await run(site, site.ipv6A.id)).toMatchObject({ healthStatus: 'UNKNOWN' });
    await site.clock.advance(3 * STEP_MS);
    const task = one(await describeTasks(site));
    expect([task.healthStatus, one(task.containers).healthStatus]).toEqual(['HEALTHY', 'HEALTHY']);
  });

  it('stopped before it ran, it never shows RUNNING', async () => {
    const site = await aSite();
    await aDefinition(site);
    const { taskArn } = await run(site, site.ipv6A.id);
    await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task: taskArn }));
    await site.clock.advance(10 * STEP_MS);
    const seen = eventsOf(site, 'ECS Task State Change').map(({ detail }) => detail['lastStatus']);
    expect(seen).toEqual(['PROVISIONING', 'DEPROVISIONING', 'STOPPED']);
  });
});

describe.each([
  { subnet: 'dualA', ipv4: true, ipv6: true },
  { subnet: 'dualA', version: '1.3.0', ipv4: true, ipv6: false },
  { subnet: 'ipv4A', ipv4: true, ipv6: false },
] as const)('a Fargate $version task in $subnet', ({ subnet, ipv4, ipv6, ...how }) => {
  it('has the addresses of its subnet, as far as its platform knows them', async () => {
    const site = await aSite();
    await aDefinition(site);
    await run(site, site[subnet].id, 'version' in how ? how.version : undefined);
    await site.clock.advance(3 * STEP_MS);
    const task = one(await describeTasks(site));
    const { privateIpv4Address, ipv6Address } = addresses(task);
    expect([privateIpv4Address !== undefined, ipv6Address !== undefined]).toEqual([ipv4, ipv6]);
    expect(details(task)).toMatchObject({ privateIPv4Address: privateIpv4Address, subnetId: site[subnet].id });
    expect(details(task)['privateDnsName']).toMatch(/^ip-10-0-/);
  });
});
