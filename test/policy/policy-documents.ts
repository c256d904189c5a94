/** Documents for the two judges of policies: some valid, most with faults, each key valid or spoilt on its own. */
import fc from 'fast-check';
import type { Fact } from '../../lib/facts/fact';
import { facts } from '../../lib/facts/registry';
import { rules } from '../../lib/rules/registry';

type Value = fc.Arbitrary<unknown>;

const junk: Value = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 10_001, '', 'x', 'off', 'auto', [], {}, [[]], [5], { a: 1 }, '2027-1-1'),
  fc.string({ maxLength: 8 }),
);
/** Mostly what is meant. */
const spoilt = (value: Value): Value => fc.oneof({ weight: 30, arbitrary: value }, { weight: 1, arbitrary: junk });

const oddKey = fc.constantFrom('odd', 'constructor', 'toString', 'mode ', 'Mode');

/** A map whose keys may be absent if they are not required, rarely if they are, and which rarely has one too many. */
function map(members: Readonly<Record<string, Value>>, required: readonly string[] = []): Value {
  const present = Object.entries(members).map(([key, value]) =>
    fc
      .record({ kept: fc.nat({ max: 99 }), value: spoilt(value) })
      .map(({ kept, value: one }) => (kept < (required.includes(key) ? 99 : 30) ? [[key, one]] : [])),
  );
  const extra = fc.record({ kept: fc.nat({ max: 99 }), key: oddKey, value: junk });
  return fc
    .tuple(fc.tuple(...present), extra)
    .map(([entries, { kept, key, value }]): unknown =>
      Object.fromEntries([...entries.flat(), ...(kept === 0 ? [[key, value]] : [])] as [string, unknown][]),
    );
}

const list = (item: Value): Value => fc.array(spoilt(item), { maxLength: 2 });
const text: Value = fc.constantFrom('a', '*', 'prod-*', '111122223333');
const day: Value = fc.constantFrom('2027-01-31', '2027-02-30', '2026-12-01', '2027-13-01');
const count: Value = fc.nat({ max: 100 });
const severity: Value = fc.constantFrom('critical', 'high', 'medium', 'low', 'info');
const mode: Value = fc.constantFrom('observe', 'tag', 'enforce');

const match = map({
  ...{ accounts: list(text), regions: list(text), clusters: list(text), services: list(text) },
  tags: fc.dictionary(fc.constantFrom('team', 'constructor'), spoilt(text)),
});
const scope = map(
  {
    ...{ name: text, match, mode, deploymentGraceMinutes: count },
    posture: fc.constantFrom('ipv6-only', 'dual-stack', 'any'),
  },
  ['name', 'posture'],
);

const setting = (defaults: Readonly<Record<string, unknown>>): Value =>
  fc.oneof(
    fc.constantFrom('off', 'on'),
    map({
      severity,
      remedy: fc.constantFrom('none', 'suggest', 'auto'),
      options: map(Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, fc.constant(value)]))),
    }),
  );
const ruleMap = map(Object.fromEntries(rules.map(({ meta, defaults }) => [meta.id, setting(defaults)])));

const exemption = map(
  {
    rule: fc.constantFrom('*', 'target-orphaned', 'target-*'),
    ...{ resource: text, reason: text, owner: text, until: day },
  },
  ['rule', 'resource', 'reason', 'owner', 'until'],
);

const override = ({ value }: Fact<unknown>): Value =>
  map({ value: fc.constant(value), add: fc.constant(value), checked: day, recheck: day }, ['checked']);

const guard = map({
  deregister: map({
    ...{ perRun: count, perHour: count, minHealthyPercent: count, minHealthyPerZone: count, orphanMinutes: count },
    ...{ healthyOrphans: fc.constantFrom('report', 'allow'), ecsManaged: fc.constantFrom('never', 'allow') },
  }),
  heal: map({ perRun: count, perHour: count }),
  disableExec: map({ perRun: count, perHour: count }),
});

export const policyDocument: Value = map(
  {
    version: fc.constant(1),
    mode,
    scopes: fc.array(spoilt(scope), { minLength: 1, maxLength: 2 }),
    rules: ruleMap,
    exemptions: list(exemption),
    guard,
    alerts: map({ minSeverity: severity, digestMinutes: fc.nat({ max: 6 }), remindAfterHours: fc.nat({ max: 48 }) }),
    tags: map({ prefix: fc.constantFrom('ecs-ipv6', 'aws:x', 'ä', 'a b'), propagating: fc.boolean() }),
    facts: map(Object.fromEntries(facts.map((fact) => [fact.id, override(fact)]))),
  },
  ['version', 'scopes'],
);
