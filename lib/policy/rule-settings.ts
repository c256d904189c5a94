import { remedies, type Remedy } from '../evaluate/finding';
import type { RuleMeta } from '../rules/rule';
import { didYouMean } from './nearest-name';
import { EVERY_RULE, type RuleSetting } from './policy';
import type { PolicyDocument } from './schema';

export interface SettingProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** What a rule lets a policy set. */
export interface KnownRule {
  readonly meta: Pick<RuleMeta, 'id' | 'remedy'>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

type WrittenSetting = PolicyDocument['rules'][string];

export function toSetting(written: WrittenSetting): RuleSetting {
  if (written === 'off' || written === 'on') return { off: written === 'off', options: {} };
  return { off: false, ...written };
}

const isAbove = (asked: Remedy, allowed: Remedy): boolean => remedies.indexOf(asked) > remedies.indexOf(allowed);

/** Lists are lists of text; of anything else it is said what it is. */
function typeOf(value: unknown): string {
  if (!Array.isArray(value)) return typeof value;
  return value.every((item) => typeof item === 'string') ? 'list of texts' : 'list';
}

function optionProblems(rule: KnownRule, setting: RuleSetting): SettingProblem[] {
  return Object.entries(setting.options).flatMap(([name, value]) => {
    const path = ['rules', rule.meta.id, 'options', name];
    if (!Object.hasOwn(rule.defaults, name)) {
      const known = Object.keys(rule.defaults);
      const message = `is no option of ${rule.meta.id}${didYouMean(name, known)}; its options: ${known.join(', ') || 'none'}`;
      return [{ path, message }];
    }
    const wanted = typeOf(rule.defaults[name]);
    return typeOf(value) === wanted ? [] : [{ path, message: `must be a ${wanted}` }];
  });
}

function settingProblems(rule: KnownRule, setting: RuleSetting): SettingProblem[] {
  const problems = optionProblems(rule, setting);
  if (setting.remedy && isAbove(setting.remedy, rule.meta.remedy)) {
    const allowed = remedies.slice(0, remedies.indexOf(rule.meta.remedy) + 1).join(', ');
    problems.push({ path: ['rules', rule.meta.id, 'remedy'], message: `must be one of ${allowed}` });
  }
  return problems;
}

const noRule = (id: string, known: readonly string[]): string =>
  `is no rule${didYouMean(id, known)}; the rules are ${known.join(', ')}`;

/** Checks that need the rules themselves: ids, options with their types, remedies a rule can have. */
export function ruleProblems(document: PolicyDocument, rules: readonly KnownRule[]): SettingProblem[] {
  const known = new Map(rules.map((rule) => [rule.meta.id, rule]));
  const named = Object.entries(document.rules).flatMap(([id, written]) => {
    const rule = known.get(id);
    if (rule) return settingProblems(rule, toSetting(written));
    return [{ path: ['rules', id], message: noRule(id, [...known.keys()]) }];
  });
  const exempted = document.exemptions.flatMap((exemption, index) =>
    known.has(exemption.rule) || exemption.rule === EVERY_RULE
      ? []
      : [
          {
            path: ['exemptions', String(index), 'rule'],
            message: `${exemption.rule} ${noRule(exemption.rule, [...known.keys()])}; * stands for all`,
          },
        ],
  );
  return [...named, ...exempted];
}
