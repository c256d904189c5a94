/** An IAM policy, read strictly: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
import { isConditionOperator } from './condition-operator';

/** `Action` and `NotAction`, `Resource` and `NotResource`. */
export interface Matcher {
  readonly patterns: readonly string[];
  /** true: everything except the patterns. */
  readonly negated: boolean;
}

export interface Principals extends Matcher {
  /** ARNs, account ids, or `*`. */
  readonly patterns: readonly string[];
  /** e.g. `events.amazonaws.com` */
  readonly services: readonly string[];
}

export interface Condition {
  /** As written, e.g. `ForAllValues:StringLikeIfExists`. */
  readonly operator: string;
  /** In lower case, e.g. `aws:sourcearn`. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Absent in an identity policy. */
  readonly principals: Principals | undefined;
  readonly actions: Matcher;
  /** Absent in a trust policy only. */
  readonly resources: Matcher | undefined;
  readonly conditions: readonly Condition[];
}

export interface PolicyDocument {
  /** Policy variables work from version 2012-10-17 on. */
  readonly hasVariables: boolean;
  readonly statements: readonly Statement[];
}

/** A document that IAM would refuse; the message names the element. */
export class MalformedPolicy extends Error {
  override readonly name = 'MalformedPolicy';
}

type Fields = Readonly<Record<string, unknown>>;

const POLICY_ELEMENTS = new Set(['Version', 'Id', 'Statement']);
const STATEMENT_ELEMENTS = new Set([
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
]);

/** @param source the JSON text, or the value it stands for. Throws `MalformedPolicy`. */
export function parsePolicyDocument(source: unknown): PolicyDocument {
  const fields = requireFields(typeof source === 'string' ? parseJson(source) : source, 'The policy');
  refuseUnknown(fields, POLICY_ELEMENTS, 'The policy');
  const version = fields['Version'] ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw new MalformedPolicy(`Version must be 2012-10-17 or 2008-10-17, not ${JSON.stringify(version)}.`);
  }
  const statements = listOf(fields['Statement']);
  if (statements.length === 0) throw new MalformedPolicy('The policy has no Statement.');
  return {
    hasVariables: version === '2012-10-17',
    statements: statements.map((statement, index) => parseStatement(statement, `Statement ${index + 1}`)),
  };
}

function parseStatement(source: unknown, place: string): Statement {
  const fields = requireFields(source, place);
  refuseUnknown(fields, STATEMENT_ELEMENTS, place);
  const { Sid: sid, Effect: effect } = fields;
  if (effect !== 'Allow' && effect !== 'Deny') throw new MalformedPolicy(`${place}: Effect must be Allow or Deny.`);
  if (sid !== undefined && typeof sid !== 'string') throw new MalformedPolicy(`${place}: Sid must be a string.`);
  const actions = parseMatcher(fields, 'Action', place);
  if (!actions) throw new MalformedPolicy(`${place}: Action or NotAction is required.`);
  return {
    sid,
    effect,
    principals: parsePrincipals(fields, place),
    actions,
    resources: parseMatcher(fields, 'Resource', place),
    conditions: parseConditions(fields['Condition'], place),
  };
}

function parseMatcher(fields: Fields, name: 'Action' | 'Resource', place: string): Matcher | undefined {
  const positive = fields[name];
  const negative = fields[`Not${name}`];
  if (positive !== undefined && negative !== undefined) {
    throw new MalformedPolicy(`${place}: ${name} and Not${name} exclude each other.`);
  }
  const source = positive ?? negative;
  if (source === undefined) return undefined;
  const patterns = requireStrings(source, `${place}: ${name}`);
  if (name === 'Action') for (const pattern of patterns) requireActionPattern(pattern, place);
  return { patterns, negated: positive === undefined };
}

function requireActionPattern(pattern: string, place: string): void {
  if (pattern === '*' || /^[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+$/.test(pattern)) return;
  throw new MalformedPolicy(`${place}: action ${JSON.stringify(pattern)} must have the form service:Action.`);
}

function parsePrincipals(fields: Fields, place: string): Principals | undefined {
  const positive = fields['Principal'];
  const source = positive ?? fields['NotPrincipal'];
  if (source === undefined) return undefined;
  const negated = positive === undefined;
  if (source === '*') return { patterns: ['*'], services: [], negated };
  const kinds = requireFields(source, `${place}: Principal`);
  refuseUnknown(kinds, new Set(['AWS', 'Service']), `${place}: Principal`);
  const read = (kind: string) => (kinds[kind] === undefined ? [] : requireStrings(kinds[kind], `${place}: ${kind}`));
  return { patterns: read('AWS'), services: read('Service'), negated };
}

function parseConditions(source: unknown, place: string): readonly Condition[] {
  if (source === undefined) return [];
  return Object.entries(requireFields(source, `${place}: Condition`)).flatMap(([operator, tests]) => {
    if (!isConditionOperator(operator)) throw new MalformedPolicy(`${place}: ${operator} is no condition operator.`);
    return Object.entries(requireFields(tests, `${place}: ${operator}`)).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: listOf(values).map((value) => conditionValue(value, `${place}: ${operator} ${key}`)),
    }));
  });
}

function conditionValue(value: unknown, place: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new MalformedPolicy(`${place} must be a string, a number or a boolean.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedPolicy('The policy is not JSON.', { cause });
  }
}

function requireFields(value: unknown, place: string): Fields {
  if (isFields(value)) return value;
  throw new MalformedPolicy(`${place} must be an object.`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseUnknown(fields: Fields, known: ReadonlySet<string>, place: string): void {
  const unknown = Object.keys(fields).find((name) => !known.has(name));
  if (unknown !== undefined) throw new MalformedPolicy(`${place}: unknown element ${unknown}.`);
}

function requireStrings(value: unknown, place: string): readonly string[] {
  const items = listOf(value);
  if (items.length === 0) throw new MalformedPolicy(`${place} must not be empty.`);
  return items.map((item) => {
    if (typeof item !== 'string' || item === '') throw new MalformedPolicy(`${place} must be a string or strings.`);
    return item;
  });
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
