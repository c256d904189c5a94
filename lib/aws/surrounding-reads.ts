import type { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { createLatticeReads, type LatticeReads } from './lattice-reads';

/** Clients of services that only sweeps and people ask. */
export interface SurroundingClients {
  readonly vpcLattice: VPCLatticeClient;
}

/** What is read by sweeps and people only. Functions that handle events do not load what it takes. */
export interface SurroundingReads {
  readonly lattice: LatticeReads;
}

export function createSurroundingReads({ vpcLattice }: SurroundingClients): SurroundingReads {
  return { lattice: createLatticeReads(vpcLattice) };
}
