/**
 * What the controller has to say besides findings: a broken policy, an action that it withholds, an exemption that ends.
 * In the shape of findings, so that they are remembered, told once and ended in the same way.
 */
import { createHash } from 'node:crypto';
import type { Outcome, WithheldReason } from '../apply/outcome';
import { severities, type Finding, type Severity } from '../evaluate/finding';
import { fightOver } from '../guard/fight';
import { SOON_DAYS } from '../policy/dated-remarks';
import { EVERY_RULE, type Exemption } from '../policy/policy';
import type { Pass } from '../stages';
import { BREAKER_NOTICE } from '../state/breaker';
import type { Memory, TransitionState } from '../state/memory';
import { shortName } from '../trigger/arn';
import { mendPolicy, showPolicy } from './notice-fix';

export const POLICY_BROKEN = 'policy-broken';
const WITHHELD = 'withheld-';
const EXPIRING = 'exemption-expiring';
const EXPIRED = 'exemption-expired';
const DAY_MS = 24 * 60 * 60_000;

/** Of a key of the state table, 1,024 bytes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_NAME = 700;
const DIGEST = 16;

/** Whether people are told: not of what the next pass decides by itself, nor of what they asked for. */
const isToldOf: Readonly<Record<WithheldReason, boolean>> = {
  'dry-run': false,
  'first-sighting': false,
  held: false,
  'lease-held': false,
  'policy-changed': false,
  exempt: false,
  // in a notice of its own
  'breaker-open': false,
  'over-budget': true,
  'kill-switch-off': true,
  'not-orphan-for-sure': true,
  'min-healthy': true,
  'depends-on-gap': true,
  'fact-to-verify': true,
  'propagates-tags': true,
  'too-many-tags': true,
  'unmet-condition': true,
};

const isWithheldNotice = (rule: string): boolean => rule.startsWith(WITHHELD);

/** How a notice is announced; undefined: it is new, worse or reminded of as a finding is. */
export function noticeState(rule: string): TransitionState | undefined {
  if (isWithheldNotice(rule)) return 'withheld';
  if (rule.startsWith(BREAKER_NOTICE)) return 'stopped';
  if (rule === EXPIRING) return 'expiring';
  return rule === EXPIRED ? 'expired' : undefined;
}

/** The rules that a notice is about, for subscribers who filter on one. */
export function rulesBehind({ rule, actual }: Finding): readonly string[] {
  const rules = noticeState(rule) === undefined ? [] : actual['rules'];
  return Array.isArray(rules) ? rules.filter((one) => typeof one === 'string') : [];
}

type Seen = Pick<Pass, 'snapshot' | 'evaluation' | 'policy' | 'outcomes'> & { readonly now: Date };

export function noticesOf(seen: Seen): readonly Finding[] {
  return [...brokenPolicy(seen), ...withheldActions(seen), ...openBreakers(seen), ...endingExemptions(seen)];
}

/** Whether a pass over everything would have seen it again. */
export function isNoticeOver({ rule, resource }: Finding, input: Pass & { readonly memory: Memory }): boolean {
  const { policy, settings, outcomes, evaluation, memory } = input;
  // it closes by itself, whatever a pass sees
  if (rule.startsWith(BREAKER_NOTICE)) {
    return [...memory.breakers.values()].every(
      (one) => `${BREAKER_NOTICE}${one.counter}|${one.resource}` !== `${rule}|${resource}`,
    );
  }
  // what serves instead of the written policy only looks, and so does a person who says so
  if (policy.unread || policy.problems.length > 0 || settings.modeCeiling || settings.onlyRules) return false;
  if (!isWithheldNotice(rule)) return true;
  const isWithheld = outcomes.some(({ status, action }) => status === 'withheld' && action.resource === resource);
  return !isWithheld && evaluation.judgements.get(resource)?.status !== 'unknown';
}

/** What notices have in common. */
const notice = {
  ...({ status: 'open', verify: false, remedy: 'none', fix: [], scope: '', related: [] } as const),
  source: {
    url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html',
    checked: '2026-11-22',
  },
};

function brokenPolicy({ policy, snapshot }: Seen): readonly Finding[] {
  const [first] = policy.problems;
  if (!first) return [];
  const more = policy.problems.length > 1 ? ` (and ${String(policy.problems.length - 1)} more)` : '';
  const line = first.line === undefined ? '' : `:${String(first.line)}`;
  return [
    {
      ...notice,
      ...{ rule: POLICY_BROKEN, resource: snapshot.account, kind: 'account', severity: 'high' },
      message: `The policy is invalid, the last valid one goes on in observe mode: ${first.place}${line} ${first.path} ${first.message}${more}`,
      desired: { valid: true },
      actual: { problems: policy.problems.length },
      fix: mendPolicy(snapshot.region, first.place),
    },
  ];
}

function withheldActions({ outcomes, evaluation }: Seen): readonly Finding[] {
  return outcomes.flatMap((outcome) =>
    outcome.status === 'withheld' && outcome.code !== undefined && isToldOf[outcome.code]
      ? [withheldNotice(outcome, outcome.code, evaluation.findings)]
      : [],
  );
}

function withheldNotice({ action, reason = '' }: Outcome, code: WithheldReason, findings: readonly Finding[]): Finding {
  const { kind, resource, resourceKind, rules, scope } = action;
  const causes = findings.filter((one) => one.resource === resource && rules.includes(one.rule));
  return {
    ...notice,
    ...{ rule: `${WITHHELD}${code}`, resource, kind: resourceKind, scope, severity: mostSevere(causes) },
    message: `${kind} of ${shortName(resource)}, for ${rules.join(', ')}, is withheld: ${reason}.`,
    desired: { action: kind },
    actual: { withheld: code, rules },
    source: causes[0]?.source ?? notice.source,
    related: [...new Set(causes.flatMap(({ related }) => related))].sort(),
  };
}

/** One for all that it stops. */
function openBreakers({ outcomes, evaluation }: Seen): readonly Finding[] {
  const opened = new Map<string, Finding>();
  for (const { code, action, reason = '' } of outcomes) {
    if (code !== 'breaker-open') continue;
    const { counter, resource, kind, key } = fightOver(action);
    if (opened.has(key)) continue;
    const causes = evaluation.findings.filter(
      (one) => one.resource === action.resource && action.rules.includes(one.rule),
    );
    opened.set(key, {
      ...notice,
      ...{ rule: `${BREAKER_NOTICE}${counter}`, resource, kind, scope: action.scope, severity: 'high' },
      message: `${action.kind} at ${shortName(resource)} is stopped: ${reason}.`,
      desired: { action: action.kind },
      actual: { stopped: true, rules: action.rules },
      source: causes[0]?.source ?? notice.source,
      related: [...new Set(causes.flatMap(({ related }) => related))].sort(),
    });
  }
  return [...opened.values()];
}

/** A target group is tagged for its targets: then no finding is its own. */
function mostSevere(causes: readonly Finding[]): Severity {
  return severities.find((severity) => causes.some((one) => one.severity === severity)) ?? 'medium';
}

function endingExemptions({ policy, snapshot: { region }, now }: Seen): readonly Finding[] {
  const today = now.toISOString().slice(0, 10);
  const soon = new Date(now.getTime() + SOON_DAYS * DAY_MS).toISOString().slice(0, 10);
  return latest(policy.policy.exemptions).flatMap((one) =>
    one.until > soon ? [] : [exemptionNotice(one, { today, region })],
  );
}

/** Written twice, an exemption holds until the later day. */
function latest(exemptions: readonly Exemption[]): readonly Exemption[] {
  const byName = new Map<string, Exemption>();
  for (const one of exemptions) {
    const before = byName.get(nameOf(one));
    if (!before || before.until < one.until) byName.set(nameOf(one), one);
  }
  return [...byName.values()];
}

/** Stands for a resource. */
function nameOf({ rule, resource }: Exemption): string {
  const name = `${rule} ${resource}`;
  if (Buffer.byteLength(name) <= MAX_NAME) return name;
  return `${name.slice(0, MAX_NAME / 4)}...${createHash('sha256').update(name).digest('hex').slice(0, DIGEST)}`;
}

function exemptionNotice(
  exemption: Exemption,
  { today, region }: { readonly today: string; readonly region: string },
): Finding {
  const { rule, resource, owner, until, reason } = exemption;
  const isOver = until < today;
  // as code: chat would take its asterisks for bold type
  const what = `The exemption of \`${resource}\` from ${rule === EVERY_RULE ? 'every rule' : rule} (${owner}: ${reason})`;
  const when = isOver
    ? `ended with ${until}: it is judged again`
    : `ends with ${until}: from the next day on it is judged again`;
  return {
    ...notice,
    ...{ rule: isOver ? EXPIRED : EXPIRING, resource: nameOf(exemption), kind: 'account' },
    severity: isOver ? 'high' : 'medium',
    message: `${what} ${when}.`,
    desired: { until },
    actual: { rules: [rule], owner },
    fix: showPolicy(region),
  };
}
