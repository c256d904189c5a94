import type { Policy } from './policy';

/** Tags cost calls of their own, and matter where they may be written or where a scope matches by them. */
export function needsTags({ mode, scopes }: Policy): boolean {
  return (
    mode !== 'observe' ||
    scopes.some((scope) => (scope.mode ?? mode) !== 'observe' || Object.keys(scope.match.tags).length > 0)
  );
}
