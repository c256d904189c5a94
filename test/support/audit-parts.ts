/** What a sweep finds in an account that is made of the given parts of the demo. */
import { SimulatedClock } from '../../infra/local/kernel/clock';
import { startLocalAccount } from '../../infra/local/local-account';
import { seedDemo } from '../../infra/local/seed/demo/demo';
import type { DemoPart } from '../../infra/local/seed/demo/part';
import { services } from '../../infra/local/services';
import type { Finding } from '../../lib/evaluate/finding';
import type { Snapshot } from '../../lib/snapshot/snapshot';
import { anAudit } from './an-audit';

export interface PartAudit {
  readonly region: string;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
}

/** One of each region, by the parts' own policy and all rules. */
export async function auditParts(...parts: readonly DemoPart[]): Promise<readonly PartAudit[]> {
  const clock = new SimulatedClock({ running: false });
  const account = await startLocalAccount({ services, clock });
  try {
    const audits: PartAudit[] = [];
    for (const region of await seedDemo(account, parts)) {
      const audit = await anAudit(account, region);
      const { snapshot, evaluation } = await audit.look([audit.everything]);
      audits.push({ region, snapshot, findings: evaluation.findings });
      audit.close();
    }
    return audits;
  } finally {
    await account.stop();
  }
}
