import { createController, surroundingReads, whereabouts } from '../lib/composition';
import { accountRequest } from '../lib/trigger/schedule';
import { logReport, withLogs } from './middleware';

const controller = createController(surroundingReads);

/** Looks at everything, on a schedule: what events missed is found here. */
export const handler = withLogs<unknown, undefined>(async () => {
  const { report } = await controller.reconcile([accountRequest(whereabouts())], { dryRun: false });
  logReport(report);
  return undefined;
});
