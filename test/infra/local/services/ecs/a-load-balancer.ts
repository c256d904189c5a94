/** Load balancers and Cloud Map services for services of the site. */
import type { CreateTargetGroupCommandInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { RecordType } from '@aws-sdk/client-servicediscovery';
import {
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand,
  GetOperationCommand,
  ListInstancesCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { clientSettings } from '../../../../support/local-account';
import type { Site } from './a-site';

/** Longer than a load balancer or a namespace takes to be set up. */
const SET_UP_MS = 60_000;

export function elbOf({ account }: Site): ElasticLoadBalancingV2Client {
  return new ElasticLoadBalancingV2Client(clientSettings(account));
}

export function cloudMapOf({ account }: Site): ServiceDiscoveryClient {
  return new ServiceDiscoveryClient(clientSettings(account));
}

/** A target group on HTTP port 80 that no load balancer uses. */
export async function aTargetGroup(
  site: Site,
  overrides: Partial<CreateTargetGroupCommandInput> = {},
): Promise<string> {
  const { TargetGroups = [] } = await elbOf(site).send(
    new CreateTargetGroupCommand({
      ...{ Name: 'web', Protocol: 'HTTP', Port: 80, VpcId: site.vpc.id, TargetType: 'ip', IpAddressType: 'ipv6' },
      ...overrides,
    }),
  );
  return TargetGroups[0]?.TargetGroupArn ?? '';
}

/** The same behind a dual-stack Application Load Balancer of its own. */
export async function aBalancedGroup(
  site: Site,
  overrides: Partial<CreateTargetGroupCommandInput> = {},
): Promise<string> {
  const TargetGroupArn = await aTargetGroup(site, overrides);
  const elb = elbOf(site);
  const { LoadBalancers = [] } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: `lb-${overrides.Name ?? 'web'}`,
      Subnets: [site.dualA.id, site.dualB.id],
      IpAddressType: 'dualstack',
    }),
  );
  await site.clock.advance(SET_UP_MS);
  await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn,
      ...{ Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'forward', TargetGroupArn }] },
    }),
  );
  return TargetGroupArn;
}

export interface TargetState {
  readonly id: string;
  readonly port: number;
  readonly state: string;
}

export async function targetsIn(site: Site, TargetGroupArn: string): Promise<TargetState[]> {
  const { TargetHealthDescriptions = [] } = await elbOf(site).send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  return TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
    id: Target?.Id ?? '',
    port: Target?.Port ?? 0,
    state: TargetHealth?.State ?? '',
  }));
}

/** ARN of a Cloud Map service in a private DNS namespace. */
export async function aRegistry(site: Site, records: readonly RecordType[]): Promise<string> {
  const cloudMap = cloudMapOf(site);
  const { OperationId } = await cloudMap.send(
    new CreatePrivateDnsNamespaceCommand({ Name: 'prod.internal', Vpc: site.vpc.id }),
  );
  await site.clock.advance(SET_UP_MS);
  const { Operation } = await cloudMap.send(new GetOperationCommand({ OperationId }));
  const { Service } = await cloudMap.send(
    new CreateServiceCommand({
      Name: 'web',
      NamespaceId: Operation?.Targets?.NAMESPACE,
      DnsConfig: { DnsRecords: records.map((Type) => ({ Type, TTL: 60 })) },
    }),
  );
  return Service?.Arn ?? '';
}

export interface RegistryInstance {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export async function instancesIn(site: Site, registryArn: string): Promise<RegistryInstance[]> {
  const ServiceId = registryArn.slice(registryArn.lastIndexOf('/') + 1);
  const { Instances = [] } = await cloudMapOf(site).send(new ListInstancesCommand({ ServiceId }));
  return Instances.map(({ Id = '', Attributes = {} }) => ({ id: Id, attributes: Attributes }));
}
