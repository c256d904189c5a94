import type { Finding } from '../../lib/evaluate/finding';
import type { Report } from '../../lib/report/report';

/** An open finding about task `prod/1`. */
export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    rule: 'task-without-ipv6',
    resource: 'arn:aws:ecs:eu-west-2:111122223333:task/prod/1',
    kind: 'task',
    severity: 'high',
    status: 'open',
    verify: false,
    message: 'Task 1 has no IPv6 address.',
    desired: {},
    actual: {},
    remedy: 'suggest',
    fix: ['aws ecs describe-tasks'],
    source: { url: 'https://docs.aws.amazon.com/', checked: '2026-11-21' },
    scope: 'all',
    related: [],
    ...over,
  };
}

/** A report that found nothing. */
export function aReport(over: Partial<Report> = {}): Report {
  return {
    schema: 'ecs-ipv6/report/v1',
    account: '111122223333',
    regions: ['eu-west-2'],
    mode: 'observe',
    policyVersion: 'v1',
    policyOrigin: 'file',
    policyProblems: [],
    policyWarnings: [],
    overriddenFacts: [],
    startedAt: '2026-11-30T12:00:00.000Z',
    durationMs: 1500,
    scanned: {},
    apiCalls: {},
    throttled: 0,
    findings: [],
    actions: [],
    gaps: [],
    ...over,
  };
}
