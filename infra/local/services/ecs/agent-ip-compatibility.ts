/**
 * For which family the agent of a host takes it, and what follows from that. A wrong answer is the agent's own: the host
 * stays what it is. https://github.com/aws/amazon-ecs-agent/blob/master/README.md
 */
import type { Scope } from '../../kernel/scope';
import { hasNat64 } from '../ec2/nat64';
import { findInstance } from '../ec2/instance';
import { agentConfig } from './agent-config';
import { looksForIpv6Only, speaksIpv6Alone } from './agent-version';
import { findHost, hostAddresses } from './host';
import type { InstanceRecord } from './records';

/** Agents for Windows, and those that do not know the setting, take every host for an IPv4 host. */
function takesForIpv6Only(scope: Scope, ec2InstanceId: string, agentVersion: string): boolean {
  if (findInstance(scope, ec2InstanceId)?.image.platform === 'windows' || !looksForIpv6Only(agentVersion)) return false;
  const { ipCompatibility } = agentConfig(scope, ec2InstanceId);
  return ipCompatibility ? ipCompatibility === 'ipv6' : hostAddresses(scope, ec2InstanceId).ipv6Only;
}

const ANY_IPV4 = '0.0.0.0';
const ANY_IPV6 = '::';

/** Docker binds ports of a host in both families; the agent reports those of the family that it takes the host for. */
export function wildcardsOn(
  scope: Scope,
  { ec2InstanceId, versionInfo: { agentVersion = '' } }: Pick<InstanceRecord, 'ec2InstanceId' | 'versionInfo'>,
): readonly string[] {
  if (takesForIpv6Only(scope, ec2InstanceId, agentVersion)) return [ANY_IPV6];
  return agentConfig(scope, ec2InstanceId).excludesIpv6Bindings ? [ANY_IPV4] : [ANY_IPV4, ANY_IPV6];
}

/** On a host that has IPv6 alone, an agent that asks ECS's IPv4 endpoints reaches them by NAT64 only. */
export function reachesEcs(scope: Scope, ec2InstanceId: string, agentVersion: string): boolean {
  const host = findHost(scope, ec2InstanceId);
  if (!host || !hostAddresses(scope, ec2InstanceId).ipv6Only || hasNat64(scope, host.subnetId)) return true;
  return speaksIpv6Alone(agentVersion) && takesForIpv6Only(scope, ec2InstanceId, agentVersion);
}
