import { recordTypes } from '../../facts/cloudmap-records';
import type { ActualPosture } from '../../policy/policy';
import type { CloudMapService, NetworkMode } from '../../snapshot/snapshot';
import type { FactReader } from '../rule';

/** What is wrong with the records of a Cloud Map service in which tasks of that mode and posture register. */
export interface RecordFault {
  readonly registry: CloudMapService;
  /** `types`: some are not allowed there; `ipv4`: allowed, and none leads to an IPv6 address. */
  readonly kind: 'types' | 'ipv4';
  readonly allowed: readonly string[];
  readonly wanted: readonly string[];
}

const withIpv6 = new Set(['AAAA', 'SRV']);

/** Without records, as in an HTTP namespace, there is nothing to be wrong. */
export function recordFault(
  registry: CloudMapService,
  { mode, posture, fact }: { readonly mode: NetworkMode; readonly posture: ActualPosture; readonly fact: FactReader },
): RecordFault | undefined {
  const types = fact(recordTypes);
  const ofAwsvpc = posture === 'ipv6-only' ? types.ipv6Only : types.dualStack;
  const allowed: readonly string[] = mode === 'awsvpc' ? ofAwsvpc : types.instance;
  const right = registry.recordTypes.filter((type) => allowed.includes(type));
  if (right.length < registry.recordTypes.length) {
    const [first = ''] = mode === 'awsvpc' ? types.ipv6Only : types.instance;
    const kept = right.filter((type) => withIpv6.has(type));
    return { registry, kind: 'types', allowed, wanted: kept.length > 0 ? kept : [first] };
  }
  const isReached = right.length === 0 || right.some((type) => withIpv6.has(type));
  return isReached ? undefined : { registry, kind: 'ipv4', allowed, wanted: [...right, 'AAAA'] };
}
