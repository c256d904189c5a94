/** Findings of an account are mended one by one: each mend ends its own finding and no other, and nothing is left. */
import { expect } from '@jest/globals';
import type { Finding } from '../../lib/evaluate/finding';
import type { Audit } from './an-audit';

/** By id of the rule, in the order in which they are done. */
export type Mends = Readonly<Record<string, (finding: Finding) => Promise<void>>>;

const rulesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ rule }) => rule).sort();

async function openFindings(audit: Audit): Promise<readonly Finding[]> {
  const { evaluation } = await audit.look([audit.everything]);
  return evaluation.findings.filter(({ status }) => status === 'open');
}

/**
 * @param auditNow a mend may change the policy, and with it the audit
 * @param settle lets time pass after each mend
 */
export async function mendOneByOne(mends: Mends, auditNow: () => Audit, settle: () => Promise<void>): Promise<void> {
  let left = await openFindings(auditNow());
  expect(rulesOf(left)).toEqual(Object.keys(mends).sort());
  for (const [rule, mend] of Object.entries(mends)) {
    const finding = left.find((one) => one.rule === rule);
    if (!finding) throw new Error(`${rule} is not found any more.`);
    await mend(finding);
    await settle();
    const after = await openFindings(auditNow());
    expect(rulesOf(after)).toEqual(rulesOf(left.filter((one) => one !== finding)));
    left = after;
  }
  expect(left).toEqual([]);
}
