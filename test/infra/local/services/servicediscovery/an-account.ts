/** A local account with Cloud Map, spoken to by the unmodified SDK, on a clock that stands still. */
import type { CreateServiceCommandInput, DnsRecord, Operation, RecordType } from '@aws-sdk/client-servicediscovery';
import {
  CreateHttpNamespaceCommand,
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand,
  GetOperationCommand,
  ListInstancesCommand,
  RegisterInstanceCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { Scope } from '../../../../../infra/local/kernel/scope';
import type { LocalAccount } from '../../../../../infra/local/local-account';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import { servicediscovery } from '../../../../../infra/local/services/servicediscovery/servicediscovery';
import { clientSettings, withLocalAccount } from '../../../../support/local-account';

/** Longer than any operation of Cloud Map takes. */
const OPERATION_MS = 5_000;

export interface Registry {
  readonly account: LocalAccount;
  readonly scope: Scope;
  readonly clock: SimulatedClock;
  readonly client: ServiceDiscoveryClient;
  readonly vpcId: string;
}

export async function aRegistry(): Promise<Registry> {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const account = await withLocalAccount({ services: [servicediscovery], clock });
  const { scope } = account;
  // Only DiscoverInstances has a host prefix, which no name server of this machine resolves
  const client = new ServiceDiscoveryClient({ ...clientSettings(account), disableHostPrefix: true });
  return { account, scope, clock, client, vpcId: createNetwork(scope, { cidrBlock: '10.0.0.0/16' }).id };
}

export async function operation({ client }: Registry, OperationId: string | undefined): Promise<Operation> {
  const { Operation: found } = await client.send(new GetOperationCommand({ OperationId }));
  if (!found) throw new Error('GetOperation answered no operation.');
  return found;
}

/** Lets the operation finish. */
export async function finished(registry: Registry, OperationId: string | undefined): Promise<Operation> {
  await registry.clock.advance(OPERATION_MS);
  return operation(registry, OperationId);
}

export async function aNamespace(registry: Registry, Name = 'prod.local'): Promise<string> {
  const { OperationId } = await registry.client.send(
    new CreatePrivateDnsNamespaceCommand({ Name, Vpc: registry.vpcId }),
  );
  return (await finished(registry, OperationId)).Targets?.NAMESPACE ?? '';
}

export async function anHttpNamespace(registry: Registry, Name = 'mesh'): Promise<string> {
  const { OperationId } = await registry.client.send(new CreateHttpNamespaceCommand({ Name }));
  return (await finished(registry, OperationId)).Targets?.NAMESPACE ?? '';
}

export function records(...types: readonly RecordType[]): DnsRecord[] {
  return types.map((Type) => ({ Type, TTL: 60 }));
}

/** A service in a private namespace with these records; answers its id. */
export async function aService(
  registry: Registry,
  types: readonly RecordType[],
  overrides: Partial<CreateServiceCommandInput> = {},
): Promise<string> {
  const input = {
    Name: 'web',
    NamespaceId: overrides.NamespaceId ?? (await aNamespace(registry)),
    DnsConfig: types.length > 0 ? { DnsRecords: records(...types) } : undefined,
    ...overrides,
  };
  const { Service } = await registry.client.send(new CreateServiceCommand(input));
  return Service?.Id ?? '';
}

export function register(
  { client }: Registry,
  ServiceId: string,
  [InstanceId, Attributes]: readonly [id: string, attributes: Record<string, string>],
) {
  return client.send(new RegisterInstanceCommand({ ServiceId, InstanceId, Attributes }));
}

/** Ids and attributes of what is registered now. */
export async function instances({ client }: Registry, ServiceId: string) {
  const { Instances = [] } = await client.send(new ListInstancesCommand({ ServiceId }));
  return Object.fromEntries(Instances.map(({ Id = '', Attributes }) => [Id, Attributes]));
}
