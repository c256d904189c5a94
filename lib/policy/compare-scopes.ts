import { modes, type Mode } from './policy';
import type { EffectivePolicy } from './effective-policy';
import { changedKeys, isSame, type PolicyChange } from './policy-change';

type Scope = EffectivePolicy['scopes'][number];

const above = (left: Mode, right: Mode): boolean => modes.indexOf(left) > modes.indexOf(right);

export function modeChange(what: string, before: Mode, after: Mode): readonly PolicyChange[] {
  if (before === after) return [];
  if (above(after, before)) return [{ danger: 'mode', what, message: `mode raised from ${before} to ${after}` }];
  return [{ danger: 'safer', what, message: `mode lowered from ${before} to ${after}` }];
}

/** Where something is written to the workload, it matters to whom. */
const byMode = (mode: Mode): PolicyChange['danger'] => (mode === 'observe' ? 'other' : 'mode');

function compareScope(before: Scope, after: Scope): readonly PolicyChange[] {
  const what = `scope ${after.name}`;
  const matched = changedKeys(before.match, after.match).map((change) => ({
    danger: byMode(after.mode),
    what,
    message: `match: ${change}; mode ${after.mode} holds for what it matches`,
  }));
  const { posture, deploymentGraceMinutes } = after;
  const others = changedKeys(
    { posture: before.posture, deploymentGraceMinutes: before.deploymentGraceMinutes },
    { posture, deploymentGraceMinutes },
  ).map((message) => ({ danger: 'other' as const, what, message }));
  return [...modeChange(what, before.mode, after.mode), ...matched, ...others];
}

function added({ name, posture, mode }: Scope): PolicyChange {
  return { danger: byMode(mode), what: `scope ${name}`, message: `added, with posture ${posture} and mode ${mode}` };
}

function removed({ name, mode }: Scope): PolicyChange {
  const message = `removed (it had mode ${mode}): what it matched belongs to the next scope that matches, or to none`;
  return { danger: 'other', what: `scope ${name}`, message };
}

function reordered(before: readonly Scope[], after: readonly Scope[]): readonly PolicyChange[] {
  const names = (scopes: readonly Scope[], others: readonly Scope[]): readonly string[] =>
    scopes.map(({ name }) => name).filter((name) => others.some((other) => other.name === name));
  const [left, right] = [names(before, after), names(after, before)];
  if (isSame(left, right)) return [];
  const danger = after.some(({ mode }) => mode !== 'observe') ? 'mode' : 'other';
  const message = `order changed from ${left.join(', ')} to ${right.join(', ')}; the first that matches wins`;
  return [{ danger, what: 'scopes', message }];
}

export function compareScopes(before: readonly Scope[], after: readonly Scope[]): readonly PolicyChange[] {
  const was = new Map(before.map((scope) => [scope.name, scope]));
  const is = new Set(after.map(({ name }) => name));
  const changes = after.flatMap((scope) => {
    const old = was.get(scope.name);
    return old ? compareScope(old, scope) : [added(scope)];
  });
  return [...changes, ...before.filter(({ name }) => !is.has(name)).map(removed), ...reordered(before, after)];
}
