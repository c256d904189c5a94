/** Where services register their tasks: each fault once, beside something that does the same right. */
import {
  CreateTaskSetCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  UpdateServicePrimaryTaskSetCommand,
  type CreateTaskSetCommandInput,
} from '@aws-sdk/client-ecs';
import { CreateLoadBalancerCommand as CreateClassicCommand } from '@aws-sdk/client-elastic-load-balancing';
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateTargetGroupCommand as CreateLatticeGroupCommand } from '@aws-sdk/client-vpc-lattice';
import type { LocalAccount } from '../../local-account';
import { createSeedClients, need } from '../seed-clients';
import { makeDnsNamespace, makeHttpNamespace } from '../seed-namespace';
import { makeCluster } from './network-parts';
import type { DemoPart } from './part';
import {
  behind,
  makeBalancer,
  makeGroup,
  makeNetworkGroup,
  makePair,
  makeRegistry,
  makeService,
  makeSite,
  onFargate,
  onWindows,
  PORT,
  registerByHand,
  type Site,
} from './registration-parts';

/** Longer than tasks take to run and to be healthy. */
const SETTLE_MS = 180_000;

/** Somebody has registered the task of `cart` in the group of `catalog`. */
async function makeStrayTarget(site: Site): Promise<void> {
  const { account, clients, cluster } = site;
  const balancerArn = await makeBalancer(site, 'depot', 'dualstack');
  const [catalog, cart] = [
    await makeGroup(site, { name: 'catalog', balancerArn, listenerPort: 80 }),
    await makeGroup(site, { name: 'cart', balancerArn, listenerPort: 81 }),
  ];
  await makeService(site, 'catalog', { ...(await onFargate(site, 'catalog')), ...behind(catalog), desiredCount: 1 });
  await makeService(site, 'cart', { ...(await onFargate(site, 'cart')), ...behind(cart), desiredCount: 1 });
  await account.world.clock.advance(SETTLE_MS);
  const { taskArns = [] } = await clients.ecs.send(new ListTasksCommand({ cluster, serviceName: 'cart' }));
  const { tasks = [] } = await clients.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  const Id = need(tasks[0]?.containers?.[0]?.networkInterfaces?.[0]?.ipv6Address, 'the address of a task');
  const Targets = [{ Id, Port: PORT }];
  await clients.elbv2.send(new RegisterTargetsCommand({ TargetGroupArn: catalog, Targets }));
}

/** The group of `orders` in VPC Lattice takes IPv4 addresses, that of `returns` IPv6 ones. */
async function makeLattice(site: Site): Promise<void> {
  const roleArn = `arn:aws:iam::${site.account.account}:role/lattice`;
  const groups = [
    ['orders', 'IPV4'],
    ['returns', 'IPV6'],
  ] as const;
  for (const [name, ipAddressType] of groups) {
    const config = { port: PORT, protocol: 'HTTP', vpcIdentifier: site.vpc.id, ipAddressType } as const;
    const { arn } = await site.clients.vpcLattice.send(new CreateLatticeGroupCommand({ name, type: 'IP', config }));
    const vpcLatticeConfigurations = [{ roleArn, targetGroupArn: need(arn, 'arn'), portName: 'web' }];
    await makeService(site, name, { ...(await onFargate(site, name)), vpcLatticeConfigurations });
  }
}

/** `pricing` and `stock` use Service Connect; somebody has looked where the app of `stock` listens. */
async function makeConnected(site: Site): Promise<void> {
  await makeHttpNamespace(site.account, site.clients, 'depot');
  const serviceConnectConfiguration = { enabled: true, namespace: 'depot' };
  for (const name of ['pricing', 'stock']) {
    const services = [{ portName: 'web', discoveryName: name, clientAliases: [{ port: 80 }] }];
    const connected = { ...serviceConnectConfiguration, services };
    await makeService(site, name, { ...(await onFargate(site, name)), serviceConnectConfiguration: connected });
  }
}

/** `customers` registers in A records. `partners` does not; beside its tasks it knows a `mainframe` and a `warehouse`. */
async function makeNames(site: Site): Promise<void> {
  const Vpc = site.vpc.id;
  const namespace = await makeDnsNamespace(site.account, site.clients, { Name: 'depot.internal', Vpc });
  const customers = await makeRegistry(site, namespace, { name: 'customers', records: ['A'] });
  const partners = await makeRegistry(site, namespace, { name: 'partners', records: ['AAAA'] });
  for (const [name, { arn: registryArn }] of Object.entries({ customers, partners })) {
    await makeService(site, name, { ...(await onFargate(site, name)), serviceRegistries: [{ registryArn }] });
  }
  const prefix = need(site.vpc.prefix, 'a prefix');
  await registerByHand(site, partners, { name: 'mainframe', ipv4: '10.0.2.77', ipv6: `${prefix}02::77` });
  await registerByHand(site, partners, { name: 'warehouse', ipv6: `${prefix}02::78` });
}

/** What `tracking` knows: a `scanner` without an IPv6 address, and a `printer` with both. */
async function makeOldInstance(site: Site): Promise<void> {
  const Vpc = site.vpc.id;
  const namespace = await makeDnsNamespace(site.account, site.clients, { Name: 'yard.internal', Vpc });
  const tracking = await makeRegistry(site, namespace, { name: 'tracking', records: ['SRV'] });
  const serviceRegistries = [{ registryArn: tracking.arn, port: PORT }];
  await makeService(site, 'tracking', { ...(await onFargate(site, 'tracking')), serviceRegistries });
  const prefix = need(site.vpc.prefix, 'a prefix');
  await registerByHand(site, tracking, { name: 'scanner', ipv4: '10.0.2.79' });
  await registerByHand(site, tracking, { name: 'printer', ipv4: '10.0.2.80', ipv6: `${prefix}02::80` });
}

/** `labels` is behind an IPv4 load balancer, `parcels` behind one that has both families. Gives the latter. */
async function makeBalanced(site: Site): Promise<string> {
  const ipv4 = await makeBalancer(site, 'labels', 'ipv4');
  const both = await makeBalancer(site, 'parcels', 'dualstack');
  const labels = await makeGroup(site, { name: 'labels', balancerArn: ipv4, listenerPort: 80, family: 'ipv4' });
  const parcels = await makeGroup(site, { name: 'parcels', balancerArn: both, listenerPort: 80, family: 'ipv4' });
  await makeService(site, 'labels', { ...(await onFargate(site, 'labels')), ...behind(labels) });
  await makeService(site, 'parcels', { ...(await onFargate(site, 'parcels')), ...behind(parcels) });
  return both;
}

/** `invoices` has been behind a Classic Load Balancer for years; `receipts` has left its own for another. */
async function makeClassic(site: Site, balancerArn: string): Promise<void> {
  const Listeners = [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: PORT }];
  const classic = { LoadBalancerName: 'invoices', Listeners, Subnets: [...site.balancerSubnets] };
  await site.clients.elb.send(new CreateClassicCommand(classic));
  const loadBalancers = [{ loadBalancerName: 'invoices', containerName: 'app', containerPort: PORT }];
  await makeService(site, 'invoices', { ...(await onWindows(site, 'invoices')), loadBalancers });
  const receipts = await makeGroup(site, { name: 'receipts', balancerArn, listenerPort: 85, type: 'instance' });
  await makeService(site, 'receipts', { ...(await onWindows(site, 'receipts')), ...behind(receipts) });
}

type Revision = Omit<CreateTaskSetCommandInput, 'cluster' | 'service'>;

/** A service that somebody else's controller deploys: by one task set after the other, the last of which is primary. */
async function makeByTaskSets(site: Site, service: string, revisions: readonly Revision[]): Promise<void> {
  const { cluster, clients } = site;
  await makeService(site, service, { deploymentController: { type: 'EXTERNAL' } });
  for (const revision of revisions) {
    const { taskSet } = await clients.ecs.send(new CreateTaskSetCommand({ cluster, service, ...revision }));
    const primaryTaskSet = need(taskSet?.id, 'the id of a task set');
    await clients.ecs.send(new UpdateServicePrimaryTaskSetCommand({ cluster, service, primaryTaskSet }));
  }
}

/** `freight` has left its Windows hosts for Fargate, and its first task set behind, which has a group of its own kind. */
async function makeMoved(site: Site, balancerArn: string): Promise<void> {
  const hosts = await makeGroup(site, { name: 'freight-hosts', balancerArn, listenerPort: 81, type: 'instance' });
  const freight = await makeGroup(site, { name: 'freight', balancerArn, listenerPort: 82 });
  const [before, after] = [await onWindows(site, 'freight'), await onFargate(site, 'freight')];
  await makeByTaskSets(site, 'freight', [
    { ...before, ...behind(hosts) },
    { ...after, ...behind(freight) },
  ]);
}

/** The next revision of `tariffs` goes to a group for instances, which is what groups are for if nothing is said. */
async function makeBlueGreen(site: Site, balancerArn: string): Promise<void> {
  const tariffs = await makePair(site, { name: 'tariffs', balancerArn, listenerPort: 83 }, 'instance');
  await makeService(site, 'tariffs', { ...(await onFargate(site, 'tariffs')), ...tariffs });
  const customs = await makePair(site, { name: 'customs', balancerArn, listenerPort: 84 }, 'ip');
  await makeService(site, 'customs', { ...(await onFargate(site, 'customs')), ...customs });
}

/** `sensors` is behind a Network Load Balancer. */
async function makeSensors(site: Site): Promise<void> {
  const group = await makeNetworkGroup(site, 'sensors');
  await makeService(site, 'sensors', { ...(await onFargate(site, 'sensors')), ...behind(group) });
}

async function seedRegistration(account: LocalAccount): Promise<void> {
  const clients = createSeedClients(account);
  for (const cluster of ['depot', 'yard']) await makeCluster(clients, cluster);
  const depot = await makeSite(account, clients, { cluster: 'depot', kind: 'ipv6-only' });
  await makeStrayTarget(depot);
  await makeLattice(depot);
  await makeSensors(depot);
  await makeConnected(depot);
  await makeNames(depot);
  const yard = await makeSite(account, clients, { cluster: 'yard', kind: 'dual-stack' });
  await makeOldInstance(yard);
  const dualStack = await makeBalanced(yard);
  await makeMoved(yard, dualStack);
  await makeBlueGreen(yard, dualStack);
  await makeClassic(yard, dualStack);
  await account.world.clock.advance(SETTLE_MS);
}

/** `depot` is to be IPv6-only, `yard` dual-stack; of `depot/stock` somebody knows that it listens on `::1`. */
export const registrationPart: DemoPart = {
  name: 'registration',
  scopes: [
    { name: 'depot', match: { clusters: ['depot'] }, posture: 'ipv6-only' },
    { name: 'yard', match: { clusters: ['yard'] }, posture: 'dual-stack' },
  ],
  rules: { 'service-connect-loopback': { options: { verified: ['depot/stock'] } } },
  seed: seedRegistration,
};
