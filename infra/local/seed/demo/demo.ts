/** An account in which every rule is broken once, beside something that does the same right. */
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import type { LocalAccount } from '../../local-account';
import { createSeedClients } from '../seed-clients';
import { composePolicy, type DemoPart } from './part';
import { demoParts } from './parts';

/** Gives the regions in which there is something, the account's own first; the same policy is in each of them. */
export async function seedDemo(
  account: LocalAccount,
  parts: readonly DemoPart[] = demoParts,
): Promise<readonly [string, ...string[]]> {
  for (const part of parts) await part.seed(account);
  const others = new Set(parts.flatMap(({ regions = [] }) => regions));
  others.delete(account.region);
  const Value = composePolicy(parts);
  for (const region of [account.region, ...others]) {
    const { ssm } = createSeedClients({ ...account, region });
    await ssm.send(new PutParameterCommand({ Name: '/ecs-ipv6/policy', Type: 'String', Value }));
  }
  return [account.region, ...others];
}
