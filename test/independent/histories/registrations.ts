/** Deeds that are about what is registered in target groups and in Cloud Map. */
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
  type TargetDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DeregisterInstanceCommand,
  ListInstancesCommand,
  RegisterInstanceCommand,
} from '@aws-sdk/client-servicediscovery';
import type { HolderName } from './history';
import { CLUSTER } from './opening';
import type { People } from './people';

/** By the number of the stranger. */
const portOf = (number: number): number => 9_000 + number;

/** Names that tell strangers from what ECS registers. */
export const isStranger = (id: string, port = 0): boolean =>
  id.includes('::dead:') || /^(dead|theirs)-/.test(id) || (port > portOf(0) && port <= portOf(9));

interface Stranger {
  readonly where: HolderName;
  readonly number: number;
}

/** A host that could be a target from its launch on: whether others can depends on the controller. */
const readyHost = ({ hosts }: People): string | undefined => hosts.find(({ primaryIpv6 }) => primaryIpv6)?.id;

async function targetOf(people: People, { where, number }: Stranger, theirs: boolean): Promise<TargetDescription[]> {
  const { network, clients } = people.opening;
  const host = readyHost(people);
  if (where === 'edge') return host === undefined ? [] : [{ Id: host, Port: portOf(number) }];
  if (!theirs) return [{ Id: `${network.nativePrefix}::dead:${String(number)}`, Port: 8080 }];
  if (host === undefined) return [];
  const { Reservations = [] } = await clients.ec2.send(new DescribeInstancesCommand({ InstanceIds: [host] }));
  const { Ipv6Address: Id = '' } = Reservations[0]?.Instances?.[0] ?? {};
  people.borrowed.set(Id, host);
  return [{ Id, Port: portOf(number) }];
}

const groupOf = ({ opening: { balancing } }: People, where: HolderName): string =>
  where === 'edge' ? balancing.edgeGroupArn : balancing.webGroupArn;

export async function register(people: People, deed: Stranger & { readonly theirs: boolean }): Promise<void> {
  const { where, number, theirs } = deed;
  const { clients, balancing } = people.opening;
  if (where === 'registry') {
    const Attributes = {
      AWS_INSTANCE_IPV6: '2600:1f00::dead:1',
      ...{ ECS_CLUSTER_NAME: CLUSTER, ECS_SERVICE_NAME: theirs ? 'somebodys' : 'web' },
    };
    const InstanceId = `${theirs ? 'theirs' : 'dead'}-${String(number)}`;
    const command = { ServiceId: balancing.webRegistryId, InstanceId, Attributes };
    note(people, InstanceId);
    await unlessRefused(clients.serviceDiscovery.send(new RegisterInstanceCommand(command)));
    return;
  }
  const Targets = await targetOf(people, deed, theirs);
  if (Targets.length === 0) return;
  for (const { Id = '', Port } of Targets) note(people, nameOf(Id, Port));
  const command = { TargetGroupArn: groupOf(people, where), Targets };
  await unlessRefused(clients.elbv2.send(new RegisterTargetsCommand(command)));
}

export const nameOf = (id: string, port?: number): string => (port === undefined ? id : `${id}:${String(port)}`);

/** Registered again while it is registered already, it stays what it was. */
function note({ registered, opening: { clock } }: People, name: string): void {
  if (!registered.has(name)) registered.set(name, clock.now().getTime());
}

export async function deregister(people: People, deed: Stranger): Promise<void> {
  const { clients, balancing } = people.opening;
  if (deed.where === 'registry') {
    const InstanceId = `dead-${String(deed.number)}`;
    const command = { ServiceId: balancing.webRegistryId, InstanceId };
    people.registered.delete(InstanceId);
    await unlessRefused(clients.serviceDiscovery.send(new DeregisterInstanceCommand(command)));
    return;
  }
  const Targets = await targetOf(people, deed, false);
  if (Targets.length === 0) return;
  for (const { Id = '', Port } of Targets) people.registered.delete(nameOf(Id, Port));
  const command = { TargetGroupArn: groupOf(people, deed.where), Targets };
  await unlessRefused(clients.elbv2.send(new DeregisterTargetsCommand(command)));
}

export async function takeOut(people: People, where: HolderName): Promise<void> {
  const { clients, balancing } = people.opening;
  if (where === 'registry') {
    const ServiceId = balancing.webRegistryId;
    const { Instances = [] } = await clients.serviceDiscovery.send(new ListInstancesCommand({ ServiceId }));
    const InstanceId = Instances.map(({ Id = '' }) => Id).find((id) => !isStranger(id));
    if (InstanceId === undefined) return;
    await unlessRefused(clients.serviceDiscovery.send(new DeregisterInstanceCommand({ ServiceId, InstanceId })));
    return;
  }
  const TargetGroupArn = groupOf(people, where);
  const { TargetHealthDescriptions = [] } = await clients.elbv2.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  const owned = TargetHealthDescriptions.map(({ Target }) => Target).find(
    (target) => target && !isStranger(target.Id ?? '', target.Port),
  );
  if (!owned) return;
  const Targets = [{ Id: owned.Id, Port: owned.Port }];
  await unlessRefused(clients.elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets })));
}

/** What stood on hosts that are gone: the controller names it, and leaves it to people. */
export async function takeOutGone(people: People): Promise<void> {
  const { elbv2 } = people.opening.clients;
  const TargetGroupArn = groupOf(people, 'edge');
  const { TargetHealthDescriptions = [] } = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  const Targets = TargetHealthDescriptions.flatMap(({ Target }) => Target ?? []).filter(
    ({ Id }) => !people.hosts.some((host) => host.id === Id),
  );
  if (Targets.length > 0) await unlessRefused(elbv2.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets })));
}

/** What drains cannot be registered, what is under way cannot be begun again: then it is not done. */
const REFUSALS = ['InvalidTargetException', 'InvalidTarget', 'DuplicateRequest', 'InstanceNotFound', 'ResourceInUse'];

async function unlessRefused(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || !REFUSALS.includes(error.name)) throw error;
  }
}
