import { expect, it } from '@jest/globals';
import { quayPart } from '../../../../infra/local/seed/demo/quay';
import { auditParts } from '../../../support/audit-parts';

it('has one host that blocks registrations, beside one that does not', async () => {
  const [audit, ...others] = await auditParts(quayPart);
  if (!audit) throw new Error('Nothing was swept.');
  expect(others).toEqual([]);
  const { snapshot, findings } = audit;
  expect(snapshot.gaps).toEqual([]);
  const names = new Map([...snapshot.instances.values()].map(({ arn, tags }) => [arn, tags['Name']]));
  expect([...names.values()].sort()).toEqual(['annex', 'dock']);
  expect(findings.map(({ status, rule, resource }) => [status, rule, names.get(resource)])).toEqual([
    ['open', 'target-blocks-registration', 'annex'],
    ['exempt', 'network-mode-not-awsvpc', undefined],
  ]);
  // the task on the other host has been taken
  expect([...snapshot.targets.values()].map(({ targetId }) => snapshot.instances.get(targetId)?.tags['Name'])).toEqual([
    'dock',
  ]);
});
