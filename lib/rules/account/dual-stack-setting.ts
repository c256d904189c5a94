import { gapFor, type Cause } from '../../snapshot/gap';
import type { Account } from '../../snapshot/account-resources';
import type { Snapshot } from '../../snapshot/snapshot';

const call = 'ecs:ListAccountSettings';

/** The value in force; a cause: it was not read, or ECS does not name it and AWS gives two defaults. */
export function settingOf(
  snapshot: Snapshot,
  { id, settings }: Account,
  standard: 'enabled' | 'disabled' | 'conflict',
): 'enabled' | 'disabled' | Cause {
  const unread = { call, reason: 'not read', message: 'the account settings were not read' };
  if (!settings) return gapFor(snapshot, 'accounts', id) ?? unread;
  const value = settings['dualStackIPv6'] ?? standard;
  if (value === 'enabled' || value === 'disabled') return value;
  const message =
    value === 'conflict'
      ? 'ECS does not name dualStackIPv6, for which AWS states two defaults; set it to be sure'
      : `ECS names ${value} as the value of dualStackIPv6`;
  return { call, reason: 'not stated', message };
}
