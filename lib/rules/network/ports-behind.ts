import type { LoadBalancer } from '../../snapshot/balancing-resources';
import type { Service, Snapshot } from '../../snapshot/snapshot';

/** Ports of the service's containers behind groups of addresses over IPv6 to which the balancer forwards, and where it checks them. */
export function portsBehind({ targetGroups }: Snapshot, service: Service, { arn }: LoadBalancer): readonly number[] {
  const ports = service.loadBalancers.flatMap(({ targetGroupArn = '', alternateTargetGroupArn = '', containerPort }) =>
    [targetGroupArn, alternateTargetGroupArn]
      .flatMap((one) => targetGroups.get(one) ?? [])
      .filter(
        ({ ipAddressType, targetType, loadBalancerArns }) =>
          ipAddressType === 'ipv6' && targetType === 'ip' && loadBalancerArns.includes(arn),
      )
      .flatMap(({ healthCheckPort }) =>
        containerPort === undefined ? [] : [containerPort, healthCheckPort ?? containerPort],
      ),
  );
  return [...new Set(ports)].sort((one, other) => one - other);
}
