import { createController } from '../composition';
import type { Controller } from '../controller';
import type { Early } from './deploy';

/** A pass over what events name. */
export const eventPass = (early: Early): Controller['reconcile'] => createController(early).reconcile;
