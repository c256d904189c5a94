import { RunTaskCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { giveNat64 } from './a-nat64';
import type { Site } from './a-site';
import {
  aBridgeDefinition,
  aDefinition,
  aHost,
  aService,
  aSite,
  describeService,
  describeTasks,
  eventsOf,
} from './a-site';
import { one } from './one';

const IPV4_IMAGE = '111122223333.dkr.ecr.eu-west-2.amazonaws.com/web:1';
const SETTLE_MS = 30_000;

async function run(site: Site, image: string, subnet = site.ipv6A.id) {
  await aDefinition(site, { containerDefinitions: [{ name: 'app', image }] });
  await site.ecs.send(
    new RunTaskCommand({
      ...{ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE' },
      networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } },
    }),
  );
  await site.clock.advance(SETTLE_MS);
}

describe('a task that has IPv6 alone', () => {
  it('does not reach a registry that has IPv4 alone', async () => {
    const site = await aSite();
    await run(site, IPV4_IMAGE);
    expect(one(await describeTasks(site, 'STOPPED'))).toMatchObject({
      ...{ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' },
      stoppedReason: expect.stringMatching(/^ResourceInitializationError: .*api\.ecr\.eu-west-2\.amazonaws\.com/),
    });
    const statuses = eventsOf(site, 'ECS Task State Change').map(({ detail }) => detail['lastStatus']);
    expect(statuses).toEqual(['PROVISIONING', 'PENDING', 'STOPPING', 'DEPROVISIONING', 'STOPPED']);
  });

  it.each(['111122223333.dkr-ecr.eu-west-2.on.aws/web:1', 'ecr-public.aws.com/nginx:1', 'nginx'])(
    'pulls %s',
    async (image) => {
      const site = await aSite();
      await run(site, image);
      expect(one(await describeTasks(site)).lastStatus).toBe('RUNNING');
    },
  );

  it('reaches it through NAT64', async () => {
    const site = await aSite();
    await giveNat64(site);
    await run(site, IPV4_IMAGE);
    expect(one(await describeTasks(site)).lastStatus).toBe('RUNNING');
  });
});

it('matters to nobody who has an IPv4 address', async () => {
  const site = await aSite();
  await run(site, IPV4_IMAGE, site.dualA.id);
  await run(site, 'public.ecr.aws/nginx/nginx:1', site.ipv4A.id);
  expect((await describeTasks(site)).map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING']);
});

it('is the container that says so on a host', async () => {
  const site = await aSite();
  await aHost(site, { subnet: site.ipv6A, primaryIpv6: true });
  await aBridgeDefinition(site, {
    containerDefinitions: [{ name: 'app', image: 'public.ecr.aws/nginx/nginx:1', cpu: 128, memory: 128 }],
  });
  await site.ecs.send(new RunTaskCommand({ cluster: 'prod', taskDefinition: 'web', launchType: 'EC2' }));
  await site.clock.advance(SETTLE_MS);
  const stopped = one(await describeTasks(site, 'STOPPED'));
  expect(stopped).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' });
  expect(one(stopped.containers).reason).toMatch(/^CannotPullContainerError: .*public\.ecr\.aws/);
});

it('trips the circuit breaker of a service', async () => {
  const site = await aSite();
  await aDefinition(site, { containerDefinitions: [{ name: 'app', image: IPV4_IMAGE }] });
  await aService(site, { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } } });
  await site.clock.advance(300_000);
  const service = await describeService(site);
  expect(one(service.deployments)).toMatchObject({ rolloutState: 'FAILED', failedTasks: 3 });
  const texts = (service.events ?? []).map(({ message = '' }) => message);
  expect(texts.filter((text) => text.includes('was unable to place a task. Reason: ResourceInit'))).toHaveLength(3);
});
