import type { PolicyScope, ScopeMatch } from '../policy/policy';
import type { Cause } from '../snapshot/gap';
import type { Snapshot, Tags } from '../snapshot/snapshot';
import { matchesGlob } from './glob';
import type { Placement } from './placement';

type Answer = 'yes' | 'no' | 'unknown';

function matchesAny(patterns: readonly string[], text: string | undefined): Answer {
  if (patterns.length === 0 || patterns.includes('*')) return 'yes';
  if (text === undefined) return 'unknown';
  return patterns.some((pattern) => matchesGlob(pattern, text)) ? 'yes' : 'no';
}

function matchesTags(wanted: ScopeMatch['tags'], tags: Tags | undefined): Answer {
  const entries = Object.entries(wanted);
  if (entries.length === 0) return 'yes';
  if (tags === undefined) return 'unknown';
  return entries.every(([key, pattern]) => matchesGlob(pattern, tags[key] ?? '') && key in tags) ? 'yes' : 'no';
}

function matches({ match }: PolicyScope, placement: Placement, { account, region }: Snapshot): Answer {
  const answers = [
    matchesAny(match.accounts, account),
    matchesAny(match.regions, region),
    matchesAny(match.clusters, placement.cluster),
    matchesAny(match.services, placement.service),
    matchesTags(match.tags, placement.tags),
  ];
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

/** Stands in where nobody said why something was not read. */
const NOT_READ: Cause = { call: 'none', reason: 'not read', message: 'what the scopes match was not read' };

/** The scope that a place belongs to, or why that could not be told. */
export type ScopeAnswer = { readonly scope: PolicyScope } | { readonly doubt: Cause };

/** The first scope that matches; a doubt: an earlier one might; `undefined`: none does. */
export function scopeOf(
  scopes: readonly PolicyScope[],
  placement: Placement,
  snapshot: Snapshot,
): ScopeAnswer | undefined {
  for (const scope of scopes) {
    const answer = matches(scope, placement, snapshot);
    if (answer === 'yes') return { scope };
    if (answer === 'unknown') return { doubt: placement.cause ?? NOT_READ };
  }
  return undefined;
}
