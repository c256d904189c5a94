import type { EC2Client } from '@aws-sdk/client-ec2';
import type { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { createLatticeReads, type LatticeReads } from './lattice-reads';
import { createNetworkReads, type NetworkReads } from './network-reads';

/** Clients of which sweeps and people ask more than events do. */
export interface SurroundingClients {
  readonly ec2: EC2Client;
  readonly vpcLattice: VPCLatticeClient;
}

/** What is read by sweeps and people only. Functions that handle events do not load what it takes. */
export interface SurroundingReads {
  readonly lattice: LatticeReads;
  readonly network: NetworkReads;
}

export function createSurroundingReads({ ec2, vpcLattice }: SurroundingClients): SurroundingReads {
  return { lattice: createLatticeReads(vpcLattice), network: createNetworkReads(ec2) };
}
