/**
 * What the agent of a host reads in `/etc/ecs/ecs.config` when it starts, as the host's user data wrote it there:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
 */
import type { Scope } from '../../kernel/scope';
import { findInstance } from '../ec2/instance';

export interface AgentConfig {
  /** `ECS_CLUSTER` */
  readonly cluster: string | undefined;
  /** `ECS_INSTANCE_IP_COMPATIBILITY`; absent where the agent finds out by itself. */
  readonly ipCompatibility: 'ipv4' | 'ipv6' | undefined;
  /** `ECS_EXCLUDE_IPV6_PORTBINDING`: nothing of IPv6 is said of ports on hosts that are taken for IPv4 hosts. */
  readonly excludesIpv6Bindings: boolean;
}

const COMMENT = /(^|\s)#.*$/gm;

export function agentConfig(scope: Scope, ec2InstanceId: string): AgentConfig {
  const { userData = '' } = findInstance(scope, ec2InstanceId) ?? {};
  const text = Buffer.from(userData, 'base64').toString().replace(COMMENT, '');
  const compatibility = setting(text, 'ECS_INSTANCE_IP_COMPATIBILITY')?.toLowerCase();
  return {
    cluster: setting(text, 'ECS_CLUSTER'),
    ipCompatibility: compatibility === 'ipv4' || compatibility === 'ipv6' ? compatibility : undefined,
    excludesIpv6Bindings: setting(text, 'ECS_EXCLUDE_IPV6_PORTBINDING')?.toLowerCase() !== 'false',
  };
}

/** What is written last holds. */
function setting(text: string, name: string): string | undefined {
  const pattern = new RegExp(`(?:^|[\\s"';])${name}=["']?([a-zA-Z0-9_-]+)`, 'gm');
  return [...text.matchAll(pattern)].at(-1)?.[1];
}
