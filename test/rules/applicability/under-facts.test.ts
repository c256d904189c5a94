import { expect, it } from '@jest/globals';
import { factsInForce, type FactOverrides } from '../../../lib/facts/fact-override';
import { underFacts } from '../../../lib/rules/applicability/under-facts';
import { instanceAgentTooOld } from '../../../lib/rules/instance-agent-too-old';
import { logEndpointIpv4Only } from '../../../lib/rules/log-endpoint-ipv4-only';
import { networkModeNotAwsvpc } from '../../../lib/rules/network-mode-not-awsvpc';
import { taskPlatformTooOld } from '../../../lib/rules/task-platform-too-old';
import { taskWithoutIpv6 } from '../../../lib/rules/task-without-ipv6';

const checked = '2026-11-21';

function reader(overrides: FactOverrides) {
  const facts = factsInForce(overrides);
  return <Value>(fact: Parameters<typeof facts<Value>>[0]): Value => facts(fact).value;
}

const windows = { 'windows-over-ipv6-only': { value: true, checked } };
const anywhere = { 'ipv6-only-launch-types': { add: ['EXTERNAL'], checked } };

it('leaves a rule as it is where the policy says nothing, or where it does not matter', () => {
  for (const rule of [taskWithoutIpv6, logEndpointIpv4Only, taskPlatformTooOld]) {
    expect(underFacts(rule, reader({}))).toBe(rule);
  }
  // its minimum is that of Linux alone
  expect(underFacts(taskPlatformTooOld, reader({ ...windows, ...anywhere }))).toBe(taskPlatformTooOld);
});

it('lets rules look at Windows as soon as it is supported, resting on that', () => {
  const { meta } = underFacts(taskWithoutIpv6, reader(windows));
  expect(meta.applies).toEqual({ postures: ['ipv6-only', 'dual-stack'], networkModes: ['awsvpc'] });
  expect(meta.facts.map(({ id }) => id)).toContain('windows-over-ipv6-only');
  expect(underFacts(logEndpointIpv4Only, reader(windows)).meta.applies.launchTypes).not.toContain('EXTERNAL');
  expect(underFacts(instanceAgentTooOld, reader(windows)).meta.applies).toEqual({
    postures: ['ipv6-only'],
    launchTypes: ['EC2'],
  });
});

it('lets rules look at the launch types that are supported', () => {
  const { meta } = underFacts(logEndpointIpv4Only, reader(anywhere));
  expect(meta.applies).toMatchObject({
    systems: ['linux'],
    launchTypes: ['EXTERNAL', 'EC2', 'FARGATE', 'MANAGED_INSTANCES', 'absent'],
  });
  expect(meta.facts.map(({ id }) => id)).toContain('ipv6-only-launch-types');
  // what is Linux alone stays so
  expect(underFacts(networkModeNotAwsvpc, reader(anywhere)).meta.applies.systems).toEqual(['linux']);
});
