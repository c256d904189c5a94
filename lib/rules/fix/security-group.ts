import type { SecurityPermission } from '../../snapshot/network-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import { awsCommand } from './shell';

/** Shorthand of the aws CLI for `--ip-permissions`. */
function shorthand({ protocol, fromPort, toPort, ipv6Cidrs, groupIds }: SecurityPermission): string {
  return [
    `IpProtocol=${protocol}`,
    ...(fromPort === undefined ? [] : [`FromPort=${fromPort}`, `ToPort=${toPort ?? fromPort}`]),
    ...(ipv6Cidrs.length > 0 ? [`Ipv6Ranges=[${ipv6Cidrs.map((cidr) => `{CidrIpv6=${cidr}}`).join(',')}]`] : []),
    ...(groupIds.length > 0 ? [`UserIdGroupPairs=[${groupIds.map((id) => `{GroupId=${id}}`).join(',')}]`] : []),
  ].join(',');
}

/** Adds the permission to the group. */
export function authorize(
  { region }: Snapshot,
  groupId: string,
  { egress, permission }: { readonly egress: boolean; readonly permission: SecurityPermission },
): string {
  const operation = `authorize-security-group-${egress ? 'egress' : 'ingress'}`;
  return awsCommand(region, 'ec2', operation, '--group-id', groupId, '--ip-permissions', shorthand(permission));
}
