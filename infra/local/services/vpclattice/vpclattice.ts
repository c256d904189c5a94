import * as schemas from '@aws-sdk/client-vpc-lattice';
import type { ServiceDefinition } from '../../kernel/operation';
import { tagOperations } from './tags';
import { targetGroupOperations } from './target-groups';
import { targetOperations } from './targets';

/** VPC Lattice: target groups and their targets; no services, listeners or networks that would use them. */
export const vpclattice: ServiceDefinition = {
  signingName: 'vpc-lattice',
  iamPrefix: 'vpc-lattice',
  schemas,
  client: () => new schemas.VPCLatticeClient({ region: 'us-east-1' }),
  operations: { ...tagOperations, ...targetGroupOperations, ...targetOperations },
};
