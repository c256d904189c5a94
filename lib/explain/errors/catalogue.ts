/** Every message that can be explained, by where it arises. */
import type { KnownError } from '../known-error';
import { agentErrors } from './agent';
import { discoveryErrors } from './discovery';
import { healthErrors } from './health';
import { hostErrors } from './host';
import { imagePullErrors } from './image-pull';
import { loadBalancerErrors } from './load-balancer';
import { loggingErrors } from './logging';
import { networkErrors } from './network';
import { registrationErrors } from './registration';

export const catalogue: readonly KnownError[] = [
  ...networkErrors,
  ...hostErrors,
  ...agentErrors,
  ...imagePullErrors,
  ...loggingErrors,
  ...discoveryErrors,
  ...registrationErrors,
  ...loadBalancerErrors,
  ...healthErrors,
];
