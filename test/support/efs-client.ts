import { EFSClient } from '@aws-sdk/client-efs';
import type { LocalAccount } from '../../infra/local/local-account';
import { clientSettings } from './local-account';

export function efsOf(account: LocalAccount): EFSClient {
  return new EFSClient(clientSettings(account));
}
