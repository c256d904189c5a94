import type { LoadBalancer } from '../../snapshot/balancing-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** Lets a load balancer take IPv6; it can be turned at any time, and its DNS name gets AAAA records. */
export function makeDualStack({ region }: Snapshot, { arn }: LoadBalancer): string {
  return awsCommand(
    region,
    'elbv2',
    'set-ip-address-type',
    '--load-balancer-arn',
    arn,
    '--ip-address-type',
    'dualstack',
  );
}

/** Shows what a Classic Load Balancer does, so that another can do the same. */
export function showClassic({ region }: Snapshot, names: readonly string[]): string {
  return awsCommand(region, 'elb', 'describe-load-balancers', '--load-balancer-names', ...names);
}
