import { describe, expect, it } from '@jest/globals';
import { comparePolicies } from '../../lib/policy/compare-policies';
import { parsePolicy } from '../../lib/policy/parse-policy';
import type { Policy } from '../../lib/policy/policy';
import { rules } from '../../lib/rules/registry';

const all = { name: 'all', posture: 'any' };
const exemption = { rule: 'target-orphaned', resource: 'arn:x', reason: 'because', owner: 'a', until: '2027-01-31' };
const deregister = (over: object) => ({ guard: { deregister: over } });

function policyOf(written: object): Policy {
  const text = JSON.stringify({ version: 1, scopes: [all], ...written });
  const { policy, problems } = parsePolicy([{ place: 'p', text }], rules);
  if (!policy) throw new Error(JSON.stringify(problems));
  return policy;
}
const changes = (before: object, after: object): readonly string[] =>
  comparePolicies(policyOf(before), policyOf(after), rules).map(
    ({ danger, what, message }) => `${danger} | ${what} | ${message}`,
  );

describe('a change', () => {
  it.each<readonly [object, object, readonly string[]]>([
    [{ mode: 'tag' }, { mode: 'enforce' }, ['mode | policy | mode raised from tag to enforce', 'mode | scope all | mode raised from tag to enforce']],
    [{ mode: 'tag' }, { mode: 'observe' }, ['safer | policy | mode lowered from tag to observe', 'safer | scope all | mode lowered from tag to observe']],
    [{}, { scopes: [{ ...all, mode: 'enforce' }] }, ['mode | scope all | mode raised from observe to enforce']],
    [{}, { scopes: [all, { ...all, name: 'b' }] }, ['other | scope b | added, with posture any and mode observe']],
    [{}, { scopes: [all, { ...all, name: 'b', mode: 'tag' }] }, ['mode | scope b | added, with posture any and mode tag']],
    [{ scopes: [all, { ...all, name: 'b' }] }, {}, ['other | scope b | removed (it had mode observe): what it matched belongs to the next scope that matches, or to none']],
    [{ scopes: [all, { ...all, name: 'b' }] }, { scopes: [{ ...all, name: 'b' }, all] }, ['other | scopes | order changed from all, b to b, all; the first that matches wins']],
    [{}, { scopes: [{ ...all, match: { clusters: ['a'] } }] }, ['other | scope all | match: clusters changed from [] to ["a"]; mode observe holds for what it matches']],
    [{ mode: 'tag' }, { mode: 'tag', scopes: [{ ...all, match: { tags: { a: 'b' } } }] }, ['mode | scope all | match: tags changed from {} to {"a":"b"}; mode tag holds for what it matches']],
    [{}, { scopes: [{ ...all, posture: 'ipv6-only', deploymentGraceMinutes: 0 }] }, ['other | scope all | posture changed from any to ipv6-only', 'other | scope all | deploymentGraceMinutes changed from 60 to 0']],
    [{ rules: { 'target-orphaned': { remedy: 'suggest' } } }, {}, ['remedy | rule target-orphaned | remedy raised from suggest to auto']],
    [{ rules: { 'target-orphaned': { remedy: 'none' } } }, { rules: { 'target-orphaned': { remedy: 'suggest' } } }, ['other | rule target-orphaned | remedy raised from none to suggest']],
    [{}, { rules: { 'target-orphaned': { remedy: 'none' } } }, ['safer | rule target-orphaned | remedy lowered from auto to none']],
    [{}, { rules: { 'target-orphaned': 'off' } }, ['safer | rule target-orphaned | switched off: nothing is found by this rule']],
    [{ rules: { 'target-orphaned': 'off' } }, {}, ['remedy | rule target-orphaned | switched on, with severity high and remedy auto']],
    [{ rules: { 'task-without-ipv6': 'off' } }, {}, ['other | rule task-without-ipv6 | switched on, with severity high and remedy suggest']],
    [{}, { rules: { 'task-without-ipv6': { severity: 'low' } } }, ['other | rule task-without-ipv6 | severity changed from high to low']],
    [{}, { rules: { 'image-not-dual-stack': { options: { allowRegistries: ['a'] } } } }, ['other | rule image-not-dual-stack | option allowRegistries changed from [] to ["a"]']],
    [{ exemptions: [exemption] }, {}, ['exemption | exemption from target-orphaned of arn:x | removed (a, until 2027-01-31): it is judged, and acted on, again']],
    [{}, { exemptions: [exemption] }, ['safer | exemption from target-orphaned of arn:x | added until 2027-01-31 (a: because)']],
    [{ exemptions: [exemption] }, { exemptions: [{ ...exemption, until: '2026-12-31', owner: 'b' }] }, ['exemption | exemption from target-orphaned of arn:x | ends earlier: 2026-12-31 instead of 2027-01-31', 'other | exemption from target-orphaned of arn:x | owner changed from a to b']],
    [{ exemptions: [exemption] }, { exemptions: [{ ...exemption, until: '2027-12-31' }] }, ['safer | exemption from target-orphaned of arn:x | ends later: 2027-12-31 instead of 2027-01-31']],
    [{ exemptions: [exemption, { ...exemption, until: '2026-12-01' }] }, { exemptions: [exemption] }, []],
    [{}, deregister({ perRun: 6 }), ['guard | guard.deregister.perRun | loosened from 5 to 6']],
    [{}, deregister({ perHour: 1 }), ['safer | guard.deregister.perHour | tightened from 20 to 1']],
    [{}, deregister({ minHealthyPercent: 10, minHealthyPerZone: 0, orphanMinutes: 1 }), ['guard | guard.deregister.minHealthyPercent | loosened from 50 to 10', 'guard | guard.deregister.minHealthyPerZone | loosened from 1 to 0', 'guard | guard.deregister.orphanMinutes | loosened from 15 to 1']],
    [{}, deregister({ orphanMinutes: 60 }), ['safer | guard.deregister.orphanMinutes | tightened from 15 to 60']],
    [{}, deregister({ healthyOrphans: 'allow', ecsManaged: 'allow' }), ['guard | guard.deregister.healthyOrphans | loosened from report to allow', 'guard | guard.deregister.ecsManaged | loosened from never to allow']],
    [deregister({ healthyOrphans: 'allow' }), {}, ['safer | guard.deregister.healthyOrphans | tightened from allow to report']],
    [{}, { guard: { heal: { perRun: 1 } } }, ['safer | guard.heal.perRun | tightened from 10 to 1']],
    [{ guard: { heal: {} } }, { guard: { disableExec: { perHour: 21 } } }, ['guard | guard.disableExec.perHour | loosened from 20 to 21']],
    [{}, { alerts: { minSeverity: 'low' } }, ['other | alerts | minSeverity changed from medium to low']],
    [{}, { tags: { prefix: 'x' } }, ['other | tags | prefix changed from ecs-ipv6 to x']],
    [{}, { facts: { 'minimum-agent': { value: '1.102.0', checked: '2027-01-10' } } }, ['other | fact minimum-agent | was 1.99.1 (built in), is 1.102.0 (checked 2027-01-10, stale from 2027-07-10 on)']],
  ])('from %j to %j', (before, after, told) => {
    expect(changes(before, after)).toEqual(told);
  }); // prettier-ignore

  it('is none where both mean the same', () => {
    const spelledOut = { mode: 'observe', rules: { 'target-orphaned': { remedy: 'auto', severity: 'high' } } };
    expect(changes({}, { ...spelledOut, guard: { deregister: { perRun: 5 } } })).toEqual([]);
  });

  it('comes the sooner the more harm it can do', () => {
    const before = { exemptions: [exemption], rules: { 'target-orphaned': { remedy: 'none' } } };
    const after = { mode: 'enforce', alerts: { minSeverity: 'low' }, ...deregister({ perRun: 9, perHour: 1 }) };
    expect(changes(before, after).map((line) => line.split(' | ')[0])).toEqual([
      ...['mode', 'mode', 'remedy', 'exemption', 'guard', 'other', 'safer'],
    ]);
  });
});
