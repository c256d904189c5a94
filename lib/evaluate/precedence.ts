/**
 * Faults cascade. A rule that is made moot by a named other is silent on the same resource, or on one that the other's
 * finding touches; the other names it in `related`. Where the other cannot tell, neither can be said.
 */
import { takesOwned, type Policy } from '../policy/policy';
import { groupedBy } from '../snapshot/indexed';
import type { Finding } from './finding';

export interface Precedence {
  /** The rule that is silent ... */
  readonly moot: string;
  /** ... where this one has an open finding. */
  readonly because: string;
  /** What ECS registers is the service's fault, unless the policy lets it be taken out all the same. */
  readonly isOfEcs?: true;
}

/** Ids are permanent, so that a rule may stand here before it is written. */
export const precedences: readonly Precedence[] = [
  // an instance of that type can have no IPv6 address at all
  { moot: 'instance-without-primary-ipv6', because: 'instance-type-without-ipv6' },
  // the instance is what blocks, the target only shows it
  { moot: 'target-blocks-registration', because: 'instance-without-primary-ipv6' },
  // what belongs to nothing has to go, whatever its address
  { moot: 'target-family-mismatch', because: 'target-orphaned' },
  { moot: 'cloudmap-instance-with-ipv4', because: 'cloudmap-instance-orphaned' },
  { moot: 'cloudmap-instance-without-ipv6', because: 'cloudmap-instance-orphaned' },
  // the group takes no other addresses
  { moot: 'target-family-mismatch', because: 'service-target-group-not-ipv6', isOfEcs: true },
  // the records decide which addresses are registered
  { moot: 'cloudmap-instance-with-ipv4', because: 'service-registry-record-type', isOfEcs: true },
  { moot: 'cloudmap-instance-without-ipv6', because: 'service-registry-record-type' },
  // ECS registers the addresses that the task has
  { moot: 'cloudmap-instance-with-ipv4', because: 'task-with-ipv4', isOfEcs: true },
  { moot: 'cloudmap-instance-without-ipv6', because: 'task-without-ipv6' },
  // ... or its host has
  { moot: 'cloudmap-instance-without-ipv6', because: 'instance-without-primary-ipv6' },
  // tasks have the addresses of their subnets, and start with what the service says
  { moot: 'task-with-ipv4', because: 'service-subnet-not-ipv6-only' },
  { moot: 'task-exec-enabled', because: 'service-exec-enabled' },
  // what has no IPv6 address has to have an IPv4 one, and an old platform gives none
  { moot: 'task-with-ipv4', because: 'task-without-ipv6' },
  { moot: 'task-without-ipv6', because: 'task-platform-too-old' },
  // what keeps it from being registered has been found elsewhere, and is mended there
  { moot: 'task-stuck-registering', because: 'service-target-group-not-ipv6' },
  { moot: 'task-stuck-registering', because: 'service-target-type-mismatch' },
  { moot: 'task-stuck-registering', because: 'service-registry-record-type' },
  { moot: 'task-stuck-registering', because: 'instance-without-primary-ipv6' },
  { moot: 'task-stuck-registering', because: 'target-blocks-registration' },
  { moot: 'task-stuck-registering', because: 'task-without-ipv6' },
  // on Windows there are Windows tasks only
  { moot: 'task-os-unsupported', because: 'instance-os-unsupported' },
];

const unlessTaken = precedences.filter(({ isOfEcs }) => isOfEcs !== true);

export function precedencesUnder(policy: Policy): readonly Precedence[] {
  return takesOwned(policy) ? unlessTaken : precedences;
}

const NOTHING: readonly never[] = [];

type FindCauses = (finding: Finding) => readonly Finding[];

/** Finds the findings that silence another: on the same resource, or one of them touches the other's. */
function causesOf(causes: readonly Finding[]): FindCauses {
  if (causes.length === 0) return () => NOTHING;
  const byResource = groupedBy(causes, ({ resource }) => resource);
  const byRelated = groupedBy(causes, ({ related }) => related);
  return ({ resource, related }) => [
    ...(byRelated.get(resource) ?? []),
    ...[resource, ...related].flatMap((name) => byResource.get(name) ?? []),
  ];
}

interface Silenced {
  readonly silent: Set<Finding>;
  /** Resources of what a cause has silenced. */
  readonly touched: Map<Finding, string[]>;
  /** What may be moot, by a cause that cannot be told. */
  readonly doubted: Map<Finding, Finding>;
}

function silence(suspects: readonly Finding[], findCauses: FindCauses, { silent, touched, doubted }: Silenced): void {
  for (const finding of suspects) {
    for (const cause of findCauses(finding)) {
      if (cause.status === 'unknown') doubted.set(finding, cause);
      else {
        silent.add(finding);
        const resources = touched.get(cause) ?? [];
        touched.set(cause, resources);
        resources.push(finding.resource);
      }
    }
  }
}

/**
 * The findings without the moot ones; those that made them moot name their resources. `related` is sorted.
 * @param beside findings that may be causes and are not told themselves
 */
export function withoutMoot(
  findings: readonly Finding[],
  beside: readonly Finding[] = [],
  table: readonly Precedence[] = precedences,
): readonly Finding[] {
  const byRule = groupedBy(findings, ({ rule }) => rule);
  const besideByRule = groupedBy(beside, ({ rule }) => rule);
  const silenced: Silenced = { silent: new Set(), touched: new Map(), doubted: new Map() };
  // what causes of one rule touch is worked out once for all that they make moot
  for (const [because, rows] of groupedBy(table, (row) => row.because)) {
    const suspects = rows.flatMap(({ moot }) => byRule.get(moot) ?? []);
    if (suspects.length === 0) continue;
    const causes = [...(byRule.get(because) ?? []), ...(besideByRule.get(because) ?? [])];
    silence(suspects, causesOf(causes.filter(({ status }) => status !== 'exempt')), silenced);
  }
  const { silent, touched, doubted } = silenced;
  const heard = findings.filter((finding) => !silent.has(finding));
  return heard.map((finding) => {
    const cause = finding.status === 'open' ? doubted.get(finding) : undefined;
    return cause ? inDoubt(finding, cause) : withRelated(finding, touched.get(finding) ?? NOTHING);
  });
}

/** It may be that the cause is all there is to say. */
function inDoubt(finding: Finding, { rule, gap, message }: Finding): Finding {
  return {
    ...finding,
    ...{ status: 'unknown', gap, desired: {}, actual: {}, fix: [], related: [] },
    message: `Not known whether ${rule} explains this: ${finding.message} ${message}`,
  };
}

/** The finding itself where there is nothing to change, as most often: a fleet has tens of thousands. */
function withRelated(finding: Finding, more: readonly string[]): Finding {
  const { resource, related } = finding;
  if (more.length === 0 && isTidy(finding)) return finding;
  return { ...finding, related: [...new Set([...related, ...more])].filter((one) => one !== resource).sort() };
}

/** Sorted, each once, and not itself. */
function isTidy({ resource, related }: Finding): boolean {
  let before = '';
  for (const one of related) {
    if (one <= before || one === resource) return false;
    before = one;
  }
  return true;
}
