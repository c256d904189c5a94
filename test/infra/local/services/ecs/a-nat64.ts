import {
  CreateNatGatewayCommand,
  CreateRouteCommand,
  DescribeRouteTablesCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2';
import { clientSettings } from '../../../../support/local-account';
import type { Site } from './a-site';
import { one } from './one';

/** Lets the first IPv6-only subnet of the site reach what has IPv4 addresses alone. */
export async function giveNat64(site: Site): Promise<void> {
  const ec2 = new EC2Client(clientSettings(site.account));
  const { NatGateway } = await ec2.send(
    new CreateNatGatewayCommand({ SubnetId: site.dualA.id, ConnectivityType: 'private' }),
  );
  await site.clock.advance(300_000);
  const { RouteTables } = await ec2.send(
    new DescribeRouteTablesCommand({ Filters: [{ Name: 'vpc-id', Values: [site.vpc.id] }] }),
  );
  await ec2.send(
    new CreateRouteCommand({
      RouteTableId: one(RouteTables).RouteTableId,
      DestinationIpv6CidrBlock: '64:ff9b::/96',
      NatGatewayId: NatGateway?.NatGatewayId,
    }),
  );
  await ec2.send(new ModifySubnetAttributeCommand({ SubnetId: site.ipv6A.id, EnableDns64: { Value: true } }));
}
