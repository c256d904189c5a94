import type { Scope } from '../../kernel/scope';

/** Long ids: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const ID_DIGITS = 17;

/** `resourceId(scope, 'vpc')` gives `vpc-0123456789abcdef0`-like ids. */
export function resourceId(scope: Scope, prefix: string): string {
  return `${prefix}-${scope.ids.hex(ID_DIGITS)}`;
}
