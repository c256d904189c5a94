/** What a rule says of itself, its page, and what a policy says of it, as one document. */
import type { Finding, Remedy, Severity, Source } from '../evaluate/finding';
import { precedences } from '../evaluate/precedence';
import { isStale } from '../facts/fact';
import { factsInForce, type FactOverrides } from '../facts/fact-override';
import type { RuleSetting } from '../policy/policy';
import { underFacts } from '../rules/applicability/under-facts';
import type { Rule } from '../rules/rule';
import { appliesTo, type Limit } from './applies-to';

/** A part of the rule's page. */
export interface Section {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

export interface FactAnswer {
  readonly id: string;
  readonly title: string;
  readonly value: unknown;
  readonly url: string;
  readonly checked: string;
  readonly recheck: string;
  /** Due for a new check: findings are `info` at most, and nothing is done about them. */
  readonly stale: boolean;
  /** What AWS does not say, or says in two ways. */
  readonly doubt?: string;
  /** What the policy says in its place. */
  readonly overriddenBy?: unknown;
}

/** `ecs-ipv6 explain RULE --format json`; docs/explain.md says what each member means. */
export interface RuleAnswer {
  readonly schema: 'ecs-ipv6/rule/v1';
  readonly rule: string;
  readonly title: string;
  readonly kind: Finding['kind'];
  readonly severity: Severity;
  readonly remedy: Remedy;
  /** What a policy may raise it to; absent: nothing higher. */
  readonly remedyOnRequest?: Remedy;
  readonly appliesTo: readonly Limit[];
  /** Name to default. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Name of the policy that was asked; absent: none. */
  readonly policy?: string;
  /** What that policy sets; absent: nothing. */
  readonly setting?: RuleSetting;
  readonly sweepOnly?: string;
  readonly reads: readonly string[];
  readonly source: Source;
  readonly facts: readonly FactAnswer[];
  /** Where one of these has an open finding on the same thing, this rule is silent. */
  readonly silentBeside: readonly string[];
  /** Rules that are silent where this one has an open finding. */
  readonly silences: readonly string[];
  readonly sections: readonly Section[];
}

export interface RuleQuestion {
  readonly rule: Rule;
  /** Text of docs/rules/<id>.md. */
  readonly page: string;
  /** Name of the policy that setting and overrides come from. */
  readonly policy?: string;
  readonly setting?: RuleSetting;
  /** What the policy says in the place of facts, by their ids. */
  readonly overrides: FactOverrides;
  readonly now: Date;
}

/** `## Title` and what follows it. */
function sectionsOf(page: string): readonly Section[] {
  const [, ...sections] = page.split(/^## /m);
  return sections.map((section) => {
    const [title = '', ...lines] = section.split('\n');
    return { title: title.trim(), text: lines.join('\n').trim() };
  });
}

function factAnswer(fact: Rule['meta']['facts'][number], { overrides, now }: RuleQuestion): FactAnswer {
  const { id, title, value, url, doubt } = fact;
  const inForce = factsInForce(overrides)(fact);
  const { checked, recheck } = inForce;
  const answer = { id, title, value, url, checked, recheck, stale: isStale(inForce, now), doubt };
  return Object.hasOwn(overrides, id) ? { ...answer, overriddenBy: inForce.value } : answer;
}

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort();

export function explainRule(question: RuleQuestion): RuleAnswer {
  const { page, setting, policy, overrides } = question;
  const inForce = factsInForce(overrides);
  const rule = underFacts(question.rule, (fact) => inForce(fact).value);
  const { id, title, kind, severity, remedy, remedyOnRequest, applies, sweepOnly, reads, source, facts } = rule.meta;
  return {
    schema: 'ecs-ipv6/rule/v1',
    rule: id,
    ...{ title, kind, severity, remedy, remedyOnRequest },
    appliesTo: appliesTo(applies),
    options: rule.defaults,
    ...(policy !== undefined && { policy }),
    ...(setting && { setting }),
    ...(sweepOnly !== undefined && { sweepOnly }),
    reads: [...reads].sort(),
    source,
    facts: facts.map((fact) => factAnswer(fact, question)),
    silentBeside: distinct(precedences.filter(({ moot }) => moot === id).map(({ because }) => because)),
    silences: distinct(precedences.filter(({ because }) => because === id).map(({ moot }) => moot)),
    sections: sectionsOf(page),
  };
}
