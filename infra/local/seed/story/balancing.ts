/** The story's load balancer and target groups, and its Cloud Map namespace. */
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  type TargetGroupIpAddressTypeEnum,
  type TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateServiceCommand } from '@aws-sdk/client-servicediscovery';
import type { LocalAccount } from '../../local-account';
import type { StoryNetwork } from './network';
import { need, type SeedClients } from '../seed-clients';
import { makeDnsNamespace } from '../seed-namespace';

export interface StoryBalancing {
  /** ip, ipv6: for `web`. */
  readonly webGroupArn: string;
  /** ip, ipv4: for `legacy`. */
  readonly legacyGroupArn: string;
  /** instance, ipv6: for `edge`. */
  readonly edgeGroupArn: string;
  /** Cloud Map service of `web`. */
  readonly webRegistryArn: string;
  readonly webRegistryId: string;
}

interface Group {
  readonly name: string;
  readonly targetType: TargetTypeEnum;
  readonly ipAddressType: TargetGroupIpAddressTypeEnum;
  readonly listenerPort: number;
}

const GROUPS = {
  web: { name: 'web-v6', targetType: 'ip', ipAddressType: 'ipv6', listenerPort: 80 },
  legacy: { name: 'legacy-v4', targetType: 'ip', ipAddressType: 'ipv4', listenerPort: 81 },
  edge: { name: 'edge-v6', targetType: 'instance', ipAddressType: 'ipv6', listenerPort: 82 },
} as const satisfies Record<string, Group>;

export async function createStoryBalancing(
  account: LocalAccount,
  clients: SeedClients,
  network: StoryNetwork,
): Promise<StoryBalancing> {
  const { LoadBalancers = [] } = await clients.elbv2.send(
    new CreateLoadBalancerCommand({
      Name: 'shop',
      Type: 'application',
      Scheme: 'internet-facing',
      IpAddressType: 'dualstack',
      Subnets: [...network.dualStackSubnetIds],
      SecurityGroups: [network.securityGroupId],
    }),
  );
  const balancerArn = need(LoadBalancers[0]?.LoadBalancerArn, 'LoadBalancerArn');
  const group = async ({ name, targetType, ipAddressType, listenerPort }: Group): Promise<string> => {
    const wanted = { Name: name, TargetType: targetType, IpAddressType: ipAddressType, VpcId: network.vpcId };
    const check = { HealthCheckIntervalSeconds: 5, HealthyThresholdCount: 2, HealthCheckTimeoutSeconds: 2 };
    const command = new CreateTargetGroupCommand({ ...wanted, ...check, Protocol: 'HTTP', Port: 8080 });
    const { TargetGroups = [] } = await clients.elbv2.send(command);
    const TargetGroupArn = need(TargetGroups[0]?.TargetGroupArn, 'TargetGroupArn');
    const listener = { LoadBalancerArn: balancerArn, Protocol: 'HTTP', Port: listenerPort } as const;
    await clients.elbv2.send(
      new CreateListenerCommand({ ...listener, DefaultActions: [{ Type: 'forward', TargetGroupArn }] }),
    );
    return TargetGroupArn;
  };
  return {
    webGroupArn: await group(GROUPS.web),
    legacyGroupArn: await group(GROUPS.legacy),
    edgeGroupArn: await group(GROUPS.edge),
    ...(await createRegistry(account, clients, network)),
  };
}

async function createRegistry(account: LocalAccount, clients: SeedClients, { vpcId }: StoryNetwork) {
  const NamespaceId = await makeDnsNamespace(account, clients, { Name: 'shop.internal', Vpc: vpcId });
  const DnsConfig = { DnsRecords: [{ Type: 'AAAA' as const, TTL: 10 }] };
  const { Service } = await clients.serviceDiscovery.send(
    new CreateServiceCommand({ Name: 'web', NamespaceId, DnsConfig }),
  );
  return { webRegistryArn: need(Service?.Arn, 'Arn'), webRegistryId: need(Service?.Id, 'Id') };
}
