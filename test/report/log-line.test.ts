import { expect, it } from '@jest/globals';
import { logLine } from '../../lib/report/log-line';
import type { Report } from '../../lib/report/report';
import { aFinding } from '../support/action-builders';

const report: Report = {
  ...{ schema: 'ecs-ipv6/report/v1', account: '111122223333', regions: ['eu-west-2'], mode: 'observe' },
  ...{ policyVersion: 'v', policyOrigin: 'built-in', policyProblems: [], policyWarnings: [], overriddenFacts: [] },
  ...{ startedAt: '2026-11-22T10:00:00.000Z', durationMs: 5, scanned: { task: 3 }, apiCalls: {}, throttled: 0 },
  ...{ actions: [], gaps: [] },
  findings: [aFinding(), aFinding(), aFinding({ rule: 'flow-logs-off' }), aFinding({ status: 'exempt' })],
};

it('counts findings instead of telling them, and has the figures beside it', () => {
  const line = logLine(report);
  expect(line).toMatchObject({ mode: 'observe', scanned: { task: 3 }, findings: 4, OpenHigh: 3, Passes: 1 });
  expect(line['open']).toEqual({ 'target-orphaned': 2, 'flow-logs-off': 1 });
  expect(JSON.stringify(line)).not.toContain('It belongs to no task');
});
