import type { Snapshot, TargetGroup } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const MAX_NAME = 32;
const SUFFIX = '-ipv6';

function option(name: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [name, String(value)];
}

/** Creates an IPv6 twin: the IP address type of a group is chosen when it is created and cannot be changed. */
export function createIpv6TargetGroup({ region }: Snapshot, group: TargetGroup): string {
  const { name, protocol, port, vpcId, targetType } = group;
  return awsCommand(
    region,
    ...['elbv2', 'create-target-group', '--name', `${name.slice(0, MAX_NAME - SUFFIX.length)}${SUFFIX}`],
    ...['--target-type', targetType, '--ip-address-type', 'ipv6'],
    ...option('--protocol', protocol),
    ...option('--port', port),
    ...option('--vpc-id', vpcId),
  );
}
