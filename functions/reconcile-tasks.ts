import { createController } from '../lib/composition';
import { withReconcile } from './middleware';

/** Events of tasks, services and the policy. */
export const handler = withReconcile(createController());
