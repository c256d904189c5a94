import { expect, it } from '@jest/globals';
import { plan } from '../../lib/plan/plan';
import { requeue } from '../../lib/trigger/requeue';
import { aFinding, aHeal, aJudgement, anEvaluation, anExecChange } from '../support/action-builders';
import { anInstance, aService, CLUSTER_ARN, NOW, SERVICE_ARN } from '../support/builders';
import { aPolicy } from '../support/policy-builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

const heal = { rule: 'instance-without-primary-ipv6', resource: aHeal().resource, kind: 'instance' } as const;
const exec = { rule: 'service-exec-enabled', resource: SERVICE_ARN, kind: 'service' } as const;
const keys = { instance: 'i-1', service: SERVICE_ARN };

function planned({ rule, resource, kind }: typeof heal | typeof exec, contents: Contents) {
  const judgement = aJudgement({ resource, kind, key: keys[kind] });
  const evaluation = anEvaluation([aFinding({ rule, resource, kind })], [judgement]);
  return plan({ evaluation, snapshot: aSnapshot(contents), policy: aPolicy(), now: NOW, isPartial: true });
}

it('names the primary interface of the instance, and the service in its cluster', () => {
  expect(planned(heal, { instances: [anInstance()] })).toEqual([{ ...aHeal(), atSource: expect.any(String) }]);
  expect(planned(exec, { services: [aService()] })).toEqual([anExecChange()]);
});

it('is nothing without what it takes', () => {
  expect(planned(heal, { instances: [anInstance({ interfaces: [] })] })).toEqual([]);
  expect(planned(heal, {})).toEqual([]);
  expect(planned(exec, {})).toEqual([]);
});

it('is looked at again a minute later', () => {
  const outcomes = [aHeal(), anExecChange()].map((action) => ({ action, status: 'applied' }) as const);
  expect(requeue([], aSnapshot(), outcomes)).toMatchObject([
    { request: { kind: 'instance', id: 'i-1', hops: 1 }, delaySeconds: 60 },
    { request: { kind: 'service', id: SERVICE_ARN, cluster: CLUSTER_ARN, hops: 1 }, delaySeconds: 60 },
  ]);
});
