import * as v from 'valibot';
import { parsePart, type ParsedPart, type PolicyPart } from './document';
import { mergeParts, type Merged } from './merge-parts';
import type { Policy, PolicyProblem } from './policy';
import { toSetting, type KnownRule } from './rule-schema';
import { policySchema, type PolicyDocument, type PolicySchema } from './schema';
import { unknownKeys } from './unknown-keys';
import { withoutEffect } from './without-effect';

interface Refused {
  readonly policy?: undefined;
  readonly problems: readonly PolicyProblem[];
}

export type ParsedPolicy =
  { readonly policy: Policy; readonly problems: readonly []; readonly warnings: readonly PolicyProblem[] } | Refused;

/** Where something stands that is written. */
export type Written = Pick<PolicyProblem, 'place' | 'line' | 'column'>;

/** A policy with the means to say what of it is written, and where. */
export interface TracedPolicy {
  readonly policy: Policy;
  readonly problems: readonly [];
  readonly warnings: readonly PolicyProblem[];
  /** `undefined`: it is not written, so it is what holds by default. */
  writtenAt(path: readonly string[]): Written | undefined;
  /** A remark about something in it. */
  remark(path: readonly string[], message: string): PolicyProblem;
}

const spell = (path: readonly string[]): string =>
  path.map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');

function problemAt(merged: Merged, path: readonly string[], message: string): PolicyProblem {
  const part = merged.partOf(path);
  return { place: part?.place ?? 'policy', ...part?.positionOf(path), path: spell(path), message };
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

/** What does not fit the schema, and what it can not say, in the order of the document. */
function contentProblems(merged: Merged, schema: PolicySchema, issues: readonly v.BaseIssue<unknown>[]) {
  const said = [...unknownKeys(schema, merged.content), ...repeatedScopes(merged.content)];
  return [
    ...said.map(({ path, message }) => problemAt(merged, path, message)),
    ...issues.filter((issue) => !isUnknownKey(issue)).map((issue) => schemaProblem(merged, issue)),
  ].sort(byPosition);
}

/** Parts stay in the order in which they were found. */
function byPosition(a: PolicyProblem, b: PolicyProblem): number {
  if (a.place !== b.place) return 0;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

const named = v.object({ scopes: v.array(v.unknown()) });
const name = v.object({ name: v.string() });

/** Findings name the scope: of two that share a name nobody could tell which is meant. */
function repeatedScopes(content: unknown): { path: string[]; message: string }[] {
  const seen = new Set<string>();
  const scopes = v.safeParse(named, content);
  if (!scopes.success) return [];
  return scopes.output.scopes.flatMap((written, index) => {
    const scope = v.safeParse(name, written);
    if (!scope.success) return [];
    const repeated = seen.has(scope.output.name);
    seen.add(scope.output.name);
    const message = `"${scope.output.name}" is used twice`;
    return repeated ? [{ path: ['scopes', String(index), 'name'], message }] : [];
  });
}

/** Keys of a map that may or may not be there: without those that are not. */
function present<Value>(entries: Readonly<Record<string, Value | undefined>>): [string, Value][] {
  return Object.entries(entries).filter((entry): entry is [string, Value] => entry[1] !== undefined);
}

function toPolicy(document: PolicyDocument): Policy {
  const settings = present(document.rules).map(([id, written]) => [id, toSetting(written)] as const);
  const facts = Object.fromEntries(present(document.facts));
  return { ...document, rules: Object.fromEntries(settings), facts };
}

function isWritten(content: unknown, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return true;
  if (typeof content !== 'object' || content === null) return false;
  const inside = Object.entries(content).find(([key]) => key === step);
  return inside !== undefined && isWritten(inside[1], rest);
}

function whereWritten(merged: Merged, path: readonly string[]): Written | undefined {
  if (!isWritten(merged.content, path)) return undefined;
  const { place, line, column } = problemAt(merged, path, '');
  return { place, line, column };
}

/** Reads a policy from its parts, in name order. Everything that is wrong is said at once, each with its place. */
export function parsePolicy(parts: readonly PolicyPart[], rules: readonly KnownRule[]): ParsedPolicy {
  const traced = tracePolicy(parts, rules);
  if (!traced.policy) return traced;
  const { policy, problems, warnings } = traced;
  return { policy, problems, warnings };
}

/** The same, for those who show where each value comes from. */
export function tracePolicy(parts: readonly PolicyPart[], rules: readonly KnownRule[]): TracedPolicy | Refused {
  const parsed: ParsedPart[] = [];
  const problems: PolicyProblem[] = [];
  for (const part of parts) {
    const result = parsePart(part);
    if (Array.isArray(result)) problems.push(...result);
    else parsed.push(result);
  }
  if (problems.length > 0) return { problems };

  const merged = mergeParts(parsed);
  const schema = policySchema(rules);
  const checked = v.safeParse(schema, merged.content);
  const found = [...merged.problems, ...contentProblems(merged, schema, checked.issues ?? [])];
  if (!checked.success || found.length > 0) return { problems: found };
  const remark = (path: readonly string[], message: string): PolicyProblem => problemAt(merged, path, message);
  return {
    policy: toPolicy(checked.output),
    problems: [],
    warnings: withoutEffect(checked.output).map(({ path, message }) => remark(path, message)),
    writtenAt: (path) => whereWritten(merged, path),
    remark,
  };
}
