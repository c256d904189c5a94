import { expect, it } from '@jest/globals';
import { exitCode } from '../../lib/cli/exit-code';
import { mergeReports } from '../../lib/cli/merge-reports';
import { aFinding, aReport } from './a-report';

const gap = { call: 'ecs:ListTasks', reason: 'AccessDeniedException', resources: [] };
const omitted = { findings: 2, actions: 0, gaps: 0, rest: 'ask again' };
const policyProblem = { place: 'policy', path: '', message: 'cannot be read' };

it.each([
  ['nothing found', {}, 0],
  ['a violation', { findings: [aFinding()] }, 1],
  ['a violation below --fail-on', { findings: [aFinding({ severity: 'low' })] }, 0],
  ['an exempt finding', { findings: [aFinding({ status: 'exempt' })] }, 0],
  ['a gap', { gaps: [gap] }, 3],
  ['a violation and a gap', { findings: [aFinding()], gaps: [gap] }, 1],
  ['a finding that is not known', { findings: [aFinding({ status: 'unknown', gap })] }, 3],
  ['an answer that was cut', { omitted }, 3],
  ['a violation and an answer that was cut', { findings: [aFinding()], omitted }, 1],
  ['a broken policy and a violation', { policyProblems: [policyProblem], findings: [aFinding()] }, 2],
] as const)('%s', (_, over, code) => {
  expect(exitCode(aReport(over), 'high')).toBe(code);
});

it('adds up the reports of several regions', () => {
  const merged = mergeReports([
    aReport({ regions: ['eu-west-1'], scanned: { task: 1 }, durationMs: 5, mode: 'observe' }),
    aReport({ regions: ['eu-west-2'], scanned: { task: 2, service: 1 }, gaps: [gap], durationMs: 7, mode: 'tag' }),
  ]);
  expect(merged).toMatchObject({
    regions: ['eu-west-1', 'eu-west-2'],
    scanned: { task: 3, service: 1 },
    durationMs: 12,
    mode: 'tag',
    policyVersion: 'v1',
    gaps: [gap],
  });
});
