/**
 * Faults cascade. A rule that is made moot by a named other is silent on the same resource, or on one that the other's
 * finding touches; the other names it in `related`.
 */
import { groupedBy } from '../snapshot/indexed';
import type { Finding } from './finding';

export interface Precedence {
  /** The rule that is silent ... */
  readonly moot: string;
  /** ... where this one has an open finding. */
  readonly because: string;
}

/** Ids are permanent, so that a rule may stand here before it is written. */
export const precedences: readonly Precedence[] = [
  // the host cannot run IPv6-only tasks at all
  { moot: 'instance-agent-too-old', because: 'instance-os-unsupported' },
  { moot: 'instance-without-primary-ipv6', because: 'instance-os-unsupported' },
  // the instance is what blocks, the target only shows it
  { moot: 'target-blocks-registration', because: 'instance-without-primary-ipv6' },
  // what belongs to nothing has to go, whatever its address
  { moot: 'target-family-mismatch', because: 'target-orphaned' },
  { moot: 'cloudmap-instance-with-ipv4', because: 'cloudmap-instance-orphaned' },
  { moot: 'cloudmap-instance-without-ipv6', because: 'cloudmap-instance-orphaned' },
];

/** Finds the findings that silence another: on the same resource, or one of them touches the other's. */
function causesOf(causes: readonly Finding[]): (finding: Finding) => readonly Finding[] {
  const byResource = groupedBy(causes, ({ resource }) => [resource]);
  const byRelated = groupedBy(causes, ({ related }) => related);
  return ({ resource, related }) => [
    ...(byRelated.get(resource) ?? []),
    ...[resource, ...related].flatMap((name) => byResource.get(name) ?? []),
  ];
}

/** The findings without the moot ones; those that made them moot name their resources. `related` is sorted. */
export function withoutMoot(
  findings: readonly Finding[],
  table: readonly Precedence[] = precedences,
): readonly Finding[] {
  const byRule = groupedBy(findings, ({ rule }) => [rule]);
  const silent = new Set<Finding>();
  const touched = new Map<Finding, string[]>();
  for (const { moot, because } of table) {
    const open = (byRule.get(because) ?? []).filter(({ status }) => status === 'open');
    const findCauses = causesOf(open);
    for (const finding of byRule.get(moot) ?? []) {
      for (const cause of findCauses(finding)) {
        silent.add(finding);
        touched.set(cause, [...(touched.get(cause) ?? []), finding.resource]);
      }
    }
  }
  const heard = findings.filter((finding) => !silent.has(finding));
  return heard.map((finding) => ({ ...finding, related: merged(finding, touched.get(finding) ?? []) }));
}

function merged({ resource, related }: Finding, more: readonly string[]): readonly string[] {
  return [...new Set([...related, ...more])].filter((one) => one !== resource).sort();
}
