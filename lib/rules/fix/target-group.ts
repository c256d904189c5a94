import type { Snapshot, TargetGroup } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const MAX_NAME = 32;

/** The name with a suffix, cut where both would be too long. */
export const suffixed = (name: string, suffix: string, max = MAX_NAME): string =>
  `${name.slice(0, max - suffix.length)}${suffix}`;

function option(name: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [name, String(value)];
}

/** Creates another group like this one. */
function createGroup({ region }: Snapshot, group: TargetGroup): string {
  const { name, protocol, port, vpcId, targetType, ipAddressType } = group;
  return awsCommand(
    region,
    ...['elbv2', 'create-target-group', '--name', name],
    ...['--target-type', targetType, '--ip-address-type', ipAddressType],
    ...option('--protocol', protocol),
    ...option('--port', port),
    ...option('--vpc-id', vpcId),
  );
}

/** Creates an IPv6 twin: the IP address type of a group is chosen when it is created and cannot be changed. */
export function createIpv6TargetGroup(snapshot: Snapshot, group: TargetGroup): string {
  return createGroup(snapshot, { ...group, name: suffixed(group.name, '-ipv6'), ipAddressType: 'ipv6' });
}

/** Creates a twin of another target type, which cannot be changed either. */
export function createTypedTargetGroup(
  snapshot: Snapshot,
  group: TargetGroup,
  targetType: TargetGroup['targetType'],
): string {
  return createGroup(snapshot, { ...group, name: suffixed(group.name, `-${targetType}`), targetType });
}
