import { describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../lib/apply/outcome';
import { fitReport } from '../../lib/report/fit-report';
import type { Report } from '../../lib/report/report';
import { aFinding, aReport } from '../cli/a-report';
import { anExecChange } from '../support/action-builders';

/** What Lambda takes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LIMIT = 6_291_556;

const many = <Item>(count: number, one: (index: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, index) => one(index));
const bytesOf = (report: Report): number => Buffer.byteLength(JSON.stringify(report));
const outcome = (status: Outcome['status']): Outcome => ({ action: anExecChange(), status });
const gap = (index: number) => ({
  call: 'ecs:DescribeTasks',
  reason: 'Throttled',
  resources: [`task ${String(index)}`],
});

describe('fitReport', () => {
  it('leaves a report alone that fits, to the byte', () => {
    const report = aReport({ findings: many(9, () => aFinding()), actions: [outcome('applied')], gaps: [gap(1)] });
    expect(fitReport(report)).toBe(report);
    const { findings } = fitReport(report, bytesOf(report) - 300);
    expect(findings.length).toBeLessThan(9);
  });

  it('keeps the violations of a report of 100,000 findings, and counts the rest', () => {
    const status = (index: number) => (['exempt', 'unknown', 'open'] as const)[index % 3];
    const findings = many(100_000, (index) => aFinding({ status: status(index), message: `Ümlaut ${String(index)}` }));
    const report = fitReport(aReport({ findings }));
    expect(bytesOf(report)).toBeLessThanOrEqual(LIMIT);
    expect(bytesOf(report)).toBeGreaterThan(5_000_000);
    expect(new Set(report.findings.map((one) => one.status))).toEqual(new Set(['open']));
    expect(report.omitted).toMatchObject({
      ...{ findings: 100_000 - report.findings.length, actions: 0, gaps: 0 },
      rest: expect.stringContaining('ecs-ipv6 audit'),
    });
  });

  it('lets nothing crowd out the rest, and keeps what failed before what did not', () => {
    const report = fitReport(
      aReport({
        findings: many(300, () => aFinding()),
        actions: [...many(300, () => outcome('unchanged')), outcome('failed')],
        gaps: many(3_000, gap),
      }),
      100_000,
    );
    expect(bytesOf(report)).toBeLessThanOrEqual(100_000);
    expect(report.actions[0]).toMatchObject({ status: 'failed' });
    for (const list of [report.findings, report.actions, report.gaps]) expect(list.length).toBeGreaterThan(20);
  });

  it('leaves out one that is too large by itself, and keeps those after it', () => {
    const huge = aFinding({
      resource: 'huge',
      related: many(200, () => 'arn:aws:ecs:eu-west-2:111122223333:task/prod/1'),
    });
    const report = fitReport(aReport({ findings: [huge, aFinding(), aFinding()] }), 6_000);
    expect(report.findings).toHaveLength(2);
    expect(report.omitted).toMatchObject({ findings: 1 });
  });
});
