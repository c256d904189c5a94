import { expect, it } from '@jest/globals';
import type { Outcome } from '../../lib/apply/outcome';
import { embeddedMetrics } from '../../lib/report/embedded-metrics';
import { aTargetRemoval, aFinding } from '../support/action-builders';

const NOTHING = {
  ...{ startedAt: '2026-11-22T10:00:00.000Z', durationMs: 1_500, throttled: 0 },
  ...{ findings: [], actions: [], gaps: [] },
};

const tag: Outcome['action'] = {
  ...{ kind: 'tag', resource: 'arn', resourceKind: 'task', rules: [], scope: 'all', mode: 'tag', from: {}, to: {} },
};

it('is what CloudWatch reads figures from, at the time when the pass ended', () => {
  const { _aws: directive, ...figures } = embeddedMetrics(NOTHING);
  expect(directive).toEqual({
    Timestamp: Date.parse('2026-11-22T10:00:01.500Z'),
    CloudWatchMetrics: [
      {
        Namespace: 'EcsIpv6',
        Dimensions: [['function_name']],
        Metrics: Object.keys(figures).map((Name) => ({ Name, Unit: 'Count' })),
      },
    ],
  });
  expect(figures).toMatchObject({ Passes: 1, OpenCritical: 0, Unknown: 0, Changes: 0 });
});

it('counts open findings by severity, and what is unknown beside them', () => {
  const findings = [
    aFinding({ severity: 'high' }),
    aFinding({ severity: 'high' }),
    aFinding({ severity: 'info' }),
    aFinding({ severity: 'high', status: 'exempt' }),
    aFinding({ severity: 'low', status: 'unknown' }),
  ];
  const gaps = [{ call: 'ecs:ListTasks', reason: 'AccessDenied', resources: [] }];
  expect(embeddedMetrics({ ...NOTHING, findings, gaps, throttled: 7 })).toMatchObject({
    ...{ OpenCritical: 0, OpenHigh: 2, OpenMedium: 0, OpenLow: 0, OpenInfo: 1 },
    ...{ Unknown: 1, Gaps: 1, ThrottledCalls: 7 },
  });
});

it('counts what became of actions; a tag is applied and changes no workload', () => {
  const actions: readonly Outcome[] = [
    { action: aTargetRemoval(), status: 'applied' },
    { action: aTargetRemoval(), status: 'withheld', code: 'over-budget' },
    { action: aTargetRemoval(), status: 'failed' },
    { action: tag, status: 'applied' },
    { action: { ...tag, kind: 'untag', to: {} }, status: 'applied' },
  ];
  expect(embeddedMetrics({ ...NOTHING, actions })).toMatchObject({
    ...{ ActionsApplied: 3, ActionsWithheld: 1, ActionsFailed: 1, Changes: 1 },
  });
});
