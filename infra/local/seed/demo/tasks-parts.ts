/** Task definitions, services and tasks of the demo's tasks part. */
import {
  CreateServiceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type ContainerDefinition,
  type CreateServiceCommandInput,
  type RegisterTaskDefinitionCommandInput,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { CreateFileSystemCommand, CreateMountTargetCommand, type IpAddressType } from '@aws-sdk/client-efs';
import type { LocalAccount } from '../../local-account';
import { createSeedClients, need, type SeedClients } from '../seed-clients';
import { makeCluster, makeSubnet, makeVpc, recordTraffic, type MadeVpc } from './network-parts';

/** A cluster in one region, and the VPC where its tasks are. */
export interface Site {
  readonly account: LocalAccount;
  readonly clients: SeedClients;
  readonly cluster: string;
  readonly vpc: MadeVpc;
  /** IPv6-only. */
  readonly native: string;
  /** In the same zone. */
  readonly dualStack: string;
}

export async function makeSite(account: LocalAccount, cluster: string): Promise<Site> {
  const clients = createSeedClients(account);
  await makeCluster(clients, cluster);
  const vpc = await makeVpc(clients);
  await recordTraffic(clients, vpc);
  const zone = `${account.region}a`;
  const native = await makeSubnet(clients, vpc, { kind: 'ipv6-only', index: 1, zone });
  const dualStack = await makeSubnet(clients, vpc, { kind: 'dual-stack', index: 2, zone });
  return { account, clients, cluster, vpc, native, dualStack };
}

/** Where the apps listen. */
const PORT = 8080;

type Definition = Partial<RegisterTaskDefinitionCommandInput> & { readonly container?: Partial<ContainerDefinition> };

/** A task definition for Fargate, with a role of its own. */
export async function define({ account, clients }: Site, family: string, definition: Definition = {}): Promise<void> {
  const { container, ...rest } = definition;
  const { account: owner, region } = account;
  const image = `${owner}.dkr-ecr.${region}.on.aws/${family}:1`;
  await clients.ecs.send(
    new RegisterTaskDefinitionCommand({
      ...{ family, networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'], cpu: '1024', memory: '2048' },
      taskRoleArn: `arn:aws:iam::${owner}:role/${family}`,
      containerDefinitions: [{ name: 'app', image, portMappings: [{ containerPort: PORT }], ...container }],
      ...rest,
    }),
  );
}

const on = (subnet: string) => ({ awsvpcConfiguration: { subnets: [subnet] } });

type Wanted = Partial<CreateServiceCommandInput> & { readonly subnet?: string };

/** A service on Fargate with one task; in the IPv6-only subnet, if nothing else is said. */
export async function serve(site: Site, serviceName: string, wanted: Wanted = {}): Promise<void> {
  const { subnet = site.native, ...rest } = wanted;
  const settings = { launchType: 'FARGATE', networkConfiguration: on(subnet), desiredCount: 1 } as const;
  const named = { cluster: site.cluster, serviceName, taskDefinition: serviceName };
  await site.clients.ecs.send(new CreateServiceCommand({ ...named, ...settings, ...rest }));
}

type Run = Partial<RunTaskCommandInput> & { readonly subnet?: string };

/** A task of no service, on Fargate; in the IPv6-only subnet, if nothing else is said. */
export async function run(site: Site, taskDefinition: string, wanted: Run = {}): Promise<void> {
  const { subnet = site.native, ...rest } = wanted;
  const settings = { launchType: 'FARGATE', networkConfiguration: on(subnet) } as const;
  await site.clients.ecs.send(new RunTaskCommand({ cluster: site.cluster, taskDefinition, ...settings, ...rest }));
}

/** A file system with one mount target. Gives its id. */
export async function makeFileSystem(
  { account, clients }: Site,
  { name, subnet, addresses }: { readonly name: string; readonly subnet: string; readonly addresses: IpAddressType },
): Promise<string> {
  const Tags = [{ Key: 'Name', Value: name }];
  const { FileSystemId } = await clients.efs.send(new CreateFileSystemCommand({ CreationToken: name, Tags }));
  await account.world.clock.advance(CREATION_MS);
  const target = { FileSystemId, SubnetId: subnet, IpAddressType: addresses };
  await clients.efs.send(new CreateMountTargetCommand(target));
  return need(FileSystemId, 'FileSystemId');
}

/** Longer than it takes to make a file system. */
const CREATION_MS = 60_000;
