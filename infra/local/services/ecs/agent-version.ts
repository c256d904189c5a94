/** Since 1.96.0 agents look whether their host has IPv6 alone: https://github.com/aws/amazon-ecs-agent/blob/master/CHANGELOG.md */
const LOOKS = { major: 1, minor: 96 };
/** Since 1.98.0 they can do with IPv6 alone, and say so: https://github.com/aws/amazon-ecs-agent/pull/4695 */
const SPEAKS_IPV6 = { major: 1, minor: 98 };

export const looksForIpv6Only = (agentVersion: string): boolean => isFrom(agentVersion, LOOKS);
export const speaksIpv6Alone = (agentVersion: string): boolean => isFrom(agentVersion, SPEAKS_IPV6);

function isFrom(agentVersion: string, first: { readonly major: number; readonly minor: number }): boolean {
  const [major = 0, minor = 0] = agentVersion.split('.').map(Number);
  return major > first.major || (major === first.major && minor >= first.minor);
}
