import { restorePermissions } from '../../lib/permissions/action-permissions';
import { needsOfAnyPolicy, type NeedOptions } from '../../lib/permissions/needs';
import type { Permission } from '../../lib/permissions/permission';
import { statementsOf, type Statement } from '../../lib/permissions/statements';
import { modes } from '../../lib/policy/policy';

/** Statements of the first permissions that the others do not have. */
function statementsBeside(permissions: readonly Permission[], others: readonly Permission[]): readonly Statement[] {
  const known = new Set(others.map(({ action, on }) => `${on.sid} ${action}`));
  return statementsOf(permissions.filter(({ action, on }) => !known.has(`${on.sid} ${action}`)));
}

/** What each level of permissions allows beside those below it, whatever the policy; and `undo`, beside `observe`. */
export function statementsByLevel(options: NeedOptions): ReadonlyMap<string, readonly Statement[]> {
  const needs = modes.map((level) => needsOfAnyPolicy(level, options));
  const levels = modes.map((level, index) => {
    return [level, statementsBeside(needs[index] ?? [], needs[index - 1] ?? [])] as const;
  });
  const undo = statementsBeside(Object.values(restorePermissions).flat(), needs[0] ?? []);
  return new Map<string, readonly Statement[]>([...levels, ['undo', undo]]);
}
