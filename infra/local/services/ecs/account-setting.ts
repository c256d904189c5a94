/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html */
import type { Scope } from '../../kernel/scope';
import { invalidParameter, notSimulated } from './ecs-error';
import { ecsState } from './store';

interface Setting {
  readonly standard: string;
  /** Values that the behaviour honours; AWS may know more. */
  readonly honoured: readonly string[];
}

const ON: Setting = { standard: 'enabled', honoured: ['enabled'] };
const OFF: Setting = { standard: 'disabled', honoured: ['disabled'] };
const EITHER: Setting = { standard: 'disabled', honoured: ['enabled', 'disabled'] };

/**
 * Every setting of ECS. The long formats can no longer be switched off. The SDK's own list lacks `dualStackIPv6`; AWS
 * gives two defaults for it, and the local account takes the one of accounts that never opted out.
 */
export const SETTINGS: ReadonlyMap<string, Setting> = new Map([
  ['awsvpcTrunking', OFF],
  ['containerInsights', { standard: 'disabled', honoured: ['enabled', 'disabled', 'enhanced'] }],
  ['containerInstanceLongArnFormat', ON],
  ['defaultLogDriverMode', { standard: 'non-blocking', honoured: ['blocking', 'non-blocking'] }],
  ['dualStackIPv6', { standard: 'enabled', honoured: ['enabled', 'disabled'] }],
  ['fargateFIPSMode', EITHER],
  ['fargateTaskRetirementWaitPeriod', { standard: '7', honoured: ['0', '7', '14'] }],
  ['guardDutyActivate', { standard: 'off', honoured: ['off'] }],
  ['serviceLongArnFormat', ON],
  ['tagResourceAuthorization', OFF],
  ['taskLongArnFormat', ON],
]);

/** Holds the settings of everyone who has none of their own. */
export const EVERYONE = 'default';

/** The value in force for a principal, or for services of AWS that act for the account. */
export function accountSetting(scope: Scope, name: string, principalArn = EVERYONE): string {
  const { settings } = ecsState(scope);
  const own = settings.get(principalArn)?.get(name) ?? settings.get(EVERYONE)?.get(name);
  return own ?? SETTINGS.get(name)?.standard ?? '';
}

export interface SettingChange {
  readonly name: string;
  readonly value: string;
  readonly principalArn: string;
}

export function changeSetting(scope: Scope, { name, value, principalArn }: SettingChange): void {
  const setting = SETTINGS.get(name);
  if (!setting) throw invalidParameter(`Invalid account setting: ${name}`);
  if (name === 'guardDutyActivate') throw invalidParameter(`The setting ${name} is read-only.`);
  if (!setting.honoured.includes(value)) throw notSimulated(`The value ${value} of the account setting ${name}`);
  const { settings } = ecsState(scope);
  const own = settings.get(principalArn) ?? new Map<string, string>();
  settings.set(principalArn, own.set(name, value));
}

/** Back to what holds for everyone; answers the value from now on. */
export function forgetSetting(scope: Scope, name: string, principalArn: string): string {
  if (!SETTINGS.has(name)) throw invalidParameter(`Invalid account setting: ${name}`);
  ecsState(scope).settings.get(principalArn)?.delete(name);
  return accountSetting(scope, name, principalArn);
}
