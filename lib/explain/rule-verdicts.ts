/** What a rule comes to for each resource that concerns the subject: also where it says nothing, and why. */
import { assignmentOf, type Assignment } from '../evaluate/assignment';
import { evaluate } from '../evaluate/evaluate';
import type { Finding } from '../evaluate/finding';
import { possiblePostures } from '../evaluate/possible-postures';
import { precedences } from '../evaluate/precedence';
import { replacementOf } from '../evaluate/replacement';
import { resourceName } from '../evaluate/resource-name';
import { isAbout, traitsOf } from '../evaluate/traits';
import type { Policy } from '../policy/policy';
import { factsInForce } from '../facts/fact-override';
import { underFacts } from '../rules/applicability/under-facts';
import type { Rule } from '../rules/rule';
import { gapFor } from '../snapshot/gap';
import { resourceOf } from '../snapshot/resource-of';
import type { CollectedKind, Resources, Snapshot } from '../snapshot/snapshot';
import { keysOf, type Concerns } from './concerns';
import type { Status, Verdict } from './verdict';

export interface World {
  /** Judged is exactly what concerns the subject. */
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly rules: readonly Rule[];
  readonly now: Date;
}

const STATUS: Readonly<Record<Finding['status'], Status>> = { open: 'red', unknown: 'unknown', exempt: 'exempt' };

function ofFinding({ status, severity, message, resource, fix, exemption }: Finding, kind: CollectedKind): Verdict {
  const isAdvice = status === 'open' && severity === 'info';
  const reason = exemption ? ` Exempt until ${exemption.until}: ${exemption.reason}.` : '';
  return {
    ...{ resource, kind, severity, fix },
    status: isAdvice ? 'advice' : STATUS[status],
    message: `${message}${reason}`,
  };
}

/** Why the rule does not look at a resource that the policy wants judged; undefined: it does. */
function unfit({ meta: { applies, kind } }: Rule, { snapshot }: World, { resource, assignment }: Assigned) {
  const { possible } = possiblePostures(assignment, snapshot, { kind, resource });
  if (!possible.some((posture) => applies.postures.includes(posture))) return `its posture is ${possible.join(' or ')}`;
  if (isAbout(applies, traitsOf(snapshot, kind, resource)) === false) {
    return 'its network mode, operating system or launch type is another';
  }
  return undefined;
}

/** What was found, and what would have been found if no other rule had made it moot: rule id and resource in one. */
interface Found {
  readonly heard: ReadonlyMap<string, Finding>;
  readonly alone: ReadonlySet<string>;
}

const keyOf = (rule: string, resource: string): string => `${rule} ${resource}`;

/** One evaluation of each rule that can be made moot, over the same snapshot. */
function lookThrough(world: World): Found {
  const canBeMoot = new Set(precedences.map(({ moot }) => moot));
  const moot = world.rules.filter(({ meta }) => canBeMoot.has(meta.id));
  const alone = moot.flatMap((rule) => evaluate({ ...world, rules: [rule] }).findings);
  return {
    heard: new Map(evaluate(world).findings.map((finding) => [keyOf(finding.rule, finding.resource), finding])),
    alone: new Set(alone.map(({ rule, resource }) => keyOf(rule, resource))),
  };
}

/** A resource that a rule could look at. */
interface Looked {
  readonly key: string;
  readonly name: string;
  readonly resource: Resources[CollectedKind];
  readonly found: Found;
}

interface Assigned extends Looked {
  readonly assignment: Assignment;
}

/** Why there is no finding although the rule could say something; undefined: all is well. */
function silence(rule: Rule, world: World, looked: Looked): string | undefined {
  const { snapshot, policy, now } = world;
  const { id, kind } = rule.meta;
  const { name, resource, found } = looked;
  if (policy.rules[id]?.off) return 'the policy turns the rule off';
  const assignment = assignmentOf(policy, snapshot, { kind, resource });
  if (!assignment) return 'no scope of the policy matches it';
  const why = unfit(rule, world, { ...looked, assignment });
  if (why !== undefined) return why;
  if (found.alone.has(keyOf(id, name))) return 'another finding explains it';
  const replacement = replacementOf(snapshot, { kind, resource }, { now, minutes: assignment.graceMinutes });
  return replacement === true ? 'a deployment under way replaces it' : undefined;
}

function verdictOf(rule: Rule, world: World, looked: Looked): Verdict {
  const { kind, id } = rule.meta;
  const finding = looked.found.heard.get(keyOf(id, looked.name));
  if (finding) return ofFinding(finding, kind);
  const message = silence(rule, world, looked);
  return { resource: looked.name, kind, status: message === undefined ? 'green' : 'not-applicable', message, fix: [] };
}

/** Resources of the kind may be missing because they could not be read. */
function unread({ meta }: Rule, { snapshot }: World): readonly Verdict[] {
  const gap = snapshot.gaps.find(({ call }) => meta.reads.includes(call));
  if (!gap) return [];
  const message = `${gap.call} failed: ${gap.reason} (${gap.message})`;
  return [{ resource: snapshot.account, kind: 'account', status: 'unknown', message, fix: [] }];
}

/** By rule id. */
export function ruleVerdicts(world: World, concerns: Concerns): ReadonlyMap<string, readonly Verdict[]> {
  const { snapshot, policy } = world;
  const facts = factsInForce(policy.facts);
  const rules = world.rules.map((rule) => underFacts(rule, (fact) => facts(fact).value));
  const found = lookThrough(world);
  return new Map(
    rules.map((rule) => {
      const { id, kind } = rule.meta;
      const verdicts = keysOf(concerns, kind).flatMap((key) => {
        const resource = resourceOf(snapshot, kind, key);
        if (!resource) return [];
        return [verdictOf(rule, world, { key, name: resourceName(snapshot, kind, resource), resource, found })];
      });
      return [id, verdicts.length > 0 ? verdicts : unread(rule, world)];
    }),
  );
}

/** The gap that explains why something of that collection is not there, as a verdict. */
export function gapVerdict(snapshot: Snapshot, collection: Parameters<typeof gapFor>[1], key?: string) {
  const gap = gapFor(snapshot, collection, key);
  return gap && { status: 'unknown' as const, message: `${gap.call} failed: ${gap.reason} (${gap.message})` };
}
