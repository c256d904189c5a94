/** Between two sweeps, tags go on naming what only sweeps ask about. */
import { expect, it } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import type { Judgement } from '../../lib/evaluate/judgement';
import { plan } from '../../lib/plan/plan';
import { aFinding, aJudgement, anEvaluation } from '../support/action-builders';
import { aService, NOW, SERVICE_ARN } from '../support/builders';
import { aPolicy } from '../support/policy-builders';
import { aSnapshot } from '../support/snapshot-builder';

const tagsOf = (rules: string) => ({
  'ecs-ipv6:status': 'violation',
  'ecs-ipv6:rules': rules,
  'ecs-ipv6:since': '2026-11-30',
});
const found = aFinding({ rule: 'found', resource: SERVICE_ARN, kind: 'service', remedy: 'suggest' });

/** What is planned for a service with these tags, in a pass that could not ask `unasked` and `another`. */
function planned(status: Judgement['status'], tagged: string, findings: readonly Finding[] = []): unknown {
  const unasked = ['another', 'unasked'];
  const judgement = aJudgement({ resource: SERVICE_ARN, kind: 'service', mode: 'tag', status, unasked });
  const snapshot = aSnapshot({ services: [aService({ tags: tagsOf(tagged) })], hasSurroundings: false });
  const actions = plan({ evaluation: anEvaluation(findings, [judgement]), snapshot, policy: aPolicy(), now: NOW });
  return actions.map(({ kind, to }) => [kind, 'ecs-ipv6:rules' in to ? to['ecs-ipv6:rules'] : '']);
}

it.each([
  ['what nobody could ask stays', planned('compliant', 'unasked'), []],
  ['what is over goes', planned('compliant', 'gone unasked'), [['tag', 'unasked']]],
  ['nothing is named that the tags do not name', planned('compliant', 'gone'), [['untag', '']]],
  ['what is found joins it', planned('violation', 'gone unasked', [found]), [['tag', 'found unasked']]],
  ['what is not known keeps all', planned('unknown', 'gone unasked'), []],
])('%s', (_, actual, expected) => {
  expect(actual).toEqual(expected);
});
