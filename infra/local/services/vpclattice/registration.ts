/** Targets of a group, whoever registers them: a caller of the API or ECS. */
import { isIPv4, isIPv6 } from 'node:net';
import type { Scope } from '../../kernel/scope';
import { canonicalAddress } from '../ec2/cidr';
import type { LatticeTarget, LatticeTargetGroup } from './state';

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TargetSummary.html */
const DRAINING_MS = 5 * 60_000;

export interface TargetName {
  readonly id?: string | undefined;
  /** The group's own if absent. */
  readonly port?: number | undefined;
}

/** Undefined if the target does not fit the group. */
export function register(group: LatticeTargetGroup, target: TargetName): LatticeTarget | undefined {
  const kept = admitted(group, target);
  if (kept) group.targets.set(keyOf(kept), kept);
  return kept;
}

/** Why a target does not fit, in words that AWS does not publish. */
export function unfit({ ipAddressType }: LatticeTargetGroup): string {
  return `Target is not of IP address type ${String(ipAddressType)}`;
}

export function findTarget(group: LatticeTargetGroup, target: TargetName): LatticeTarget | undefined {
  const wanted = admitted(group, target);
  return wanted && group.targets.get(keyOf(wanted));
}

/** The target drains, and goes then; undefined if it is not registered. */
export function deregister(scope: Scope, group: LatticeTargetGroup, target: TargetName): LatticeTarget | undefined {
  const found = findTarget(group, target);
  if (!found) return undefined;
  found.draining = true;
  scope.clock.after(DRAINING_MS, () => {
    // registered anew meanwhile: that is another record
    if (group.targets.get(keyOf(found)) === found) group.targets.delete(keyOf(found));
  });
  return found;
}

/** What the target is kept as. */
function admitted(group: LatticeTargetGroup, { id = '', port }: TargetName): LatticeTarget | undefined {
  const draining = false;
  if (group.type === 'LAMBDA') return { id, port: undefined, draining };
  if (group.type !== 'IP') return { id, port: port ?? group.port, draining };
  const address = hasFamilyOf(group, id) ? canonicalAddress(id) : undefined;
  return address === undefined ? undefined : { id: address, port: port ?? group.port, draining };
}

function hasFamilyOf({ ipAddressType }: LatticeTargetGroup, id: string): boolean {
  return ipAddressType === 'IPV6' ? isIPv6(id) : isIPv4(id);
}

function keyOf({ id, port }: Pick<LatticeTarget, 'id' | 'port'>): string {
  return `${id}:${String(port)}`;
}
