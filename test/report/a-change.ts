import type { Finding } from '../../lib/evaluate/finding';
import { toStateChange, type FindingStateChange } from '../../lib/report/events';
import { aFinding, place } from '../support/action-builders';
import { aRecord } from './a-record';

/** News of the orphaned target. */
export const aChange = (
  finding: Partial<Finding> = {},
  over: Partial<FindingStateChange> = {},
): FindingStateChange => ({
  ...toStateChange(aRecord({ finding: aFinding(finding) }), place),
  ...over,
});

/** As many, each of another resource. */
export const changesOf = (count: number, finding: Partial<Finding> = {}): readonly FindingStateChange[] =>
  Array.from({ length: count }, (_, index) => {
    const resource = `arn:aws:ec2:eu-west-2:111122223333:instance/i-${String(index)}`;
    return aChange({ ...finding, resource }, { id: `id ${String(index).padStart(6, '0')}` });
  });
