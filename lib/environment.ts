/** What the template sets for its functions. Nothing else of `lib` reads the environment, but for the command line. */
import { partitionOf } from './trigger/arn';
import type { TriggerSettings } from './trigger/trigger';

/** @throws naming the variable that is missing */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment variable ${name} is not set`);
  return value;
}

/** What the template leaves empty for those who do not want it. */
export function optionalSetting(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/** Account, region and own role, as the triggers need them. */
export function whereabouts(): TriggerSettings & { readonly account: string; readonly region: string } {
  const account = setting('ACCOUNT');
  const region = setting('AWS_REGION');
  const role = `arn:${partitionOf(region)}:iam::${account}:role/${setting('CONTROLLER_ROLE')}`;
  return { account, region, ownRoleArns: [role], parameterPath: `${setting('POLICY_PREFIX')}/` };
}
