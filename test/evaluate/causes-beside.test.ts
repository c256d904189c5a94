/** A pass over a task alone says of it what a sweep would say: causes on its service count, and are not told. */
import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../lib/evaluate/evaluate';
import { rules } from '../../lib/rules/registry';
import type { Snapshot, Task } from '../../lib/snapshot/snapshot';
import {
  aBridgeTask,
  aContainerInstance,
  anInstance,
  aService,
  aSubnet,
  aTargetGroup,
  aTask,
  aTaskDefinition,
  NOW,
  SERVICE_ARN,
} from '../support/builders';
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

  it('is silent where other services are judged', () => {
    const others = new Map([...judged, ['service' as const, new Set(['arn:other'])]]);
    const policy = aPolicy({ scopes: [aScope({ posture: 'ipv6-only' })] });
    const { findings, judgements } = evaluate({
      snapshot: aSnapshot({ ...world(true), judged: others }),
      policy,
      rules,
      now: NOW,
    });
    expect(findings).toEqual([]);
    expect(judgements.get(task.arn)?.status).toBe('unknown');
  });

  it('leaves the service to a pass that judges it', () => {
    const both = new Map([...judged, ['service' as const, new Set([SERVICE_ARN])]]);
    const policy = aPolicy({ scopes: [aScope({ posture: 'ipv6-only' })] });
    const { findings } = evaluate({ snapshot: aSnapshot({ ...world(true), judged: both }), policy, rules, now: NOW });
    expect(findings.map(({ rule }) => rule)).toEqual(['service-exec-enabled']);
  });
});

describe('a task that waits for its registration, in a pass for an event', () => {
  const far = anInstance({ id: 'i-2', vpcId: 'vpc-2' });
  const waiting = aBridgeTask({ lastStatus: 'ACTIVATING', createdAt: new Date(0) });
  const contents = (tasks: readonly Task[]): Contents => ({
    services: [aService({ subnetIds: [], launchType: 'EC2' })],
    taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })],
    targetGroups: [aTargetGroup({ targetType: 'instance' })],
    containerInstances: [aContainerInstance(), aContainerInstance({ arn: 'host-2', ec2InstanceId: far.id })],
    instances: [anInstance(), far],
    tasks: [waiting, ...tasks],
  });
  const onFarHost = aBridgeTask({ id: 'b2', containerInstanceArn: 'host-2' });
  const pass = (tasks: readonly Task[], instances: readonly string[]): readonly string[] => {
    const kinds = new Map([
      ['task' as const, new Set([waiting.arn])],
      ['service' as const, new Set([SERVICE_ARN])],
      ['instance' as const, new Set(instances)],
    ]);
    const snapshot = aSnapshot({ ...contents(tasks), judged: kinds, hasSurroundings: false });
    const policy = aPolicy({ scopes: [aScope({ posture: 'ipv6-only' })] });
    const { findings } = evaluate({ snapshot, policy, rules, now: NOW });
    return findings.filter(({ status }) => status === 'open').map(({ rule }) => rule);
  };

  it('is told while nothing else explains it', () => {
    expect(pass([], [])).toContain('task-stuck-registering');
  });

  it.each([['context', []] as const, ['judged', [far.id]] as const])(
    'is silent where the next sweep names the instance that blocks it: %s',
    (_, instances) => {
      const rulesTold = pass([onFarHost], instances);
      expect(rulesTold).not.toContain('task-stuck-registering');
      expect(rulesTold).not.toContain('target-blocks-registration');
    },
  );
});
