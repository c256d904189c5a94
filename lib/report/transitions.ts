/**
 * What changed since the last run, and is worth telling: computed from what was remembered and what is found now, so
 * that two runs over the same world say nothing the second time.
 */
import { createHash } from 'node:crypto';
import { severities, type Finding } from '../evaluate/finding';
import { supportingKinds } from '../evaluate/users';
import type { LoadedPolicy } from '../policy/policy';
import type { Pass } from '../stages';
import {
  findingKey,
  type FindingRecord,
  type Memory,
  type Stored,
  type Transition,
  type TransitionState,
} from '../state/memory';
import { isNoticeOver, noticesOf, noticeState, POLICY_BROKEN } from './notices';
import { parentsOf } from './parents';

/** How old `lastSeenAt` may grow before it alone is worth a write. */
const SEEN_AGAIN_MS = 60 * 60_000;

export interface TransitionInput extends Pass {
  readonly memory: Memory;
  readonly now: Date;
}

/** One record to write. */
export interface RecordChange {
  readonly key: string;
  readonly record: FindingRecord;
  /** Version that must still be there; `undefined`: the finding was not known. */
  readonly expected: number | undefined;
  /** The change is news: it goes out as an event, and may become an alert. */
  readonly isNews: boolean;
}

export function recordChanges(input: TransitionInput): readonly RecordChange[] {
  const present = [...input.evaluation.findings, ...noticesOf(input)];
  const open = new Map(present.filter((one) => one.status === 'open').map((one) => [findingKey(one), one]));
  const unsure = new Set(present.filter((one) => one.status === 'unknown').map(findingKey));
  const isTold = seenWhole(input);
  const found = isGuess(input.policy)
    ? []
    : [...open].flatMap(([key, finding]) => (isTold(finding) ? seen(key, finding, input) : []));
  const over = [...input.memory.records].flatMap(([key, stored]) =>
    open.has(key) || unsure.has(key) || !isTold(stored.value.finding) ? [] : ended(key, stored, input),
  );
  return [...found, ...over];
}

const supporting: ReadonlySet<string> = new Set(supportingKinds);

/**
 * What is said of a network, a launch template or the account holds for all who use it. A pass over some of them sees a
 * part: it answers who asked, and neither remembers nor ends what a sweep found.
 */
function seenWhole(input: TransitionInput): (finding: Finding) => boolean {
  const sweeps = isSweep(input);
  return ({ kind, rule }) => sweeps || rule === POLICY_BROKEN || !supporting.has(kind);
}

const isSweep = ({ requests, snapshot }: TransitionInput): boolean =>
  snapshot.hasSurroundings && requests.some(({ kind }) => kind === 'account');

/** The policy could not be read and none is remembered: the built-in one may ask for what nobody wants. */
const isGuess = ({ unread, origin }: LoadedPolicy): boolean => unread !== undefined && origin === 'built-in';

function transitionOf(
  key: string,
  state: TransitionState,
  { version, now }: { version: number; now: Date },
): Transition {
  // the version makes the id the same in runs that race for the same change, and another one next time
  const id = createHash('sha256')
    .update(`${key}|${state}|${String(version)}`)
    .digest('hex')
    .slice(0, 32);
  return { id, state, at: now.toISOString() };
}

function seen(key: string, finding: Finding, input: TransitionInput): readonly RecordChange[] {
  const { memory, snapshot, now } = input;
  const stored = memory.records.get(key);
  const at = now.toISOString();
  const parents = parentsOf(snapshot, finding);
  if (!stored || stored.value.transition.state === 'resolved') {
    const transition = transitionOf(key, noticeState(finding.rule) ?? 'new', { version: stored?.version ?? 0, now });
    const record = { finding, firstSeenAt: at, lastSeenAt: at, parents, transition };
    return [{ key, record, expected: stored?.version, isNews: true }];
  }
  const { value: before, version } = stored;
  const state = newsOf(before, finding, input);
  const record = { ...before, finding, lastSeenAt: at, parents };
  if (state) {
    return [
      {
        key,
        record: { ...record, transition: transitionOf(key, state, { version, now }) },
        expected: version,
        isNews: true,
      },
    ];
  }
  const unchanged = JSON.stringify(before.finding) === JSON.stringify(finding);
  const fresh = now.getTime() - new Date(before.lastSeenAt).getTime() < SEEN_AGAIN_MS;
  return unchanged && fresh ? [] : [{ key, record, expected: version, isNews: false }];
}

function newsOf(
  before: FindingRecord,
  finding: Finding,
  { policy, now }: TransitionInput,
): TransitionState | undefined {
  // said once while it lasts
  if (noticeState(finding.rule)) return undefined;
  if (severities.indexOf(finding.severity) < severities.indexOf(before.finding.severity)) return 'worse';
  const remindAfterMs = policy.policy.alerts.remindAfterHours * 60 * 60_000;
  if (before.announcedAt === undefined) return undefined;
  // the last news counts although nobody was told of it yet: another would take its place before it is
  const last = Math.max(new Date(before.announcedAt).getTime(), new Date(before.transition.at).getTime());
  return now.getTime() - last >= remindAfterMs ? 'reminder' : undefined;
}

function ended(
  key: string,
  { value: before, version }: Stored<FindingRecord>,
  input: TransitionInput,
): readonly RecordChange[] {
  if (before.transition.state === 'resolved' || !isOver(before, input)) return [];
  const { now } = input;
  const transition = transitionOf(key, 'resolved', { version, now });
  const record = { ...before, lastSeenAt: now.toISOString(), transition };
  return [{ key, record, expected: version, isNews: true }];
}

/** A part of the rules says nothing of the others, nor a part of the account of what the controller itself does. */
function mayEnd(finding: Finding, input: TransitionInput): boolean {
  const { onlyRules } = input.settings;
  if (onlyRules && !onlyRules.includes(finding.rule)) return false;
  return noticeState(finding.rule) === undefined || (isSweep(input) && isNoticeOver(finding, input));
}

/** Over is what was looked at and not found again; what this run did not look at stays as it is. */
function isOver({ finding, parents }: FindingRecord, input: TransitionInput): boolean {
  const { policy, snapshot, evaluation } = input;
  // a policy that could not be read may be as broken as before
  if (finding.rule === POLICY_BROKEN) return policy.unread === undefined;
  if (!mayEnd(finding, input)) return false;
  if (snapshot.gone.has(finding.resource)) return true;
  // what serves instead may be older, and ask for less
  if (policy.unread) return false;
  const judgement = evaluation.judgements.get(finding.resource);
  // it is there, and nobody asked whether it still has the fault
  if (judgement) return !judgement.unasked.includes(finding.rule);
  // not there any more, although everything that could hold it was listed
  const holders = [snapshot.account, ...parents];
  return (
    snapshot.covered.has(snapshot.account) ||
    (parents.length > 0 && holders.slice(1).every((one) => snapshot.covered.has(one)))
  );
}
