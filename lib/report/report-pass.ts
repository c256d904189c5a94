import pMap from 'p-map';
import { overriddenFacts } from '../facts/overridden-facts';
import type { LoadedPolicy } from '../policy/policy';
import type { Memory, FindingRecord, Stored } from '../state/memory';
import type { ItemStore } from '../state/item-store';
import { findingPartition, toRecord } from '../state/records';
import type { Pass, Stages } from '../stages';
import { toStateChange, type EventPort } from './events';
import type { Report, ReportGap } from './report';
import { recordChanges, type RecordChange } from './transitions';

/** Writes to the state table at once; far below what an on-demand table takes. */
const WRITE_CONCURRENCY = 16;
/** A change whose event was not accepted by then is sent again by whichever run comes next. */
const RESEND_AFTER_MS = 2 * 60_000;
/** Tries to note that an event was sent; without the note it is sent once more, with the same id. */
const MARK_ATTEMPTS = 5;
/** How long a finding that is over is kept, so that its end can still be told. */
const RESOLVED_TTL_MS = 7 * 24 * 60 * 60_000;

export interface ReportOptions {
  readonly store: ItemStore;
  readonly now: () => Date;
  /** Absent where there is no bus: the command line without a deployed stack. */
  readonly events?: EventPort;
  readonly calls: () => { readonly apiCalls: Readonly<Record<string, number>>; readonly throttled: number };
}

/** Remembers what was found, tells of what changed, and sums the pass up. */
export function createReport(options: ReportOptions): Stages['report'] {
  return async (pass, memory) => {
    if (!pass.settings.dryRun) {
      const changes = recordChanges({ ...pass, memory, now: options.now() });
      const news = await save(changes, pass, options);
      await sendEvents([...news, ...unsent(memory, news, options.now())], pass, options);
    }
    return summary(pass, options);
  };
}

interface Saved {
  readonly key: string;
  readonly stored: Stored<FindingRecord>;
}

/** Of runs that race for the same change one wins, and only that one tells of it. */
async function save(changes: readonly RecordChange[], pass: Pass, { store }: ReportOptions): Promise<readonly Saved[]> {
  const partition = findingPartition(pass.snapshot);
  const saved = await pMap(
    changes,
    async ({ key, record, expected, isNews }): Promise<readonly Saved[]> => {
      const won = await store.put({ partition, key, value: record, expiresAt: expiryOf(record), expected });
      return won && isNews ? [{ key, stored: { value: record, version: (expected ?? 0) + 1 } }] : [];
    },
    { concurrency: WRITE_CONCURRENCY },
  );
  return saved.flat();
}

export function expiryOf({ transition }: FindingRecord): Date | undefined {
  return transition.state === 'resolved' ? new Date(new Date(transition.at).getTime() + RESOLVED_TTL_MS) : undefined;
}

function unsent(memory: Memory, news: readonly Saved[], now: Date): readonly Saved[] {
  const fresh = new Set(news.map((one) => one.key));
  return [...memory.records]
    .filter(([key, { value }]) => !fresh.has(key) && value.transition.eventSentAt === undefined)
    .filter(([, { value }]) => now.getTime() - new Date(value.transition.at).getTime() > RESEND_AFTER_MS)
    .map(([key, stored]) => ({ key, stored }));
}

async function sendEvents(saved: readonly Saved[], pass: Pass, { store, now, events }: ReportOptions): Promise<void> {
  if (!events || saved.length === 0) return;
  const accepted = await events.putEvents(saved.map(({ stored }) => toStateChange(stored.value, pass.snapshot)));
  const sent = saved.filter(({ stored }) => accepted.has(stored.value.transition.id));
  const partition = findingPartition(pass.snapshot);
  await pMap(sent, (one) => markSent(one, { partition, store, at: now().toISOString() }), {
    concurrency: WRITE_CONCURRENCY,
  });
}

interface Mark {
  readonly partition: string;
  readonly store: ItemStore;
  readonly at: string;
}

/** The alert of the same change may be under way by now, so the mark is set on what stands there. */
async function markSent({ key, stored }: Saved, { partition, store, at }: Mark): Promise<void> {
  for (let attempt = 0; attempt < MARK_ATTEMPTS; attempt++) {
    const item = await store.get(partition, key);
    const present = item && toRecord(item);
    // the finding moved on: its next change is told on its own
    if (present?.value.transition.id !== stored.value.transition.id) return;
    const value = { ...present.value, transition: { ...present.value.transition, eventSentAt: at } };
    if (await store.put({ partition, key, value, expiresAt: expiryOf(value), expected: present.version })) return;
  }
}

function summary(pass: Pass, { now, calls }: ReportOptions): Report {
  const { policy, snapshot, evaluation, outcomes, startedAt } = pass;
  return {
    schema: 'ecs-ipv6/report/v1',
    account: snapshot.account,
    regions: [snapshot.region],
    mode: policy.policy.mode,
    policyVersion: policy.policyVersion,
    policyOrigin: policy.origin,
    policyProblems: policy.problems,
    policyWarnings: policy.warnings,
    overriddenFacts: overriddenFacts(policy.policy.facts),
    startedAt: startedAt.toISOString(),
    durationMs: now().getTime() - startedAt.getTime(),
    scanned: Object.fromEntries([...snapshot.judged].map(([kind, keys]) => [kind, keys.size])),
    ...calls(),
    ...(pass.settings.origin && { origin: pass.settings.origin }),
    findings: evaluation.findings,
    actions: outcomes,
    gaps: [...policyGap(policy), ...snapshot.gaps.map(({ call, reason, resources }) => ({ call, reason, resources }))],
  };
}

const policyGap = ({ unread }: LoadedPolicy): readonly ReportGap[] =>
  unread ? [{ call: unread.call, reason: unread.reason, resources: [unread.place] }] : [];
