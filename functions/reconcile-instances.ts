import { deploy } from '../lib/deployed/deploy';
import { withReconcile } from './middleware';

const reconcile = deploy(async (early) => (await import('../lib/deployed/event-pass')).eventPass(early));

/** Events of instances and container instances; what ECS does not know yet goes back to the queue. */
export const handler = withReconcile(reconcile);
