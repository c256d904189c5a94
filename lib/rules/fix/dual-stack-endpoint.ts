import type { VpcEndpoint } from '../../snapshot/network-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** Its subnets have to be dual-stack; only interface endpoints have addresses and records of their own. */
export function dualStackEndpoint({ region }: Snapshot, { id, type }: VpcEndpoint): string {
  const records = type.toLowerCase() === 'interface' ? ['--dns-options', 'DnsRecordIpType=dualstack'] : [];
  const change = ['--vpc-endpoint-id', id, '--ip-address-type', 'dualstack', ...records];
  return awsCommand(region, 'ec2', 'modify-vpc-endpoint', ...change);
}
