import type { Scope } from '../../kernel/scope';
import type { Subnet } from './subnet';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hostname-types.html */
function privateZone(region: string): string {
  return region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
}

/** `ip-10-0-0-5.eu-west-2.compute.internal` */
export function ipName(scope: Scope, ipv4: string): string {
  return `ip-${ipv4.replaceAll('.', '-')}.${privateZone(scope.region)}`;
}

/** Private name of an instance: after its address or its id, as the subnet says. */
export function privateDnsName(
  scope: Scope,
  subnet: Subnet,
  { instanceId, ipv4 }: { readonly instanceId: string; readonly ipv4: string | undefined },
): string {
  if (ipv4 !== undefined && subnet.hostnameType === 'ip-name') return ipName(scope, ipv4);
  return `${instanceId}.${privateZone(scope.region)}`;
}

/** `ec2-35-176-0-1.eu-west-2.compute.amazonaws.com` */
export function publicDnsName(scope: Scope, publicIpv4: string): string {
  const zone = scope.region === 'us-east-1' ? 'compute-1' : `${scope.region}.compute`;
  return `ec2-${publicIpv4.replaceAll('.', '-')}.${zone}.amazonaws.com`;
}
