/** Every service of the local account. */
import type { ServiceDefinition } from './kernel/operation';
import { sts } from './services/sts/sts';

export const services: readonly ServiceDefinition[] = [
  // In alphabetical order, one on a line.
  sts,
];
