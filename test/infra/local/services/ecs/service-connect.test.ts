import {
  DeleteServiceCommand,
  DescribeServiceRevisionsCommand,
  UpdateServiceCommand,
  type ServiceConnectConfiguration,
} from '@aws-sdk/client-ecs';
import {
  CreateHttpNamespaceCommand,
  CreateServiceCommand as CreateNameCommand,
  DeleteServiceCommand as DeleteNameCommand,
  GetServiceCommand,
  ListNamespacesCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-servicediscovery';
import { describe, expect, it } from '@jest/globals';
import { cloudMapOf, instancesIn } from './a-load-balancer';
import { aBridgeDefinition, aDefinition, aService, aSite, describeService, describeTasks, type Site } from './a-site';
import { one } from './one';

const SETTLE_MS = 60_000;
const containerDefinitions = [
  { name: 'app', image: 'nginx', memory: 128, portMappings: [{ containerPort: 8080, name: 'http' }] },
];
const connected: ServiceConnectConfiguration = {
  enabled: true,
  namespace: 'mesh',
  services: [{ portName: 'http', discoveryName: 'web', clientAliases: [{ port: 80, dnsName: 'web' }] }],
};

async function aNamespace(site: Site): Promise<void> {
  await cloudMapOf(site).send(new CreateHttpNamespaceCommand({ Name: 'mesh' }));
  await site.clock.advance(SETTLE_MS);
}

async function aConnectedSite(): Promise<Site> {
  const site = await aSite();
  await aDefinition(site, { containerDefinitions });
  await aNamespace(site);
  return site;
}

/** ARN of the Cloud Map service behind the name that the service shows. */
async function nameOf(site: Site, service = 'web'): Promise<string> {
  const [deployment] = (await describeService(site, service)).deployments ?? [];
  return one(deployment?.serviceConnectResources).discoveryArn ?? '';
}

describe('a service with Service Connect', () => {
  it('shows what was asked for, in its deployment and its revision', async () => {
    const site = await aConnectedSite();
    const created = await aService(site, { serviceConnectConfiguration: connected });
    expect(one(created.deployments).serviceConnectConfiguration).toEqual(connected);
    const [revision] = (await describeService(site)).currentServiceRevisions ?? [];
    const asked = { serviceRevisionArns: [revision?.arn ?? ''] };
    const { serviceRevisions } = await site.ecs.send(new DescribeServiceRevisionsCommand(asked));
    expect(one(serviceRevisions).serviceConnectConfiguration).toEqual(connected);
  });

  it('has a name in the namespace that is found by calls alone, under which its tasks are registered', async () => {
    const site = await aConnectedSite();
    await aService(site, { serviceConnectConfiguration: connected });
    const arn = await nameOf(site);
    const { Service } = await cloudMapOf(site).send(new GetServiceCommand({ Id: arn.slice(arn.lastIndexOf('/') + 1) }));
    expect(Service).toMatchObject({ Name: 'web', Type: 'HTTP' });
    const { Tags } = await cloudMapOf(site).send(new ListTagsForResourceCommand({ ResourceARN: arn }));
    expect(Tags).toEqual([{ Key: 'AmazonECSManaged', Value: 'true' }]);
    await site.clock.advance(SETTLE_MS);
    const task = one(await describeTasks(site));
    const address = task.containers?.[0]?.networkInterfaces?.[0]?.ipv6Address;
    expect(one(await instancesIn(site, arn)).attributes).toEqual({
      AWS_INSTANCE_IPV6: address,
      AWS_INSTANCE_PORT: '8080',
    });
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(SETTLE_MS);
    expect(await instancesIn(site, arn)).toEqual([]);
  });

  it('takes the name of its port where no other is given', async () => {
    const site = await aConnectedSite();
    const serviceConnectConfiguration = { ...connected, services: [{ portName: 'http' }] };
    const { deployments } = await aService(site, { serviceConnectConfiguration });
    expect(one(one(deployments).serviceConnectResources).discoveryName).toBe('http');
  });

  it('may be a client only', async () => {
    const site = await aConnectedSite();
    const client = { enabled: true, namespace: 'mesh' };
    const { deployments } = await aService(site, { serviceConnectConfiguration: client });
    expect(one(deployments).serviceConnectConfiguration).toEqual(client);
    expect(one(deployments)).not.toHaveProperty('serviceConnectResources');
    expect((await cloudMapOf(site).send(new ListServicesCommand({}))).Services).toEqual([]);
  });

  it('keeps it through other deployments, and rolls out when it is turned off', async () => {
    const site = await aConnectedSite();
    await aService(site, { serviceConnectConfiguration: connected });
    await site.clock.advance(SETTLE_MS);
    const arn = await nameOf(site);
    const update = (changes: object) =>
      site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', ...changes }));
    await update({ forceNewDeployment: true });
    await site.clock.advance(2 * SETTLE_MS);
    expect(await nameOf(site)).toBe(arn);
    expect(await instancesIn(site, arn)).toHaveLength(1);
    await update({ serviceConnectConfiguration: { enabled: false } });
    await site.clock.advance(2 * SETTLE_MS);
    expect(one((await describeService(site)).deployments).serviceConnectConfiguration).toEqual({ enabled: false });
    expect(await instancesIn(site, arn)).toEqual([]);
  });

  it('leaves its name to another once it is gone, and not before', async () => {
    const site = await aConnectedSite();
    await aService(site, { serviceConnectConfiguration: connected });
    const again = () => aService(site, { serviceName: 'other', serviceConnectConfiguration: connected });
    await expect(again()).rejects.toThrow('The discoveryName web is in use in the namespace mesh.');
    await site.ecs.send(new DeleteServiceCommand({ cluster: 'prod', service: 'web', force: true }));
    await site.clock.advance(2 * SETTLE_MS);
    await expect(again()).resolves.toMatchObject({ serviceName: 'other' });
  });

  it('leaves alone what people made under its name', async () => {
    const site = await aConnectedSite();
    const { Namespaces } = await cloudMapOf(site).send(new ListNamespacesCommand({}));
    await cloudMapOf(site).send(new CreateNameCommand({ Name: 'web', NamespaceId: one(Namespaces).Id }));
    const refused = aService(site, { serviceConnectConfiguration: connected });
    await expect(refused).rejects.toThrow('The discoveryName web is in use in the namespace mesh.');
  });

  it('stops starting tasks when somebody deletes its name', async () => {
    const site = await aConnectedSite();
    await aService(site, { serviceConnectConfiguration: connected, desiredCount: 0 });
    const arn = await nameOf(site);
    await cloudMapOf(site).send(new DeleteNameCommand({ Id: arn.slice(arn.lastIndexOf('/') + 1) }));
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 1 }));
    await site.clock.advance(SETTLE_MS);
    const { stoppedReason } = (await describeTasks(site, 'STOPPED'))[0] ?? {};
    expect(stoppedReason).toContain('failed to register instance in (service-registry web)');
  });
});

describe('Service Connect is refused', () => {
  it.each<{ fault: string; changes: Partial<ServiceConnectConfiguration>; name: string; message: string }>([
    {
      fault: 'in a namespace that is not there',
      changes: { namespace: 'none' },
      name: 'NamespaceNotFoundException',
      message: 'none was not found',
    },
    {
      fault: 'without a namespace',
      changes: { namespace: undefined },
      name: 'InvalidParameterException',
      message: 'needs a namespace',
    },
    {
      fault: 'for a port without that name',
      changes: { services: [{ portName: 'grpc' }] },
      name: 'InvalidParameterException',
      message: 'no port mapping with the name grpc',
    },
    {
      fault: 'under a name that is none',
      changes: { services: [{ portName: 'http', discoveryName: '-Web' }] },
      name: 'InvalidParameterException',
      message: 'discoveryName -Web is not valid',
    },
  ])('$fault', async ({ changes, name, message }) => {
    const site = await aConnectedSite();
    const refused = aService(site, { serviceConnectConfiguration: { ...connected, ...changes } });
    await expect(refused).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  const onHosts = { launchType: 'EC2', networkConfiguration: undefined } as const;

  it.each<{ mode: string; definition: object; name: string }>([
    { mode: 'host', definition: { networkMode: 'host' }, name: 'InvalidParameterException' },
    { mode: 'bridge', definition: { networkMode: 'bridge' }, name: 'NotImplemented' },
    {
      mode: 'Windows',
      definition: { networkMode: undefined, runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } },
      name: 'InvalidParameterException',
    },
  ])('on $mode', async ({ definition, name }) => {
    const site = await aSite();
    await aNamespace(site);
    await aBridgeDefinition(site, { containerDefinitions, ...definition });
    const refused = aService(site, { ...onHosts, serviceConnectConfiguration: connected });
    await expect(refused).rejects.toMatchObject({ name });
  });

  it('with a controller that is not ECS', async () => {
    const site = await aConnectedSite();
    const refused = aService(site, {
      ...{ deploymentController: { type: 'EXTERNAL' }, serviceConnectConfiguration: connected },
      ...{ taskDefinition: undefined, launchType: undefined, networkConfiguration: undefined },
    });
    await expect(refused).rejects.toThrow('Service Connect is not supported with the EXTERNAL controller.');
  });

  it('as far as it is not there, by name', async () => {
    const site = await aConnectedSite();
    const services = [{ portName: 'http', ingressPortOverride: 9000 }];
    const refused = aService(site, { serviceConnectConfiguration: { ...connected, services } });
    await expect(refused).rejects.toThrow('ingressPortOverride');
  });
});
