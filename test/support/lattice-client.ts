import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import type { LocalAccount } from '../../infra/local/local-account';
import { clientSettings } from './local-account';

export function latticeOf(account: LocalAccount): VPCLatticeClient {
  return new VPCLatticeClient(clientSettings(account));
}
