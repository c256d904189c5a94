import { describe, expect, it } from '@jest/globals';
import {
  CreateHttpNamespaceCommand,
  CreateServiceCommand,
  GetOperationCommand,
  RegisterInstanceCommand,
} from '@aws-sdk/client-servicediscovery';
import { SimulatedClock } from '../../infra/local/kernel/clock';
import { servicediscovery } from '../../infra/local/services/servicediscovery/servicediscovery';
import { createCloudMapReads } from '../../lib/aws/cloudmap-reads';
import { withLocalAccount } from '../support/local-account';
import { workloadClients } from '../support/workload-clients';

const gone = 'arn:aws:servicediscovery:eu-west-2:111122223333:service/srv-aaaaaaaaaaaaaaaa';

async function registries(count: number) {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [servicediscovery], clock });
  const clients = workloadClients(account);
  const settle = () => clock.advance(600_000);
  const created = await clients.serviceDiscovery.send(new CreateHttpNamespaceCommand({ Name: 'internal' }));
  await settle();
  const { Operation } = await clients.serviceDiscovery.send(
    new GetOperationCommand({ OperationId: created.OperationId }),
  );
  const services: { readonly id: string; readonly arn: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const input = { Name: `service-${index}`, NamespaceId: Operation?.Targets?.NAMESPACE };
    const { Service } = await clients.serviceDiscovery.send(new CreateServiceCommand(input));
    services.push({ id: Service?.Id ?? '', arn: Service?.Arn ?? '' });
  }
  clients.meter.take();
  return { clients, services, settle, reads: createCloudMapReads(clients.serviceDiscovery) };
}

describe('describeServices', () => {
  it('gets a few one by one, and says which is gone', async () => {
    const { services, reads, clients } = await registries(2);
    const read = await reads.describeServices([...services.map(({ arn }) => arn), gone]);
    expect(read.items.map(({ Arn }) => Arn)).toEqual(services.map(({ arn }) => arn));
    expect(read).toMatchObject({ missing: [gone], failures: [] });
    expect(clients.meter.take().apiCalls).toEqual({ 'servicediscovery:GetService': 3 });
  });

  it('lists all of them to find many', async () => {
    const { services, reads, clients } = await registries(11);
    const read = await reads.describeServices([...services.map(({ arn }) => arn), gone]);
    expect(read.items).toHaveLength(11);
    expect(read.missing).toEqual([gone]);
    expect(clients.meter.take().apiCalls).toEqual({ 'servicediscovery:ListServices': 1 });
  });
});

describe('listInstances', () => {
  it('gives all pages of a service, and nothing of one that is gone', async () => {
    const { services, reads, clients, settle } = await registries(1);
    const [service] = services;
    for (let index = 0; index < 101; index += 1) {
      const Attributes = { AWS_INSTANCE_IPV6: `2001:db8::${index + 1}` };
      await clients.serviceDiscovery.send(
        new RegisterInstanceCommand({ ServiceId: service?.id, InstanceId: `task-${index}`, Attributes }),
      );
    }
    await settle();
    clients.meter.take();
    expect((await reads.listInstances(service?.arn ?? '')).items).toHaveLength(101);
    expect(clients.meter.take().apiCalls).toEqual({ 'servicediscovery:ListInstances': 2 });
    expect(await reads.listInstances(gone)).toEqual({ items: [], missing: [], failures: [] });
  });
});

describe('describeTags', () => {
  it('gives the tags of each service', async () => {
    const { services, reads } = await registries(2);
    const { items } = await reads.describeTags(services.map(({ arn }) => arn));
    expect(items).toEqual(services.map(({ arn }) => ({ arn, tags: [] })));
  });
});
