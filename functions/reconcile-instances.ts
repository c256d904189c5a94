import { createController } from '../lib/composition';
import { withReconcile } from './middleware';

/** Events of instances and container instances; what ECS does not know yet goes back to the queue. */
export const handler = withReconcile(createController());
