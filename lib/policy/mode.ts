import { modes, type LoadedPolicy, type Mode } from './policy';

/** The lower of two modes: observe < tag < enforce. */
export function lowerOf(left: Mode, right: Mode): Mode {
  return modes.indexOf(left) <= modes.indexOf(right) ? left : right;
}

/** Lowers the policy and every scope to `ceiling`; a ceiling above the policy changes nothing. */
export function lowerMode(loaded: LoadedPolicy, ceiling: Mode | undefined): LoadedPolicy {
  if (!ceiling) return loaded;
  const { policy } = loaded;
  const scopes = policy.scopes.map((scope) => (scope.mode ? { ...scope, mode: lowerOf(scope.mode, ceiling) } : scope));
  return { ...loaded, policy: { ...policy, mode: lowerOf(policy.mode, ceiling), scopes } };
}
