import { noteChange } from '../../kernel/consistency';
import type { Scope } from '../../kernel/scope';

/** Long ids: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const ID_DIGITS = 17;

/** `resourceId(scope, 'vpc')` gives `vpc-0123456789abcdef0`-like ids; what gets one has just been made. */
export function resourceId(scope: Scope, prefix: string): string {
  const id = `${prefix}-${scope.ids.hex(ID_DIGITS)}`;
  noteChange(scope, id);
  return id;
}
