import type {
  DeregisterTargetsRequest,
  ListTargetsRequest,
  RegisterTargetsRequest,
  Target,
  TargetFailure,
  TargetSummary,
} from '@aws-sdk/client-vpc-lattice';
import { operation } from '../../kernel/operation';
import { page } from '../../kernel/page';
import { invalid } from './lattice-error';
import { deregister, findTarget, register, unfit } from './registration';
import { requireTargetGroup, type LatticeTarget } from './state';
import { MAX_PAGE, onTargetGroup } from './target-groups';

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_RegisterTargets.html */
const MAX_TARGETS = 100;
function checkCount(targets: readonly Target[] = []): readonly Target[] {
  if (targets.length > 0 && targets.length <= MAX_TARGETS) return targets;
  throw invalid(`Between 1 and ${String(MAX_TARGETS)} targets are allowed`);
}

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
      const kept = register(group, target);
      // The codes of failures are not documented.
      if (kept) successful.push({ id: kept.id, port: kept.port });
      else unsuccessful.push(failure(target, 'InvalidTarget', unfit(group)));
    }
    return { successful, unsuccessful };
  },
});

const deregisterTargets = operation({
  accepts: ['targetGroupIdentifier', 'targets'],
  authorize: onTargetGroup('DeregisterTargets'),
  run({ targetGroupIdentifier, targets }: DeregisterTargetsRequest, { scope }) {
    const group = requireTargetGroup(scope, targetGroupIdentifier);
    const successful: Target[] = [];
    const unsuccessful: TargetFailure[] = [];
    for (const target of checkCount(targets)) {
      const found = deregister(scope, group, target);
      if (found) successful.push({ id: found.id, port: found.port });
      else unsuccessful.push(failure(target, 'TargetNotFound', 'Target is not registered'));
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
      targets.length > 0 ? targets.flatMap((each) => findTarget(group, each) ?? []) : group.targets.values();
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
