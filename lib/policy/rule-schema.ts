/** What a policy may set of rules: ids, options with their types, remedies, as the rules themselves have them. */
import * as v from 'valibot';
import { highestRemedy, remedies, remedyInWords, severities, type Remedy } from '../evaluate/finding';
import type { RuleMeta } from '../rules/rule';
import { didYouMean } from './nearest-name';
import { EVERY_RULE, type RuleSetting } from './policy';
import { noted } from './schema-notes';
import { described, mapOf, oneOf } from './schema-parts';

/** What a rule lets a policy set. */
export interface KnownRule {
  readonly meta: Pick<RuleMeta, 'id' | 'title' | 'severity' | 'remedy' | 'remedyOnRequest'>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

const optionText = v.string('must be text; put numbers in quotes');

/** What an option may be is told by its default. */
function optionType(value: unknown): v.GenericSchema {
  if (Array.isArray(value)) return v.array(optionText, 'must be a list of texts');
  if (typeof value === 'number') return v.number('must be a number');
  if (typeof value === 'boolean') return v.boolean('must be true or false');
  if (typeof value === 'string') return optionText;
  return v.record(v.string(), v.unknown(), 'must be a map');
}

function optionsOf({ meta, defaults }: KnownRule) {
  const names = Object.keys(defaults);
  const unknownKey = (name: string): string =>
    `is no option of ${meta.id}${didYouMean(name, names)}; its options: ${names.join(', ') || 'none'}`;
  const entries = Object.entries(defaults).map(
    ([name, value]) => [name, v.optional(optionType(value), value)] as const,
  );
  return noted({ unknownKey }, mapOf(Object.fromEntries(entries)));
}

/** A policy may be more cautious than the rule, and less only where the rule says so. */
function remediesUpTo(highest: Remedy): readonly Remedy[] {
  return remedies.slice(0, remedies.indexOf(highest) + 1);
}

const ruleSwitch = oneOf(['off', 'on']);

function ruleMap(rule: KnownRule) {
  const { severity, remedy, remedyOnRequest } = rule.meta;
  const change = remedyOnRequest === undefined ? `Lowers ${remedy}.` : `Replaces ${remedy}.`;
  return mapOf({
    severity: v.optional(described(`Replaces ${severity}.`, oneOf(severities))),
    remedy: v.optional(described(change, oneOf(remediesUpTo(highestRemedy(rule.meta))))),
    options: v.optional(described('What the rule leaves to the policy.', optionsOf(rule)), {}),
  });
}

/** `off`, `on`, or a map: chosen by what is written, so that a fault inside the map is named itself. */
function ruleSetting(rule: KnownRule) {
  const map = ruleMap(rule);
  const { title, severity } = rule.meta;
  const chosen = v.lazy((written) => (typeof written === 'object' ? map : ruleSwitch));
  const description = `${title}. Severity ${severity}, remedy ${remedyInWords(rule.meta)}.`;
  return described(description, noted({ anyOf: [ruleSwitch, map] }, chosen));
}

const noRule = (id: string, known: readonly string[]): string =>
  `is no rule${didYouMean(id, known)}; the rules are ${known.join(', ')}`;

/** The map of rule id to setting. */
export function ruleSettings(rules: readonly KnownRule[]) {
  const ids = rules.map(({ meta }) => meta.id);
  const entries = rules.map((rule) => [rule.meta.id, v.optional(ruleSetting(rule))] as const);
  const settings = v.strictObject(Object.fromEntries(entries), 'must be a map of rule id to setting');
  return noted({ unknownKey: (id) => noRule(id, ids) }, settings);
}

/** The rule of an exemption. */
export function exemptedRule(rules: readonly KnownRule[]) {
  const ids = rules.map(({ meta }) => meta.id);
  return v.picklist([EVERY_RULE, ...ids], ({ input }) => `${noRule(String(input), ids)}; * stands for all`);
}

type WrittenSetting = v.InferOutput<ReturnType<typeof ruleSetting>>;

export function toSetting(written: WrittenSetting): RuleSetting {
  if (written === 'off' || written === 'on') return { off: written === 'off', options: {} };
  return { off: false, ...written };
}
