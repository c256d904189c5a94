import { deploy } from '../lib/deployed/deploy';
import { whereabouts } from '../lib/environment';
import { accountRequest } from '../lib/trigger/schedule';
import { logReport, withLogs } from './middleware';

const reconcile = deploy(async (early) => (await import('../lib/deployed/whole-pass')).wholePass(early));

/** Looks at everything, on a schedule: what events missed is found here. */
export const handler = withLogs<unknown, undefined>(async (_, { awsRequestId: requestId }) => {
  const { report } = await reconcile([accountRequest(whereabouts())], {
    dryRun: false,
    origin: { requestId },
  });
  logReport(report);
  return undefined;
});
