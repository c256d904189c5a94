import { createNotifier } from '../composition';
import type { Controller } from '../controller';
import type { Early } from './deploy';

/** Tells people of changes. */
export const telling = (early: Early): Controller['notify'] => createNotifier(early).notify;
