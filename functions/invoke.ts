import { deploy } from '../lib/deployed/deploy';
import { whereabouts } from '../lib/environment';
import { fitReport } from '../lib/report/fit-report';
import type { Report } from '../lib/report/report';
import { parseInvocation } from '../lib/trigger/invocation';
import { logReport, withLogs } from './middleware';

const reconcile = deploy(async (early) => (await import('../lib/deployed/whole-pass')).wholePass(early));

/** Looks at what a person names, and answers with the report. The mode may be lowered, never raised. */
export const handler = withLogs<unknown, Report>(async (event, { awsRequestId: requestId }) => {
  const { requests, settings, requestedBy } = parseInvocation(event, whereabouts());
  const { report } = await reconcile(requests, { ...settings, origin: { requestedBy, requestId } });
  logReport(report);
  return fitReport(report);
});
