/** The networks that judged services, tasks and hosts stand in: what is judged for their sake, and what that needs. */
import type { NetworkReads } from '../aws/network-reads';
import { judge, noteGaps, noteListGaps, type Draft } from './draft';
import { collectSubnetsById, collectVpcs } from './collect-networks';
import { toFlowLog, toNetworkAcl, toRouteTable, toSecurityGroup, toVpcEndpoint } from './network-shapes';
import type { InstanceInterface } from './host-resources';
import { distinct } from './pick';
import { prefixListsOf, withListsOfGroup, withListsOfTable } from './prefix-lists';
import { primaryInterfaceOf } from './primary-interface';
import type { Session } from './session';
import type { Service, Task } from './snapshot';

interface Users {
  readonly services: readonly Service[];
  /** Of no service. */
  readonly tasks: readonly Task[];
  /** What hosts start with. */
  readonly interfaces: readonly InstanceInterface[];
}

function judgedUsers({ judged, services, tasks, instances }: Draft): Users {
  const keys = (kind: 'service' | 'task' | 'instance'): readonly string[] => [...(judged.get(kind) ?? [])];
  const hosts = keys('instance').flatMap((id) => instances.get(id) ?? []);
  return {
    services: keys('service').flatMap((arn) => services.get(arn) ?? []),
    tasks: keys('task')
      .flatMap((arn) => tasks.get(arn) ?? [])
      .filter(({ serviceName }) => serviceName === undefined),
    interfaces: hosts.flatMap((host) => primaryInterfaceOf(host) ?? []),
  };
}

function subnetIdsOf({ services, tasks, interfaces }: Users): readonly string[] {
  return distinct([
    ...services.flatMap(({ subnetIds }) => subnetIds),
    ...[...tasks, ...interfaces].map(({ subnetId }) => subnetId),
  ]);
}

function judgeAll(draft: Draft, kind: 'subnet' | 'vpc', keys: readonly string[]): void {
  for (const key of keys) if ((kind === 'subnet' ? draft.subnets : draft.vpcs).has(key)) judge(draft, kind, key);
}

/** The reads are not there where only events are handled. */
interface NetworkSession {
  readonly network: NetworkReads;
  readonly draft: Draft;
}

async function collectRouteTables({ network, draft }: NetworkSession, vpcIds: readonly string[]): Promise<void> {
  const read = await network.describeRouteTablesOfVpcs(vpcIds);
  noteListGaps(draft, 'routeTables', read);
  for (const table of read.items.map(toRouteTable)) draft.routeTables.set(table.id, table);
}

async function collectSecurityGroups({ network, draft }: NetworkSession, ids: readonly string[]): Promise<void> {
  const read = await network.describeSecurityGroups(ids);
  noteGaps(draft, 'securityGroups', read);
  for (const group of read.items.map(toSecurityGroup)) {
    draft.securityGroups.set(group.id, group);
    judge(draft, 'security-group', group.id);
  }
}

/** What the lists hold takes their place in groups and tables; it can change, so it is read anew in each pass. */
async function resolvePrefixLists({ network, draft }: NetworkSession): Promise<void> {
  const { securityGroups, routeTables } = draft;
  const users = { groups: [...securityGroups.values()], tables: [...routeTables.values()] };
  const read = await network.describePrefixLists(prefixListsOf(users));
  noteGaps(draft, 'prefixLists', read);
  const lists = new Map(read.items.map(({ id, cidrs }) => [id, cidrs.filter(isIpv6)]));
  for (const group of users.groups) securityGroups.set(group.id, withListsOfGroup(group, lists));
  for (const table of users.tables) routeTables.set(table.id, withListsOfTable(table, lists));
}

const isIpv6 = (cidr: string): boolean => cidr.includes(':');

async function collectNetworkAcls({ network, draft }: NetworkSession, subnetIds: readonly string[]): Promise<void> {
  const read = await network.describeNetworkAclsOfSubnets(subnetIds);
  noteListGaps(draft, 'networkAcls', read);
  for (const acl of read.items.map(toNetworkAcl)) {
    draft.networkAcls.set(acl.id, acl);
    judge(draft, 'network-acl', acl.id);
  }
}

async function collectVpcEndpoints({ network, draft }: NetworkSession, vpcIds: readonly string[]): Promise<void> {
  const read = await network.describeEndpointsOfVpcs(vpcIds);
  noteListGaps(draft, 'vpcEndpoints', read);
  for (const endpoint of read.items.map(toVpcEndpoint)) {
    draft.vpcEndpoints.set(endpoint.id, endpoint);
    judge(draft, 'vpc-endpoint', endpoint.id);
  }
}

async function collectFlowLogs({ network, draft }: NetworkSession): Promise<void> {
  const read = await network.listFlowLogs();
  noteListGaps(draft, 'flowLogs', read);
  for (const log of read.items.map(toFlowLog)) draft.flowLogs.set(log.id, log);
}

/** Everything that traffic of the judged passes; nothing where nothing is judged. */
export async function collectNetwork(session: Session): Promise<void> {
  const { draft, reads, withSurroundings } = session;
  if (!withSurroundings || !reads.network) return;
  const users = judgedUsers(draft);
  const subnetIds = subnetIdsOf(users);
  const vpcIds = distinct(subnetIds.map((id) => draft.subnets.get(id)?.vpcId));
  if (vpcIds.length === 0) return;
  const ofServices = users.services.flatMap(({ securityGroupIds }) => securityGroupIds);
  const ofHosts = users.interfaces.flatMap(({ securityGroupIds }) => securityGroupIds);
  const inNetwork = { network: reads.network, draft };
  const balancers = [...draft.loadBalancers.values()];
  const ofBalancers = balancers.flatMap(({ securityGroupIds }) => securityGroupIds);
  await collectSubnetsById(
    session,
    balancers.flatMap((balancer) => balancer.subnetIds),
  );
  await collectVpcs(session, vpcIds);
  judgeAll(draft, 'subnet', subnetIds);
  judgeAll(draft, 'vpc', vpcIds);
  await collectRouteTables(inNetwork, vpcIds);
  await collectSecurityGroups(inNetwork, distinct([...ofServices, ...ofHosts, ...ofBalancers]));
  await resolvePrefixLists(inNetwork);
  await collectNetworkAcls(inNetwork, subnetIds);
  await collectVpcEndpoints(inNetwork, vpcIds);
  await collectFlowLogs(inNetwork);
}
