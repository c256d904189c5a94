import type { Evaluation, Judgement } from '../evaluate/judgement';
import type { SupportingKind } from '../evaluate/users';
import type { Policy } from '../policy/policy';
import type { CollectedKind, Snapshot, Tags } from '../snapshot/snapshot';
import type { TagAction, UntagAction } from './action';

/** Longest tag value: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const MAX_TAG_VALUE = 256;

/** Kinds that carry our tags themselves; a target's verdict goes to its group, a Cloud Map instance's to its service. */
type TaggedKind = Exclude<CollectedKind, 'target' | 'cloudmap-instance' | SupportingKind>;

const collections = {
  cluster: 'clusters',
  service: 'services',
  task: 'tasks',
  'task-definition': 'taskDefinitions',
  'container-instance': 'containerInstances',
  instance: 'instances',
  'target-group': 'targetGroups',
  'cloudmap-service': 'cloudMapServices',
} as const satisfies Record<TaggedKind, keyof Snapshot>;

const isTagged = (kind: CollectedKind): kind is TaggedKind => Object.hasOwn(collections, kind);

/** `undefined`: the tags were not read, so nothing is known to differ. */
export function tagsOf(snapshot: Snapshot, { kind, key }: Judgement): Tags | undefined {
  return isTagged(kind) ? snapshot[collections[kind]].get(key)?.tags : undefined;
}

/** Rule ids joined by a space (AWS refuses commas), cut with `+n` where they do not fit. */
export function ruleList(rules: readonly string[]): string {
  const sorted = [...new Set(rules)].sort();
  for (let shown = sorted.length; shown > 0; shown--) {
    const rest = sorted.length - shown;
    const value = [...sorted.slice(0, shown), ...(rest > 0 ? [`+${String(rest)}`] : [])].join(' ');
    if (value.length <= MAX_TAG_VALUE) return value;
  }
  return '';
}

/** The judgements whose verdict shows on a resource's tags: its own, and those of what is registered in it. */
function judgementsByCarrier(evaluation: Evaluation): ReadonlyMap<string, readonly Judgement[]> {
  const carried = new Map<string, Judgement[]>();
  for (const judgement of evaluation.judgements.values()) {
    const isMember = judgement.kind === 'target' || judgement.kind === 'cloudmap-instance';
    const carrier = isMember ? judgement.resource.slice(0, judgement.resource.indexOf('#')) : judgement.resource;
    carried.set(carrier, [...(carried.get(carrier) ?? []), judgement]);
  }
  return carried;
}

function openRules(evaluation: Evaluation, resources: ReadonlySet<string>): readonly string[] {
  return evaluation.findings
    .filter((finding) => finding.status === 'open' && resources.has(finding.resource))
    .map((finding) => finding.rule);
}

interface TagPlan {
  readonly evaluation: Evaluation;
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly now: Date;
}

const pick = (tags: Tags, keys: readonly string[]): Tags =>
  Object.fromEntries(keys.flatMap((key) => (tags[key] === undefined ? [] : [[key, tags[key]]])));

function tagsFor(plan: TagPlan, rules: readonly string[], present: Tags): Tags {
  const { prefix } = plan.policy.tags;
  return {
    [`${prefix}:status`]: 'violation',
    [`${prefix}:rules`]: ruleList(rules),
    [`${prefix}:since`]: present[`${prefix}:since`] ?? plan.now.toISOString().slice(0, 10),
  };
}

/** Rules that the tags name and this pass could not ask: their verdict stands. */
function unaskedRules({ policy: { tags } }: TagPlan, carrier: Judgement, present: Tags): readonly string[] {
  const named = present[`${tags.prefix}:rules`]?.split(' ') ?? [];
  return named.filter((rule) => carrier.unasked.includes(rule));
}

/** Members of the carrier could not be listed: what is wrong with them is not known, so tags that are there stay. */
function isHalfSeen({ snapshot }: TagPlan, { kind, resource }: Judgement): boolean {
  return (kind === 'target-group' || kind === 'cloudmap-service') && !snapshot.covered.has(resource);
}

/** Nothing is known to be wrong with them, and not all is known. */
function isUndecided(members: readonly Judgement[]): boolean {
  const statuses = new Set(members.map((member) => member.status));
  return statuses.has('unknown') && !statuses.has('violation');
}

function planFor(
  plan: TagPlan,
  carrier: Judgement,
  members: readonly Judgement[],
): TagAction | UntagAction | undefined {
  const present = tagsOf(plan.snapshot, carrier);
  if (!present || members.some((member) => member.mode === 'observe')) return undefined;
  if (isHalfSeen(plan, carrier) && present[`${plan.policy.tags.prefix}:status`] !== undefined) return undefined;
  const base = {
    resource: carrier.resource,
    resourceKind: carrier.kind,
    scope: carrier.scope,
    mode: carrier.mode,
  };
  // the tags stay as they are
  if (isUndecided(members)) return undefined;
  const rules = [
    ...openRules(plan.evaluation, new Set(members.map((member) => member.resource))),
    ...unaskedRules(plan, carrier, present),
  ];
  if (rules.length > 0) {
    const to = tagsFor(plan, rules, present);
    const from = pick(present, Object.keys(to));
    const differs = Object.entries(to).some(([key, value]) => from[key] !== value);
    return differs ? { kind: 'tag', ...base, rules: [...new Set(rules)].sort(), from, to } : undefined;
  }
  const from = pick(
    present,
    ['status', 'rules', 'since'].map((name) => `${plan.policy.tags.prefix}:${name}`),
  );
  return Object.keys(from).length > 0 ? { kind: 'untag', ...base, rules: [], from, to: {} } : undefined;
}

/** Tag writes that make the resources' tags say what the rules say, by resource; nothing where they say it already. */
export function planTags(plan: TagPlan): readonly (TagAction | UntagAction)[] {
  const actions: (TagAction | UntagAction)[] = [];
  for (const [resource, members] of judgementsByCarrier(plan.evaluation)) {
    const carrier = plan.evaluation.judgements.get(resource);
    const action = carrier && planFor(plan, carrier, members);
    if (action) actions.push(action);
  }
  return actions.sort((left, right) => (left.resource < right.resource ? -1 : 1));
}
