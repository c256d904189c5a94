import { describe, expect, it } from '@jest/globals';
import { parentsOf } from '../../lib/report/parents';
import type { ResourceKind } from '../../lib/trigger/request';
import { ORPHAN_KEY, STRAY_KEY } from '../support/action-builders';
import {
  aContainerInstance,
  anInstance,
  aService,
  aTask,
  CLUSTER_ARN,
  CONTAINER_INSTANCE_ARN,
  REGISTRY_ARN,
  SERVICE_ARN,
  TARGET_GROUP_ARN,
  TASK_DEFINITION_ARN,
} from '../support/builders';
import { aSnapshot } from '../support/snapshot-builder';

const snapshot = aSnapshot({
  services: [aService(), aService({ name: 'web', clusterArn: `${CLUSTER_ARN}-2` })],
  tasks: [aTask()],
  containerInstances: [aContainerInstance()],
});

it.each<[ResourceKind, string, readonly string[]]>([
  ['service', SERVICE_ARN, [CLUSTER_ARN]],
  ['task', aTask().arn, [CLUSTER_ARN]],
  ['container-instance', CONTAINER_INSTANCE_ARN, [CLUSTER_ARN]],
  ['instance', anInstance().arn, [CLUSTER_ARN]],
  ['task-definition', TASK_DEFINITION_ARN, [CLUSTER_ARN, `${CLUSTER_ARN}-2`]],
  ['target', ORPHAN_KEY, [TARGET_GROUP_ARN]],
  ['cloudmap-instance', STRAY_KEY, [REGISTRY_ARN]],
  ['target-group', TARGET_GROUP_ARN, []],
  ['service', 'unknown', []],
])('%s %s lies in %j', (kind, resource, parents) => {
  expect(parentsOf(snapshot, { kind, resource })).toEqual(parents);
});

describe('the empty snapshot', () => {
  it('knows no parents', () => {
    expect(parentsOf(aSnapshot(), { kind: 'instance', resource: anInstance().arn })).toEqual([]);
  });
});
