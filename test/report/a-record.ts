/** Records of findings as earlier runs left them. */
import type { FindingRecord, Memory, Stored } from '../../lib/state/memory';
import { findingKey } from '../../lib/state/memory';
import { aFinding } from '../support/action-builders';
import { NOW, TARGET_GROUP_ARN } from '../support/builders';

/** So many hours before `NOW`. */
export const hoursAgo = (hours: number): string => new Date(NOW.getTime() - hours * 3_600_000).toISOString();

/** The orphaned target, found two hours ago, and told of at once. */
export function aRecord(over: Partial<FindingRecord> = {}): FindingRecord {
  const at = hoursAgo(2);
  return {
    finding: aFinding(),
    firstSeenAt: at,
    lastSeenAt: hoursAgo(0.5),
    parents: [TARGET_GROUP_ARN],
    announcedAt: at,
    transition: { id: 'first', state: 'new', at, eventSentAt: at, alertedAt: at },
    ...over,
  };
}

export function recordsOf(...records: readonly FindingRecord[]): Memory['records'] {
  return new Map(
    records.map((value): [string, Stored<FindingRecord>] => [findingKey(value.finding), { value, version: 3 }]),
  );
}
