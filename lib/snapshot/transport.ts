import type { PortBinding, TargetGroup } from './snapshot';

/** Of groups of these protocols: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const overUdp = new Set(['UDP', 'QUIC']);
const overBoth = new Set(['TCP_UDP', 'TCP_QUIC', 'GENEVE']);

/** Whether what the group sends can arrive at the binding: the same number is one port of TCP and another one of UDP. */
export function arrivesAt(group: Pick<TargetGroup, 'protocol'>, { protocol }: PortBinding): boolean {
  if (protocol === undefined || group.protocol === undefined || overBoth.has(group.protocol)) return true;
  return protocol === (overUdp.has(group.protocol) ? 'udp' : 'tcp');
}
