import { createController, surroundingReads } from '../composition';
import type { Controller } from '../controller';
import type { Early } from './deploy';

/** A pass that looks at what surrounds the workload, too: for sweeps and for people. */
export const wholePass = (early: Early): Controller['reconcile'] => createController(early, surroundingReads).reconcile;
