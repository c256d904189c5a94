import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseTemplate } from '../../../infra/local/runtime/template/parse-template';
import { transformServerless } from '../../../infra/local/runtime/template/serverless-function';
import { embeddedMetrics } from '../../../lib/report/embedded-metrics';
import { assertions } from './assertions';
import { plantedFaults, unseenFaults } from './planted-faults';
import { entries, text, textsOf } from './template-reader';

const written = parseTemplate(readFileSync('infra/template.yaml', 'utf8'), 'template.yaml');
const template = transformServerless(written);

describe('the template', () => {
  it.each(assertions.map(({ name, check }) => ({ name, check })))('$name', ({ check }) => {
    expect(check(template)).toEqual([]);
  });

  it('has the version of the package, which the changelog tells of', () => {
    const { 'AWS::ServerlessRepo::Application': application } = entries(written['Metadata']);
    const packaged: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    const version = text(entries(application)['SemanticVersion']);
    expect(packaged).toMatchObject({ version });
    const [newest] = /^## \[.+?\]/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
    expect(['## [Unreleased]', `## [${version}]`]).toContain(newest);
  });

  it('watches figures that a pass reports, and all of those that alarms ask for', () => {
    const report = {
      startedAt: '2026-11-22T10:00:00Z',
      durationMs: 1,
      throttled: 0,
      findings: [],
      actions: [],
      gaps: [],
    };
    const reported = new Set(Object.keys(embeddedMetrics(report)));
    const asked = textsOf(template).flatMap(([, found]) =>
      [...found.matchAll(/"EcsIpv6", "(\w+)"/g)].map((match) => match[1] ?? ''),
    );
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !reported.has(name))).toEqual([]);
  });
});

describe('a planted fault is noticed', () => {
  it.each(plantedFaults.map(({ fault, noticed, plant }) => ({ fault, noticed, plant })))(
    '$fault',
    ({ noticed, plant }) => {
      const planted = plant(template);
      const found = assertions.filter(({ check }) => check(planted).length > 0).map(({ name }) => name);
      expect(found).toContain(noticed);
    },
  );

  it('for every assertion, but one that needs what only SAM makes', () => {
    const noticed = new Set(plantedFaults.map((planted) => planted.noticed));
    expect(assertions.map(({ name }) => name).filter((name) => !noticed.has(name))).toEqual([
      'a rollout that goes wrong is taken back',
    ]);
  });

  it('all seven that no linter sees', () => {
    expect(unseenFaults).toHaveLength(7);
  });
});
