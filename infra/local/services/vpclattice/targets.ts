import type {
  DeregisterTargetsRequest,
  ListTargetsRequest,
  RegisterTargetsRequest,
  Target,
  TargetFailure,
  TargetSummary,
} from '@aws-sdk/client-vpc-lattice';
import { isIPv4, isIPv6 } from 'node:net';
import { operation } from '../../kernel/operation';
import { page } from '../../kernel/page';
import { canonicalAddress } from '../ec2/cidr';
import { invalid } from './lattice-error';
import { requireTargetGroup, type LatticeTarget, type LatticeTargetGroup } from './state';
import { MAX_PAGE, onTargetGroup } from './target-groups';

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_RegisterTargets.html */
const MAX_TARGETS = 100;
/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TargetSummary.html */
const DRAINING_MS = 5 * 60_000;

function checkCount(targets: readonly Target[] = []): readonly Target[] {
  if (targets.length > 0 && targets.length <= MAX_TARGETS) return targets;
  throw invalid(`Between 1 and ${String(MAX_TARGETS)} targets are allowed`);
}

const hasFamilyOf = ({ ipAddressType }: LatticeTargetGroup, id: string): boolean =>
  ipAddressType === 'IPV6' ? isIPv6(id) : isIPv4(id);

/** What the target is kept as; undefined if it does not fit the group. */
function admitted(group: LatticeTargetGroup, { id = '', port }: Target): LatticeTarget | undefined {
  const draining = false;
  if (group.type === 'LAMBDA') return { id, port: undefined, draining };
  if (group.type !== 'IP') return { id, port: port ?? group.port, draining };
  const address = hasFamilyOf(group, id) ? canonicalAddress(id) : undefined;
  return address === undefined ? undefined : { id: address, port: port ?? group.port, draining };
}

const keyOf = ({ id, port }: Pick<LatticeTarget, 'id' | 'port'>): string => `${id}:${String(port)}`;

const failure = ({ id, port }: Target, failureCode: string, failureMessage: string): TargetFailure => ({
  ...{ id, port, failureCode, failureMessage },
});

const registerTargets = operation({
  accepts: ['targetGroupIdentifier', 'targets'],
  authorize: onTargetGroup('RegisterTargets'),
  run({ targetGroupIdentifier, targets }: RegisterTargetsRequest, { scope }) {
    const group = requireTargetGroup(scope, targetGroupIdentifier);
    const successful: Target[] = [];
    const unsuccessful: TargetFailure[] = [];
    for (const target of checkCount(targets)) {
      const kept = admitted(group, target);
      // The codes of failures are not documented.
      const why = `Target is not of IP address type ${group.ipAddressType ?? ''}`;
      if (!kept) unsuccessful.push(failure(target, 'InvalidTarget', why));
      else {
        group.targets.set(keyOf(kept), kept);
        successful.push({ id: kept.id, port: kept.port });
      }
    }
    return { successful, unsuccessful };
  },
});

function registered(group: LatticeTargetGroup, target: Target): LatticeTarget | undefined {
  const wanted = admitted(group, target);
  return wanted && group.targets.get(keyOf(wanted));
}

const deregisterTargets = operation({
  accepts: ['targetGroupIdentifier', 'targets'],
  authorize: onTargetGroup('DeregisterTargets'),
  run({ targetGroupIdentifier, targets }: DeregisterTargetsRequest, { scope }) {
    const group = requireTargetGroup(scope, targetGroupIdentifier);
    const successful: Target[] = [];
    const unsuccessful: TargetFailure[] = [];
    for (const target of checkCount(targets)) {
      const found = registered(group, target);
      if (!found) {
        unsuccessful.push(failure(target, 'TargetNotFound', 'Target is not registered'));
        continue;
      }
      found.draining = true;
      scope.clock.after(DRAINING_MS, () => {
        // registered anew meanwhile: that is another record
        if (group.targets.get(keyOf(found)) === found) group.targets.delete(keyOf(found));
      });
      successful.push({ id: found.id, port: found.port });
    }
    return { successful, unsuccessful };
  },
});

/** No Lattice service is simulated, so that every target that stays is out of use. */
const summaryOf = ({ id, port, draining }: LatticeTarget): TargetSummary => ({
  ...{ id, port },
  status: draining ? 'DRAINING' : 'UNUSED',
  ...(!draining && { reasonCode: 'TargetGroupNotInUse' }),
});

const listTargets = operation({
  accepts: ['targetGroupIdentifier', 'targets', 'maxResults', 'nextToken'],
  authorize: onTargetGroup('ListTargets'),
  run({ targetGroupIdentifier, targets = [], maxResults = MAX_PAGE, nextToken }: ListTargetsRequest, { scope }) {
    const group = requireTargetGroup(scope, targetGroupIdentifier);
    const wanted =
      targets.length > 0 ? targets.flatMap((each) => registered(group, each) ?? []) : group.targets.values();
    const invalidToken = invalid('The token is not valid');
    const { items, token } = page([...wanted], { token: nextToken, size: maxResults, invalidToken });
    return { items: items.map(summaryOf), nextToken: token };
  },
});

export const targetOperations = {
  DeregisterTargets: deregisterTargets,
  ListTargets: listTargets,
  RegisterTargets: registerTargets,
};
