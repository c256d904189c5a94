import { createController, whereabouts } from '../lib/composition';
import { reconcileMessages } from '../lib/messages';
import { logReport, withBatch } from './middleware';

const controller = createController();

/** Events of instances and container instances; what ECS does not know yet goes back to the queue. */
export const handler = withBatch(async (event) => {
  const bodies = event.Records.map((record) => record.body);
  const { results, report } = await reconcileMessages(bodies, whereabouts(), controller);
  if (report) logReport(report);
  return results;
});
