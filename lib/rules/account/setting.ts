import { gapFor, type Cause } from '../../snapshot/gap';
import type { Snapshot } from '../../snapshot/snapshot';

const call = 'ecs:ListAccountSettings';

/**
 * The value in force of an account setting, or `standard` where ECS names none; a cause: it was not read, or ECS does
 * not name it and AWS gives two defaults.
 */
export function settingOf(
  snapshot: Snapshot,
  name: string,
  standard: 'enabled' | 'disabled' | 'conflict',
): 'enabled' | 'disabled' | Cause {
  const unread = { call, reason: 'not read', message: 'sweeps and people read account settings, this pass did not' };
  const settings = snapshot.accounts.get(snapshot.account)?.settings;
  if (!settings) return gapFor(snapshot, 'accounts', snapshot.account) ?? unread;
  const value = settings[name] ?? standard;
  if (value === 'enabled' || value === 'disabled') return value;
  const message =
    value === 'conflict'
      ? `ECS does not name ${name}, for which AWS states two defaults; set it to be sure`
      : `ECS names ${value} as the value of ${name}`;
  return { call, reason: 'not stated', message };
}
