import { deploy } from '../lib/deployed/deploy';
import { withReconcile } from './middleware';

const reconcile = deploy(async (early) => (await import('../lib/deployed/event-pass')).eventPass(early));

/** Events of tasks, services and the policy. */
export const handler = withReconcile(reconcile);
