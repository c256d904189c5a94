/**
 * Runs a rule over a table of cases and proves for every finding, with no extra line in the table: the input is not
 * changed, the message has no hole, fixes are shell commands, and the remedy converges: with `desired` applied, the
 * rule finds nothing.
 */
import { describe, expect, it } from '@jest/globals';
import type { Fact } from '../../lib/facts/fact';
import type { Finding } from '../../lib/evaluate/finding';
import { renderMessage } from '../../lib/evaluate/message';
import { isAbout, traitsOf } from '../../lib/evaluate/traits';
import type { ActualPosture } from '../../lib/policy/policy';
import { underFacts } from '../../lib/rules/applicability/under-facts';
import type { DefinedRule } from '../../lib/rules/define-rule';
import type { CheckResult, RuleMeta, Violation } from '../../lib/rules/rule';
import type { Cause } from '../../lib/snapshot/gap';
import type { CollectedKind, Resources } from '../../lib/snapshot/snapshot';
import { besideOthers, reversed } from './arrangement';
import { ruledOut, withTrait } from './other-traits';
import { aSnapshot, type Contents } from './snapshot-builder';

interface Case<Kind extends CollectedKind, Options> {
  readonly name: string;
  readonly resource: Resources[Kind];
  /** Everything else there is. */
  readonly world?: Contents;
  readonly options?: Partial<Options>;
  /** Default `ipv6-only`. */
  readonly posture?: ActualPosture;
  /** Default false. */
  readonly mayTakeOwned?: boolean;
  /** By id, in place of what the facts say: as a policy overrides them. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

interface InvalidCase<Kind extends CollectedKind, Options> extends Case<Kind, Options> {
  /** What the one finding has at least. */
  readonly reports: Partial<Violation> & { readonly message?: string; readonly severity?: Finding['severity'] };
}

interface UnknownCase<Kind extends CollectedKind, Options> extends Case<Kind, Options> {
  /** Part of the call or reason that explains why it cannot be told. */
  readonly because: string;
}

/** The case after someone did what `desired` says; `undefined`: the resource is gone. */
type Applied<Kind extends CollectedKind, Options> =
  Pick<Case<Kind, Options>, 'resource' | 'world' | 'options'> | undefined;

export interface RuleCases<Kind extends CollectedKind, Options> {
  readonly valid: readonly Case<Kind, Options>[];
  readonly invalid: readonly InvalidCase<Kind, Options>[];
  /** Cases in which the rule cannot tell. */
  readonly unknown?: readonly UnknownCase<Kind, Options>[];
  apply(desired: Violation['desired'], one: Case<Kind, Options>): Applied<Kind, Options>;
}

const collections = {
  cluster: 'clusters',
  service: 'services',
  task: 'tasks',
  'task-definition': 'taskDefinitions',
  'container-instance': 'containerInstances',
  instance: 'instances',
  subnet: 'subnets',
  vpc: 'vpcs',
  'security-group': 'securityGroups',
  'network-acl': 'networkAcls',
  'vpc-endpoint': 'vpcEndpoints',
  account: 'accounts',
  'target-group': 'targetGroups',
  target: 'targets',
  'cloudmap-service': 'cloudMapServices',
  'cloudmap-instance': 'cloudMapInstances',
  'launch-template': 'launchTemplates',
  'file-system': 'fileSystems',
} as const satisfies Record<CollectedKind, keyof Contents>;

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Map || value instanceof Set) {
    for (const item of value.values()) frozen(item);
    const refuse = (): never => {
      throw new Error('A rule tried to change its snapshot.');
    };
    Object.assign(value, { set: refuse, add: refuse, delete: refuse, clear: refuse });
  }
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

function contentsOf<Kind extends CollectedKind>(
  kind: Kind,
  { resource, world = {} }: Applied<Kind, unknown> & object,
): Contents {
  const name = collections[kind];
  return { ...world, [name]: [...(world[name] ?? []), resource] };
}

function provenMessage({ messages }: RuleMeta, { messageId, values }: Violation): string {
  const message = renderMessage(messages[messageId] ?? `{{${messageId}}}`, values);
  expect(message).toMatch(/^\S.+\.$/);
  expect(message).not.toMatch(/\{\{|undefined|\[object|NaN| {2}/);
  return message;
}

export function testRule<
  Kind extends CollectedKind,
  MessageId extends string,
  Options extends Readonly<Record<string, unknown>>,
>(rule: DefinedRule<Kind, MessageId, Options>, cases: RuleCases<Kind, Options>): void {
  const check = (one: Case<Kind, Options>, arranged = (world: Contents) => world): readonly CheckResult[] => {
    const options = frozen({ ...rule.defaults, ...one.options });
    const snapshot = frozen(aSnapshot(arranged(contentsOf(rule.meta.kind, one))));
    const posture = one.posture ?? 'ipv6-only';
    const fact = <Value>({ id, value }: Fact<Value>): Value =>
      one.facts && id in one.facts ? (one.facts[id] as Value) : value;
    const { applies } = underFacts(rule, fact).meta;
    const isApplicable = isAbout(applies, traitsOf(snapshot, rule.meta.kind, one.resource));
    if (isApplicable === false || !applies.postures.includes(posture)) return [];
    const found = rule.check({
      resource: frozen(one.resource),
      snapshot,
      options,
      posture,
      fact,
      mayTakeOwned: one.mayTakeOwned ?? false,
    });
    const results = found.length > 0 && isApplicable !== true ? [{ gap: isApplicable }] : found;
    expect(results.length).toBeLessThanOrEqual(1);
    return results;
  };

  const violationOf = (one: Case<Kind, Options>): Violation => {
    const [result] = check(one);
    if (!result || 'gap' in result) throw new Error(`Expected a violation, got ${JSON.stringify(result)}.`);
    return result;
  };

  const gapOf = (one: Case<Kind, Options>): Cause => {
    const [result] = check(one);
    if (!result || !('gap' in result)) throw new Error(`Expected a gap, got ${JSON.stringify(result)}.`);
    return result.gap;
  };

  describe(rule.meta.id, () => {
    it('has at least one valid and two invalid or unknown cases', () => {
      expect(cases.valid.length).toBeGreaterThanOrEqual(1);
      expect(cases.invalid.length + (cases.unknown?.length ?? 0)).toBeGreaterThanOrEqual(2);
    });

    it('has a case for each of its messages', () => {
      const used = new Set(cases.invalid.map((one) => violationOf(one).messageId));
      expect([...used].sort()).toEqual(Object.keys(rule.meta.messages).sort());
    });

    it.each(cases.valid)('finds nothing: $name', (one) => {
      expect(check(one)).toEqual([]);
    });

    const all = [...cases.valid, ...cases.invalid, ...(cases.unknown ?? [])];

    it.each(all)('comes to the same in any order: $name', (one) => {
      expect(check(one, reversed)).toEqual(check(one));
    });

    // what is about the account is about all that is in it
    if (rule.meta.kind !== 'account') {
      it.each(all)('comes to the same beside others: $name', (one) => {
        expect(check(one, besideOthers)).toEqual(check(one));
      });
    }

    // the count above says so in clearer words
    if (cases.invalid.length === 0) return;

    it.each(cases.invalid)('finds: $name', (one) => {
      const violation = violationOf(one);
      const { desired, actual } = violation;
      const message = provenMessage(rule.meta, violation);
      expect(Object.keys(desired)).not.toEqual([]);
      expect(Object.keys(actual)).not.toEqual([]);
      expect(Object.fromEntries(Object.keys(desired).map((key) => [key, actual[key]]))).not.toEqual(desired);
      expect({ ...violation, message }).toMatchObject(one.reports);
    });

    it.each(cases.invalid)('says what to do: $name', (one) => {
      for (const line of violationOf(one).fix ?? []) {
        expect(line).toMatch(/^aws [a-z0-9-]+ [a-z0-9-]+ --region \S+/);
        expect(line).not.toMatch(/\n|undefined|<[a-z]/);
      }
    });

    it.each(cases.invalid)('is content once that is done: $name', (one) => {
      const applied = cases.apply(violationOf(one).desired, one);
      if (applied) expect(check({ ...one, ...applied })).toEqual([]);
    });

    const { applies, kind } = rule.meta;
    const excluded = ruledOut(applies, kind).flatMap((trait) =>
      cases.invalid.slice(0, 1).map((one) => ({ trait, one })),
    );
    if (excluded.length > 0) {
      it.each(excluded)('is not about $trait.column $trait.value', ({ trait, one }) => {
        expect(check({ ...one, ...withTrait(kind, one, trait) })).toEqual([]);
      });
    }

    if (cases.unknown) {
      it.each(cases.unknown)('cannot tell: $name', (one) => {
        const gap = gapOf(one);
        expect(JSON.stringify(gap)).toContain(one.because);
        // what AWS does not say was read by a permission that the rule's page tells of
        if (!one.world?.gaps?.some((known) => known === gap)) expect(rule.meta.reads).toContain(gap.call);
        expect(gap.message).toMatch(/\S{2}/);
        expect(gap.reason).toMatch(/\S{2}/);
      });
    }
  });
}
