import { isStale } from '../facts/fact';
import type { FactsInForce } from '../facts/fact-override';
import { EVERY_RULE, type Exemption, type Policy } from '../policy/policy';
import type { CheckResult, Rule, Unknown, Violation } from '../rules/rule';
import type { Cause } from '../snapshot/gap';
import type { CollectedKind } from '../snapshot/snapshot';
import { lowerRemedy, lowerSeverity, remedyInForce, type Finding, type Severity, type Source } from './finding';
import { matchesGlob } from './glob';
import { renderMessage } from './message';
import type { StuckDeployment } from './replacement';

/** What all findings of one rule have in common under one policy, on one day. */
export interface RuleVerdict {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly remedy: Finding['remedy'];
  /** A fact that it rests on is stale. */
  readonly verify: boolean;
  readonly source: Source;
  /** Those that name the rule, or every rule, and hold on that day. */
  readonly exemptions: readonly Exemption[];
}

/** Everything about a finding that is not the rule's to say. */
export interface FindingContext {
  readonly verdict: RuleVerdict;
  readonly resource: string;
  readonly kind: CollectedKind;
  readonly scope: string;
  /** What should have replaced the resource by now. */
  readonly stuck?: StuckDeployment | undefined;
}

export function isUnknown(result: CheckResult): result is Unknown {
  return 'gap' in result;
}

/** Turns what a rule said of a resource into a finding. */
export function toFinding(result: CheckResult, context: FindingContext): Finding {
  return isUnknown(result) ? unknownFinding(result.gap, context) : violationFinding(result, context);
}

/** A finding that says why nothing can be said. */
export function unknownFinding(cause: Cause, context: FindingContext): Finding {
  const { call, reason, message } = cause;
  return {
    ...base(context),
    status: 'unknown',
    message: `Not known whether this holds: ${context.verdict.rule.meta.title}. ${call}: ${reason} (${message})`,
    desired: {},
    actual: {},
    fix: [],
    related: [],
    gap: { call, reason },
  };
}

function violationFinding(violation: Violation, context: FindingContext): Finding {
  const { verdict, resource, stuck } = context;
  const exemption = verdict.exemptions.find((one) => matchesGlob(one.resource, resource));
  const plain = base(context);
  // each member by name: spreading one object into another of more members costs more than the finding does
  const finding: Finding = {
    rule: plain.rule,
    resource: plain.resource,
    kind: plain.kind,
    scope: plain.scope,
    source: plain.source,
    verify: plain.verify,
    severity: violation.severity ? lowerSeverity(plain.severity, violation.severity) : plain.severity,
    status: exemption ? 'exempt' : 'open',
    message:
      renderMessage(templateOf(verdict.rule, violation), violation.values) + (stuck ? ` ${complaintOf(stuck)}` : ''),
    desired: violation.desired,
    actual: stuck ? { ...violation.actual, replacedBy: replacementIn(stuck) } : violation.actual,
    remedy: violation.remedy ? lowerRemedy(plain.remedy, violation.remedy) : plain.remedy,
    fix: violation.fix ?? [],
    related: violation.related ?? [],
  };
  if (!exemption) return finding;
  const { reason, owner, until } = exemption;
  return { ...finding, exemption: { reason, owner, until } };
}

function replacementIn({ service, deployment }: StuckDeployment) {
  const { id, createdAt, rolloutState } = deployment;
  return { service: service.arn, deployment: id, since: createdAt?.toISOString(), rolloutState };
}

function complaintOf({ service: { name }, deployment: { id, createdAt, rolloutState } }: StuckDeployment): string {
  const since = createdAt ? ` since ${createdAt.toISOString()}` : '';
  const state = rolloutState === 'FAILED' ? 'has failed' : `has been under way${since}`;
  return `Deployment ${id} of ${name}, which was to replace it, ${state}.`;
}

function templateOf({ meta }: Rule, { messageId }: Violation): string {
  const template = meta.messages[messageId];
  if (template === undefined) throw new Error(`Rule ${meta.id} has no message ${messageId}.`);
  return template;
}

function base({ verdict: { rule, severity, remedy, verify, source }, resource, kind, scope }: FindingContext) {
  return { rule: rule.meta.id, resource, kind, severity, verify, remedy, source, scope };
}

/** @param facts under that policy */
export function verdictOf(
  rule: Rule,
  { policy, facts, now }: { readonly policy: Policy; readonly facts: FactsInForce; readonly now: Date },
): RuleVerdict {
  const { meta } = rule;
  const setting = policy.rules[meta.id];
  const verify = meta.facts.some((fact) => isStale(facts(fact), now));
  return {
    rule,
    verify,
    severity: verify ? 'info' : (setting?.severity ?? meta.severity),
    remedy: remedyInForce(meta, setting?.remedy),
    source: sourceOf(meta, facts),
    exemptions: exemptionsFrom(policy.exemptions, meta.id, now),
  };
}

/** A fact that the policy overrides was read by someone else, on another day. */
function sourceOf({ source, facts: own }: Rule['meta'], facts: FactsInForce): Source {
  const stated = own.find(({ url, checked }) => url === source.url && checked === source.checked);
  return stated ? { ...source, checked: facts(stated).checked } : source;
}

/** An exemption holds on its last day, which ends at midnight UTC. */
function exemptionsFrom(exemptions: readonly Exemption[], id: string, now: Date): readonly Exemption[] {
  const today = now.toISOString().slice(0, 10);
  return exemptions.filter(({ rule, until }) => (rule === id || rule === EVERY_RULE) && until >= today);
}
