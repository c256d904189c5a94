import { expect, it } from '@jest/globals';
import { plan } from '../../lib/plan/plan';
import { aFinding, aJudgement, anEvaluation, ORPHAN_ADDRESS, ORPHAN_KEY, STRAY_KEY } from '../support/action-builders';
import {
  aCloudMapInstance,
  aCloudMapService,
  aService,
  aTarget,
  aTargetGroup,
  aTask,
  NOW,
  REGISTRY_ARN,
} from '../support/builders';
import { aPolicy } from '../support/policy-builders';
import { aSnapshot } from '../support/snapshot-builder';

it('removals name the task for which ECS registered it', () => {
  const task = aTask({ id: 'gone', ipv6Addresses: [ORPHAN_ADDRESS] });
  const snapshot = aSnapshot({
    ...{ services: [aService({ registries: [{ registryArn: REGISTRY_ARN }] })], tasks: [task] },
    ...{ targetGroups: [aTargetGroup()], targets: [aTarget({ targetId: ORPHAN_ADDRESS, key: ORPHAN_KEY })] },
    ...{ cloudMapServices: [aCloudMapService()], cloudMapInstances: [aCloudMapInstance({ instanceId: 'gone' })] },
  });
  const entry = { resource: STRAY_KEY, kind: 'cloudmap-instance' } as const;
  const evaluation = anEvaluation([aFinding(), aFinding(entry)], [aJudgement(), aJudgement(entry)]);
  const actions = plan({ evaluation, snapshot, policy: aPolicy(), now: NOW });
  expect(actions).toMatchObject([{ ownedBy: task.arn }, { ownedBy: task.arn }]);
});
