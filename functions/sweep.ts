import { createController, surroundingReads, whereabouts } from '../lib/composition';
import { accountRequest } from '../lib/trigger/schedule';
import { logReport, withLogs } from './middleware';

const controller = createController(surroundingReads);

/** Looks at everything, on a schedule: what events missed is found here. */
export const handler = withLogs<unknown, undefined>(async (_, { awsRequestId: requestId }) => {
  const { report } = await controller.reconcile([accountRequest(whereabouts())], {
    dryRun: false,
    origin: { requestId },
  });
  logReport(report);
  return undefined;
});
