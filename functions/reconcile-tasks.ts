import { createController, whereabouts } from '../lib/composition';
import { reconcileMessages } from '../lib/messages';
import { logReport, withBatch } from './middleware';

const controller = createController();

/** Events of tasks, services and the policy, from the queue: whatever they name is looked at in one pass. */
export const handler = withBatch(async (event) => {
  const bodies = event.Records.map((record) => record.body);
  const { results, report } = await reconcileMessages(bodies, whereabouts(), controller);
  if (report) logReport(report);
  return results;
});
