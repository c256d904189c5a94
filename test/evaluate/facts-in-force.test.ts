import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../lib/evaluate/evaluate';
import type { Finding } from '../../lib/evaluate/finding';
import { minimumAgent } from '../../lib/facts/minimum-agent';
import { parsePolicy } from '../../lib/policy/parse-policy';
import type { Policy } from '../../lib/policy/policy';
import { rules } from '../../lib/rules/registry';
import { aContainerInstance, aService, aTaskDefinition, anInstance } from '../support/builders';
import { aSnapshot } from '../support/snapshot-builder';

const snapshot = aSnapshot({
  containerInstances: [aContainerInstance({ agentVersion: '1.99.1' })],
  instances: [anInstance()],
});

function policyOf(facts: object): Policy {
  const text = JSON.stringify({ version: 1, scopes: [{ name: 'all', posture: 'ipv6-only' }], facts });
  const { policy, problems } = parsePolicy([{ place: 'policy.json', text }], rules);
  if (!policy) throw new Error(JSON.stringify(problems));
  return policy;
}

/** What the rule of the agent says under a policy that says this of facts. */
function found(facts: object, now = '2026-11-22'): readonly Finding[] {
  const { findings } = evaluate({ snapshot, policy: policyOf(facts), rules, now: new Date(`${now}T12:00:00Z`) });
  return findings.filter(({ rule }) => rule === 'instance-agent-too-old');
}

it('asks again of the same snapshot under another policy', () => {
  const [primary] = anInstance().interfaces;
  const ipv6Addresses = (primary?.ipv6Addresses ?? []).map((one) => ({ ...one, isPrimary: false }));
  const bare = anInstance({ interfaces: primary ? [{ ...primary, ipv6Addresses }] : [] });
  const world = aSnapshot({
    containerInstances: [aContainerInstance()],
    instances: [bare],
    services: [aService()],
    taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })],
  });
  const severityUnder = (facts: object) => {
    const { findings } = evaluate({ snapshot: world, policy: policyOf(facts), rules, now: new Date('2026-11-22') });
    return findings.find(({ rule }) => rule === 'instance-without-primary-ipv6')?.severity;
  };
  expect(severityUnder({})).toBe('critical');
  expect(severityUnder({ 'modes-that-need-primary-ipv6': { value: ['host'], checked: '2026-11-22' } })).toBe('low');
});

const newer = { value: '1.102.0', checked: '2027-01-10' };

describe('a policy that overrides a fact', () => {
  it('makes a violation of what was none', () => {
    expect(found({})).toEqual([]);
    expect(found({ [minimumAgent.id]: newer })).toMatchObject([
      {
        status: 'open',
        severity: 'high',
        verify: false,
        message: 'i-1 runs container agent 1.99.1; IPv6-only needs 1.102.0 or newer.',
        desired: { minimumAgentVersion: '1.102.0' },
        source: { url: minimumAgent.url, checked: '2027-01-10' },
      },
    ]);
  });

  it('leaves what does not rest on the fact as it is', () => {
    expect(found({ 'minimum-fargate-platform': { value: '1.5.0', checked: '2027-01-10' } })).toEqual([]);
  });

  it('un-stales it until its own day', () => {
    const older = { value: '1.102.0', checked: '2026-11-20' };
    const on = (now: string, recheck?: string) => found({ [minimumAgent.id]: { ...older, recheck } }, now);
    expect(on('2027-05-19')).toMatchObject([{ verify: false, severity: 'high' }]);
    expect(on('2027-05-20')).toMatchObject([{ verify: true, severity: 'info' }]);
    expect(on('2027-05-20', '2028-01-01')).toMatchObject([{ verify: false, severity: 'high' }]);
    expect(on('2026-11-22', '2026-11-22')).toMatchObject([{ verify: true, severity: 'info' }]);
  });
});
