import type { EC2Client } from '@aws-sdk/client-ec2';
import type { EFSClient } from '@aws-sdk/client-efs';
import type { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { createEfsReads, type EfsReads } from './efs-reads';
import { createLatticeReads, type LatticeReads } from './lattice-reads';
import { createNetworkReads, type NetworkReads } from './network-reads';

/** Clients of which sweeps and people ask more than events do. */
export interface SurroundingClients {
  readonly ec2: EC2Client;
  readonly efs: EFSClient;
  readonly vpcLattice: VPCLatticeClient;
}

/** What is read by sweeps and people only. Functions that handle events do not load what it takes. */
export interface SurroundingReads {
  readonly efs: EfsReads;
  readonly lattice: LatticeReads;
  readonly network: NetworkReads;
}

export function createSurroundingReads({ ec2, efs, vpcLattice }: SurroundingClients): SurroundingReads {
  return { efs: createEfsReads(efs), lattice: createLatticeReads(vpcLattice), network: createNetworkReads(ec2) };
}
