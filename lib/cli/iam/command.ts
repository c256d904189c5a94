/** `iam`: the permissions that the controller needs, for a role or a permissions boundary of one's own. */
import type { Permission } from '../../permissions/permission';
import { highestMode, needsOfAnyPolicy, needsOfPolicy } from '../../permissions/needs';
import { policyDocument, type Place } from '../../permissions/policy-document';
import { statementsOf } from '../../permissions/statements';
import { lowerOf } from '../../policy/mode';
import type { Mode } from '../../policy/policy';
import { rules } from '../../rules/registry';
import { partitionOf } from '../../trigger/arn';
import { UsageError } from '../failure';
import { readFiles } from '../policy/read-policy';
import type { Terminal } from '../terminal';

export interface IamOptions {
  readonly permissions?: Mode;
  readonly policy?: string;
  /** `*` for any, as the others. */
  readonly partition?: string;
  readonly region: string;
  readonly account: string;
  readonly policyPrefix: string;
}

/** Prints one JSON document: the same for the same options. @throws UsageError */
export async function printIam(options: IamOptions, { print, complain }: Terminal): Promise<void> {
  const place = placeOf(options);
  const permissions = await permissionsOf(options, complain);
  print(JSON.stringify(policyDocument(statementsOf(permissions), place), null, 2));
}

async function permissionsOf(options: IamOptions, complain: Terminal['complain']): Promise<readonly Permission[]> {
  const { permissions, policy: file, policyPrefix: parameterPrefix } = options;
  if (file === undefined) return needsOfAnyPolicy(permissions ?? 'observe', { rules, parameterPrefix });
  const { policy } = await readFiles([file]);
  const asked = highestMode(policy);
  const level = permissions ?? asked;
  if (level !== asked)
    complain(`ecs-ipv6: ${file} asks for ${asked}, --permissions for ${level}: ${lowerOf(asked, level)} is enough`);
  return needsOfPolicy(policy, level, { rules, parameterPrefix });
}

function placeOf({ partition, region, account }: IamOptions): Place {
  if (region === '*') return { partition: partition ?? '*', region, account };
  const own = partitionOf(region);
  if (partition !== undefined && partition !== '*' && partition !== own) {
    throw new UsageError(`--partition ${partition}: ${region} is in ${own}; leave one of the two out`);
  }
  return { partition: partition ?? own, region, account };
}
