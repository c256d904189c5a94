import { createController, surroundingReads, whereabouts } from '../lib/composition';
import { fitReport } from '../lib/report/fit-report';
import type { Report } from '../lib/report/report';
import { parseInvocation } from '../lib/trigger/invocation';
import { logReport, withLogs } from './middleware';

const controller = createController(surroundingReads);

/** Looks at what a person names, and answers with the report. The mode may be lowered, never raised. */
export const handler = withLogs<unknown, Report>(async (event, { awsRequestId: requestId }) => {
  const { requests, settings, requestedBy } = parseInvocation(event, whereabouts());
  const { report } = await controller.reconcile(requests, { ...settings, origin: { requestedBy, requestId } });
  logReport(report);
  return fitReport(report);
});
