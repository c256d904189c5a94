import * as v from 'valibot';
import { parsePart, type ParsedPart, type PolicyPart } from './document';
import { mergeParts, type Merged } from './merge-parts';
import type { Policy, PolicyProblem } from './policy';
import { ruleProblems, toSetting, type KnownRule } from './rule-settings';
import { policySchema, type PolicyDocument } from './schema';
import { withoutEffect } from './without-effect';

export type ParsedPolicy =
  | { readonly policy: Policy; readonly problems: readonly []; readonly warnings: readonly PolicyProblem[] }
  | { readonly policy?: undefined; readonly problems: readonly PolicyProblem[] };

const spell = (path: readonly string[]): string =>
  path.map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

function problemAt(merged: Merged, path: readonly string[], message: string): PolicyProblem {
  const part = merged.partOf(path);
  return { place: part?.place ?? 'policy', line: part?.lineOf(path), path: spell(path), message };
}

function schemaProblem(merged: Merged, issue: v.BaseIssue<unknown>): PolicyProblem {
  const path = (issue.path ?? []).map((step) => String(step.key));
  const last = path.at(-1) ?? '';
  const known = issue.type === 'strict_object' && issue.expected === 'never';
  const missing = issue.type === 'strict_object' && issue.received === 'undefined';
  if (known) return problemAt(merged, path, `unknown key "${last}"; ${knownKeys(path)}`);
  if (missing) return problemAt(merged, path, 'is missing');
  return problemAt(merged, path, `${issue.message}; found ${issue.received}`);
}

/** The keys that a map of the document may hold, for the message about one it may not. */
function knownKeys(path: readonly string[]): string {
  let schema: unknown = policySchema;
  for (const step of path.slice(0, -1)) schema = inside(schema, step);
  const keys = entriesOf(schema);
  return keys ? `allowed here: ${Object.keys(keys).join(', ')}` : 'see docs/policy.md';
}

function unwrap(schema: unknown): unknown {
  let inner: unknown = schema;
  while (isObject(inner)) {
    if (isObject(inner['wrapped'])) inner = inner['wrapped'];
    else if (typeof inner['getter'] === 'function') inner = Reflect.apply(inner['getter'], undefined, [{}]);
    else break;
  }
  return inner;
}

function inside(schema: unknown, step: string): unknown {
  const at = unwrap(schema);
  if (!isObject(at)) return undefined;
  const entries = entriesOf(at);
  return entries ? entries[step] : (at['item'] ?? at['value']);
}

function entriesOf(schema: unknown): Record<string, unknown> | undefined {
  const at = unwrap(schema);
  return isObject(at) && isObject(at['entries']) ? at['entries'] : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function repeatedScopes(document: PolicyDocument): { path: string[]; message: string }[] {
  const seen = new Set<string>();
  return document.scopes.flatMap((scope, index) => {
    const repeated = seen.has(scope.name);
    seen.add(scope.name);
    return repeated ? [{ path: ['scopes', String(index), 'name'], message: `"${scope.name}" is used twice` }] : [];
  });
}

function toPolicy(document: PolicyDocument): Policy {
  const settings = Object.entries(document.rules).map(([id, written]) => [id, toSetting(written)] as const);
  return { ...document, rules: Object.fromEntries(settings) };
}

/** Reads a policy from its parts, in name order. Everything that is wrong is said at once, each with its place. */
export function parsePolicy(parts: readonly PolicyPart[], rules: readonly KnownRule[]): ParsedPolicy {
  const parsed: ParsedPart[] = [];
  const problems: PolicyProblem[] = [];
  for (const part of parts) {
    const result = parsePart(part);
    if (Array.isArray(result)) problems.push(...result);
    else parsed.push(result);
  }
  if (problems.length > 0) return { problems };

  const merged = mergeParts(parsed);
  const checked = v.safeParse(policySchema, merged.content);
  const found = [...merged.problems, ...(checked.issues ?? []).map((issue) => schemaProblem(merged, issue))];
  if (!checked.success || found.length > 0) return { problems: found };

  const semantic = [...repeatedScopes(checked.output), ...ruleProblems(checked.output, rules)];
  if (semantic.length > 0) return { problems: semantic.map(({ path, message }) => problemAt(merged, path, message)) };
  const warnings = withoutEffect(checked.output).map(({ path, message }) => problemAt(merged, path, message));
  return { policy: toPolicy(checked.output), problems: [], warnings };
}
