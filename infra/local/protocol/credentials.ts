/** Access keys that the local account has issued. */
import type { Ids } from '../kernel/ids';
import type { Principal } from '../kernel/operation';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface CredentialStore {
  readonly issue: (principal: Principal) => Credentials;
  readonly holder: (accessKeyId: string) => Principal | undefined;
}

export function createCredentialStore(ids: Ids): CredentialStore {
  const holders = new Map<string, Principal>();
  return {
    issue(principal) {
      // Temporary keys start so: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
      const accessKeyId = `ASIA${ids.hex(16).toUpperCase()}`;
      holders.set(accessKeyId, principal);
      return { accessKeyId, secretAccessKey: ids.hex(40), sessionToken: ids.hex(64) };
    },
    holder: (accessKeyId) => holders.get(accessKeyId),
  };
}
