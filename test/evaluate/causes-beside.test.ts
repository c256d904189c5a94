/** A pass over a task alone says of it what a sweep would say: causes on its service count, and are not told. */
import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../lib/evaluate/evaluate';
import { rules } from '../../lib/rules/registry';
import type { Snapshot } from '../../lib/snapshot/snapshot';
import { aService, aSubnet, aTask, aTaskDefinition, NOW, SERVICE_ARN } from '../support/builders';
import { aPolicy, aScope } from '../support/policy-builders';
import { aSnapshot, type Contents } from '../support/snapshot-builder';

const task = aTask({ execEnabled: true, platformVersion: '1.4.0' });
const world = (execEnabled: boolean): Contents => ({
  services: [aService({ execEnabled })],
  subnets: [aSubnet()],
  taskDefinitions: [aTaskDefinition()],
  tasks: [task],
});
const judged: Snapshot['judged'] = new Map([['task', new Set([task.arn])]]);

function found(contents: Contents, off: readonly string[] = []): readonly string[] {
  const settings = Object.fromEntries(off.map((id) => [id, { off: true, options: {} }]));
  const policy = aPolicy({ scopes: [aScope({ posture: 'ipv6-only' })], rules: settings });
  const { findings } = evaluate({ snapshot: aSnapshot({ ...contents, judged }), policy, rules, now: NOW });
  return findings.filter(({ status }) => status === 'open').map(({ rule, resource }) => `${rule} ${resource}`);
}

describe('a task whose service is context only', () => {
  it('is silent where the service is the cause, and the service is not told of', () => {
    expect(found(world(true))).toEqual([]);
  });

  it('is told where the service is in order', () => {
    expect(found(world(false))).toEqual([`task-exec-enabled ${task.arn}`]);
  });

  it('is told where the policy has switched the rule of the cause off', () => {
    expect(found(world(true), ['service-exec-enabled'])).toEqual([`task-exec-enabled ${task.arn}`]);
  });

  it('leaves the service to a pass that judges it', () => {
    const both = new Map([...judged, ['service' as const, new Set([SERVICE_ARN])]]);
    const policy = aPolicy({ scopes: [aScope({ posture: 'ipv6-only' })] });
    const { findings } = evaluate({ snapshot: aSnapshot({ ...world(true), judged: both }), policy, rules, now: NOW });
    expect(findings.map(({ rule }) => rule)).toEqual(['service-exec-enabled']);
  });
});
