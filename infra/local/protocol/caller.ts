/** Who calls, and on which account and region, out of a request's Authorization header. */
import type { Principal } from '../kernel/operation';

export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly signingName: string;
}

/**
 * undefined for a request that is not signed. The signature itself is not verified: nothing here is secret.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function parseCredentialScope(authorization: string | undefined): CredentialScope | undefined {
  const match = /\bCredential=([^/\s,]+)\/\d+\/([^/\s,]+)\/([^/\s,]+)\/aws4_request/.exec(authorization ?? '');
  const [, accessKeyId, region, signingName] = match ?? [];
  return accessKeyId && region && signingName ? { accessKeyId, region, signingName } : undefined;
}

/** An access key id of twelve digits names the account that it administers. */
const ACCOUNT_ID = /^\d{12}$/;

/** Credentials that nobody issued belong to the administrator of the account. */
export function administrator(accessKeyId: string | undefined, defaultAccount: string, partition: string): Principal {
  const account = accessKeyId !== undefined && ACCOUNT_ID.test(accessKeyId) ? accessKeyId : defaultAccount;
  return { account, arn: `arn:${partition}:iam::${account}:root` };
}
