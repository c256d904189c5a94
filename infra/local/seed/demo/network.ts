/** Networks: each fault once, beside something that does the same right. */
import {
  AuthorizeSecurityGroupEgressCommand,
  AssociateRouteTableCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateNetworkAclCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  DescribeNetworkAclsCommand,
  ModifySubnetAttributeCommand,
  ModifyVpcAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
  RevokeSecurityGroupEgressCommand,
  type IpAddressType,
} from '@aws-sdk/client-ec2';
import type { LocalAccount } from '../../local-account';
import { createSeedClients, need, type SeedClients } from '../seed-clients';
import {
  makeCluster,
  makeNatGateway,
  makeOldVpc,
  makeService,
  makeSubnet,
  makeVpc,
  recordTraffic,
  type MadeVpc,
  type SubnetKind,
} from './network-parts';
import type { DemoPart } from './part';

/** Where ECS has no IPv6-only tasks. */
const UNSUPPORTED_REGION = 'eu-west-1';

interface Site {
  readonly clients: SeedClients;
  readonly vpc: MadeVpc;
}

const subnetIn = ({ clients, vpc }: Site, index: number, kind: SubnetKind = 'ipv6-only'): Promise<string> =>
  makeSubnet(clients, vpc, { kind, index });

/** A service, named as `cluster/name`. */
function place({ clients }: Site, path: string, subnets: readonly string[]): Promise<void> {
  const [cluster = '', name = ''] = path.split('/');
  return makeService(clients, { cluster, name, subnets });
}

/** A route table of the subnet's own. */
async function ownTable({ clients: { ec2 }, vpc }: Site, SubnetId: string): Promise<string> {
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpc.id }));
  const RouteTableId = need(RouteTable?.RouteTableId, 'RouteTableId');
  await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  return RouteTableId;
}

/** `shop` is as it should be; `billing` has no route, `ledger` is private and open, `vault` is private and closed. */
async function makeRoutes(site: Site): Promise<void> {
  const { ec2 } = site.clients;
  await place(site, 'plaza/shop', [await subnetIn(site, 1)]);
  const closed = await subnetIn(site, 2);
  await ownTable(site, closed);
  await place(site, 'plaza/billing', [closed]);
  const [open, secret] = [await subnetIn(site, 3), await subnetIn(site, 4)];
  await ec2.send(new CreateTagsCommand({ Resources: [open, secret], Tags: [{ Key: 'tier', Value: 'private' }] }));
  const { EgressOnlyInternetGateway } = await ec2.send(
    new CreateEgressOnlyInternetGatewayCommand({ VpcId: site.vpc.id }),
  );
  const RouteTableId = await ownTable(site, secret);
  const EgressOnlyInternetGatewayId = need(EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId, 'its id');
  const route = { RouteTableId, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId };
  await ec2.send(new CreateRouteCommand(route));
  await place(site, 'plaza/ledger', [open]);
  await place(site, 'plaza/vault', [secret]);
}

/** `search` has DNS64, and no route to the NAT gateway that would translate. */
async function makeHalfNat64(site: Site): Promise<void> {
  const SubnetId = await subnetIn(site, 1);
  await site.clients.ec2.send(new ModifySubnetAttributeCommand({ SubnetId, EnableDns64: { Value: true } }));
  await makeNatGateway(site.clients, await subnetIn(site, 2, 'ipv4-only'));
  await recordTraffic(site.clients, site.vpc);
  await place(site, 'plaza/search', [SubnetId]);
}

/** `stall` is in a subnet that assigns nothing, `booth` in one that does. */
async function makeUnassigning(site: Site): Promise<void> {
  const [off, on] = [await subnetIn(site, 1, 'dual-stack'), await subnetIn(site, 2, 'dual-stack')];
  const AssignIpv6AddressOnCreation = { Value: false };
  await site.clients.ec2.send(new ModifySubnetAttributeCommand({ SubnetId: off, AssignIpv6AddressOnCreation }));
  await place(site, 'market/stall', [off]);
  await place(site, 'market/booth', [on]);
}

/** The group of `ads` lets nothing out over IPv6, that of `offers` to a prefix list; the ACL of `mail` has no rules. */
async function makeFilters(site: Site): Promise<void> {
  const { ec2 } = site.clients;
  const subnet = await subnetIn(site, 1);
  const list = { PrefixListName: 'partners', AddressFamily: 'IPv6', MaxEntries: 5, Entries: [{ Cidr: '2600::/12' }] };
  const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand(list));
  const partners = [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: need(PrefixList?.PrefixListId, 'a list') }] }];
  for (const name of ['ads', 'offers']) {
    const wanted = { GroupName: name, Description: name, VpcId: site.vpc.id };
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand(wanted));
    const IpPermissions = [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }];
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
    if (name === 'offers') {
      await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: partners }));
    }
    const securityGroups = [need(GroupId, 'GroupId')];
    await makeService(site.clients, { cluster: 'plaza', name, subnets: [subnet], securityGroups });
  }
  const mail = await subnetIn(site, 2);
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: site.vpc.id }));
  const Filters = [{ Name: 'association.subnet-id', Values: [mail] }];
  const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
  const association = NetworkAcls[0]?.Associations?.find(({ SubnetId }) => SubnetId === mail);
  const { NetworkAclAssociationId: AssociationId } = association ?? {};
  const NetworkAclId = NetworkAcl?.NetworkAclId;
  await ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));
  await place(site, 'plaza/mail', [mail]);
}

/** One endpoint of ECR has IPv4 alone, the other one both. */
async function makeEndpoints(site: Site, region: string): Promise<void> {
  const { ec2 } = site.clients;
  const { id: VpcId } = site.vpc;
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  const subnet = await subnetIn(site, 1, 'dual-stack');
  const endpoint = async (service: string, IpAddressType: IpAddressType): Promise<void> => {
    const named = { ServiceName: `com.amazonaws.${region}.${service}`, VpcEndpointType: 'Interface' } as const;
    const where = { VpcId, SubnetIds: [subnet], PrivateDnsEnabled: true };
    await ec2.send(new CreateVpcEndpointCommand({ ...named, ...where, IpAddressType }));
  };
  await endpoint('ecr.dkr', 'ipv4');
  await endpoint('ecr.api', 'dualstack');
  await place(site, 'plaza/media', [await subnetIn(site, 2)]);
}

/** Services of both kinds stand in one VPC, and its traffic is recorded. */
async function makeMigration(site: Site): Promise<void> {
  await recordTraffic(site.clients, site.vpc);
  await place(site, 'plaza/chat', [await subnetIn(site, 1)]);
  await place(site, 'market/forum', [await subnetIn(site, 2, 'dual-stack')]);
}

async function seedNetwork(account: LocalAccount): Promise<void> {
  const clients = createSeedClients(account);
  const site = async (): Promise<Site> => ({ clients, vpc: await makeVpc(clients) });
  for (const cluster of ['plaza', 'market']) await makeCluster(clients, cluster);
  await makeRoutes(await site());
  await makeHalfNat64(await site());
  await makeUnassigning(await site());
  await makeFilters(await site());
  await makeEndpoints(await site(), account.region);
  await makeMigration(await site());
  const old = { clients, vpc: await makeOldVpc(clients) };
  await place(old, 'market/archive', [await subnetIn(old, 1, 'ipv4-only')]);
  await seedUnsupportedRegion(account);
  await account.world.clock.advance(SETTLE_MS);
}

/** Longer than endpoints take to be there. */
const SETTLE_MS = 120_000;

async function seedUnsupportedRegion(account: LocalAccount): Promise<void> {
  const clients = createSeedClients({ ...account, region: UNSUPPORTED_REGION });
  const site = { clients, vpc: await makeVpc(clients) };
  await makeCluster(clients, 'plaza');
  await place(site, 'plaza/abroad', [await subnetIn(site, 1)]);
}

/** `plaza` is to be IPv6-only, `market` dual-stack. */
export const networkPart: DemoPart = {
  name: 'network',
  regions: [UNSUPPORTED_REGION],
  scopes: [
    { name: 'plaza', match: { clusters: ['plaza'] }, posture: 'ipv6-only' },
    { name: 'market', match: { clusters: ['market'] }, posture: 'dual-stack' },
  ],
  rules: { 'subnet-open-ipv6-route': { options: { privateSubnets: ['tier=private'] } } },
  seed: seedNetwork,
};
