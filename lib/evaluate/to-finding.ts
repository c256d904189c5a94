import { isStale } from '../facts/fact';
import type { FactsInForce } from '../facts/fact-override';
import { EVERY_RULE, type Exemption, type Policy } from '../policy/policy';
import type { CheckResult, Rule, Unknown, Violation } from '../rules/rule';
import type { Cause } from '../snapshot/gap';
import type { CollectedKind } from '../snapshot/snapshot';
import { lowerRemedy, lowerSeverity, type Finding, type Severity, type Source } from './finding';
import { matchesGlob } from './glob';
import { renderMessage } from './message';
import type { StuckDeployment } from './replacement';

/** Everything about a finding that is not the rule's to say. */
export interface FindingContext {
  readonly rule: Rule;
  readonly policy: Policy;
  /** Under that policy. */
  readonly facts: FactsInForce;
  readonly now: Date;
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
    message: `Not known whether this holds: ${context.rule.meta.title}. ${call}: ${reason} (${message})`,
    desired: {},
    actual: {},
    fix: [],
    related: [],
    gap: { call, reason },
  };
}

function violationFinding(violation: Violation, context: FindingContext): Finding {
  const { rule, policy, now, stuck } = context;
  const exemption = exemptionFor(policy.exemptions, context, now);
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
    message: renderMessage(templateOf(rule, violation), violation.values) + (stuck ? ` ${complaintOf(stuck)}` : ''),
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

function base({ rule: { meta }, policy, facts, now, resource, kind, scope }: FindingContext) {
  const setting = policy.rules[meta.id];
  const verify = meta.facts.some((fact) => isStale(facts(fact), now));
  const severity: Severity = verify ? 'info' : (setting?.severity ?? meta.severity);
  const remedy = setting?.remedy ? lowerRemedy(meta.remedy, setting.remedy) : meta.remedy;
  return { rule: meta.id, resource, kind, severity, verify, remedy, source: sourceOf(meta, facts), scope };
}

/** A fact that the policy overrides was read by someone else, on another day. */
function sourceOf({ source, facts: own }: Rule['meta'], facts: FactsInForce): Source {
  const stated = own.find(({ url, checked }) => url === source.url && checked === source.checked);
  return stated ? { ...source, checked: facts(stated).checked } : source;
}

/** The exemption that holds today; it holds on its last day, which ends at midnight UTC. */
function exemptionFor(exemptions: readonly Exemption[], { rule, resource }: FindingContext, now: Date) {
  const today = now.toISOString().slice(0, 10);
  return exemptions.find(
    (one) =>
      (one.rule === rule.meta.id || one.rule === EVERY_RULE) &&
      one.until >= today &&
      matchesGlob(one.resource, resource),
  );
}
