/** Load balancers, target groups and Cloud Map services of a fleet, by the operations that the API offers. */
import type { Call } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { createLoadBalancer } from '../../services/elbv2/create-load-balancer';
import { createTargetGroup } from '../../services/elbv2/create-target-group';
import { listenerOperations } from '../../services/elbv2/listeners';
import { namespaceCreations } from '../../services/servicediscovery/namespaces';
import { createService } from '../../services/servicediscovery/services';
import { cloudMap } from '../../services/servicediscovery/state';
import { need } from '../seed-clients';
import type { FleetNetwork } from './fleet-network';
import { CONTAINER_PORT } from './fleet-network';
import type { ServicePlan } from './fleet-plan';

/** Of a load balancer's listeners, one for each group behind it. */
const FIRST_LISTENER_PORT = 9_000;
/** Between two health checks of a target. */
export const CHECK_SECONDS = 30;

/** As the account's administrator would call, without the wire. */
const asAdministrator = (scope: Scope): Call => ({
  ...{ scope, seen: scope },
  principal: { account: scope.account, arn: `arn:${scope.partition}:iam::${scope.account}:root` },
  requestId: scope.ids.uuid(),
  operation: 'Seed',
  endpoint: '',
});

/** Starts making the namespace; it is there a while later. */
export function startNamespace(scope: Scope, { vpcId }: FleetNetwork): void {
  void namespaceCreations.CreatePrivateDnsNamespace.run({ Name: 'fleet.internal', Vpc: vpcId }, asAdministrator(scope));
}

export interface Balancing {
  /** A target group behind the cluster's load balancer, of the family and type that the service needs. */
  groupFor(service: ServicePlan): Promise<string>;
  /** A Cloud Map service with the records that the service needs. */
  registryFor(service: ServicePlan): Promise<string>;
}

/** The load balancer of one cluster, and what hangs on it. */
export async function createBalancing(scope: Scope, network: FleetNetwork, cluster: string): Promise<Balancing> {
  const call = asAdministrator(scope);
  const { LoadBalancers = [] } = await createLoadBalancer.run(
    {
      Name: cluster,
      Type: 'application',
      Scheme: 'internal',
      IpAddressType: 'dualstack',
      Subnets: [...network.dualStackSubnetIds],
      SecurityGroups: [network.securityGroupId],
    },
    call,
  );
  const LoadBalancerArn = need(LoadBalancers[0]?.LoadBalancerArn, 'LoadBalancerArn');
  let port = FIRST_LISTENER_PORT;
  return {
    async groupFor({ name, networkMode, fault }) {
      const kind = {
        TargetType: networkMode === 'awsvpc' ? 'ip' : 'instance',
        IpAddressType: fault === 'ipv4-network' ? 'ipv4' : 'ipv6',
      } as const;
      const wanted = { Name: name, VpcId: network.vpcId, Protocol: 'HTTP', Port: CONTAINER_PORT } as const;
      const check = { HealthCheckIntervalSeconds: CHECK_SECONDS, HealthCheckTimeoutSeconds: 2 };
      const { TargetGroups = [] } = await createTargetGroup.run({ ...wanted, ...kind, ...check }, call);
      const TargetGroupArn = need(TargetGroups[0]?.TargetGroupArn, 'TargetGroupArn');
      const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
      const listener = { LoadBalancerArn, Protocol: 'HTTP', Port: port++, DefaultActions } as const;
      await listenerOperations.CreateListener.run({ ...listener, DefaultActions }, call);
      return TargetGroupArn;
    },
    async registryFor({ name, networkMode }) {
      const [namespace] = cloudMap(scope).namespaces.values();
      const Type = networkMode === 'awsvpc' ? 'AAAA' : 'SRV';
      const DnsConfig = { DnsRecords: [{ Type, TTL: 10 }] } as const;
      const { Service } = await createService.run(
        { Name: name, NamespaceId: namespace?.id, DnsConfig: { DnsRecords: [...DnsConfig.DnsRecords] } },
        call,
      );
      return need(Service?.Arn, 'Arn');
    },
  };
}
