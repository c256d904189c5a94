import * as v from 'valibot';
import { parsePart, type ParsedPart, type PolicyPart } from './document';
import { mergeParts, type Merged } from './merge-parts';
import type { Policy, PolicyProblem } from './policy';
import { ruleProblems, toSetting, type KnownRule } from './rule-settings';
import { policySchema, type PolicyDocument } from './schema';
import { unknownKeys } from './unknown-keys';
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

/** What valibot says of a key that is not in the schema: of each map, it says it of the first only. */
const isUnknownKey = ({ type, expected }: v.BaseIssue<unknown>): boolean =>
  type === 'strict_object' && expected === 'never';

function schemaProblem(merged: Merged, issue: v.BaseIssue<unknown>): PolicyProblem {
  const { path: steps = [] } = issue;
  const path = steps.map((step) => String(step.key));
  if (issue.type === 'strict_object' && issue.received === 'undefined') return problemAt(merged, path, 'is missing');
  return problemAt(merged, path, `${issue.message}; found ${issue.received}`);
}

/** What does not fit the schema, in the order of the document. */
function schemaProblems(merged: Merged, issues: readonly v.BaseIssue<unknown>[]): readonly PolicyProblem[] {
  const unknown = unknownKeys(policySchema, merged.content);
  return [
    ...unknown.map(({ path, message }) => problemAt(merged, path, message)),
    ...issues.filter((issue) => !isUnknownKey(issue)).map((issue) => schemaProblem(merged, issue)),
  ].sort((a, b) => (a.place === b.place ? (a.line ?? 0) - (b.line ?? 0) : 0));
}

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
  const found = [...merged.problems, ...schemaProblems(merged, checked.issues ?? [])];
  if (!checked.success || found.length > 0) return { problems: found };

  const semantic = [...repeatedScopes(checked.output), ...ruleProblems(checked.output, rules)];
  if (semantic.length > 0) return { problems: semantic.map(({ path, message }) => problemAt(merged, path, message)) };
  const warnings = withoutEffect(checked.output).map(({ path, message }) => problemAt(merged, path, message));
  return { policy: toPolicy(checked.output), problems: [], warnings };
}
