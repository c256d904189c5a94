/** What a pass needs of IAM: under one policy, or under whatever policy may come. */
import { highestRemedy, remedyInForce, type RemedyRange } from '../evaluate/finding';
import { actionKindOf } from '../plan/action-kind';
import { lowerOf } from '../policy/mode';
import { needsTags } from '../policy/needs-tags';
import { modes, type Mode, type Policy } from '../policy/policy';
import type { RuleMeta } from '../rules/rule';
import { actionPermissions } from './action-permissions';
import type { Permission } from './permission';
import { parameterReads } from './parameter-reads';
import { placementReads, tagReads, toRead } from './reads';

/** The part of a rule that says what it takes. */
export interface NeedyRule {
  readonly meta: Pick<RuleMeta, 'id' | 'kind' | 'reads'> & RemedyRange;
}

interface Needs {
  /** The most that is written. */
  readonly level: Mode;
  readonly readsTags: boolean;
  /** `*` for any. */
  readonly tagPrefix: string;
  readonly rules: readonly NeedyRule[];
  /** Rules whose findings lead to an action. */
  readonly acting: readonly NeedyRule[];
}

export interface NeedOptions {
  readonly rules: readonly NeedyRule[];
  /** Where policy and kill switch lie in Parameter Store, e.g. `/ecs-ipv6`. */
  readonly parameterPrefix: string;
}

const isLevel = (needs: Needs, level: Mode): boolean => lowerOf(needs.level, level) === level;

function permissionsOf(needs: Needs, { parameterPrefix }: NeedOptions): readonly Permission[] {
  const ofActions = actionPermissions(needs.tagPrefix);
  const kinds = needs.acting.map(({ meta }) => actionKindOf(meta.id, meta.kind)).filter((kind) => kind !== undefined);
  const reads: readonly string[] = [
    ...placementReads,
    ...(needs.readsTags ? tagReads : []),
    ...needs.rules.flatMap(({ meta }) => meta.reads),
  ];
  return [
    ...parameterReads(parameterPrefix),
    ...[...new Set(reads)].sort().map(toRead),
    ...(isLevel(needs, 'tag') ? [...ofActions.tag, ...ofActions.untag] : []),
    ...(isLevel(needs, 'enforce') ? [...new Set(kinds)].sort().flatMap((kind) => ofActions[kind]) : []),
  ];
}

/** Enough for every policy, up to a level of permissions. */
export function needsOfAnyPolicy(level: Mode, options: NeedOptions): readonly Permission[] {
  const { rules } = options;
  const acting = rules.filter(({ meta }) => highestRemedy(meta) === 'auto');
  return permissionsOf({ level, readsTags: true, tagPrefix: '*', rules, acting }, options);
}

/** The most that the policy asks for in any of its scopes. */
export function highestMode({ mode, scopes }: Policy): Mode {
  const asked = scopes.map((scope) => scope.mode ?? mode);
  return modes.findLast((one) => asked.includes(one)) ?? mode;
}

/** Enough for the rules that a policy has on, in the mode that it asks for, and no more. */
export function needsOfPolicy(policy: Policy, ceiling: Mode, options: NeedOptions): readonly Permission[] {
  const rules = options.rules.filter(({ meta }) => policy.rules[meta.id]?.off !== true);
  const needs = {
    level: lowerOf(highestMode(policy), ceiling),
    readsTags: needsTags(policy),
    tagPrefix: policy.tags.prefix,
    rules,
    acting: rules.filter(({ meta }) => remedyInForce(meta, policy.rules[meta.id]?.remedy) === 'auto'),
  };
  return permissionsOf(needs, options);
}
