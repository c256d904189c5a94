/** The condition operators of IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
import ipaddr from 'ipaddr.js';
import type { PatternPart } from './wildcard';
import { matchesParts } from './wildcard';

export interface ConditionOperator {
  /** Whether a value of the request fits one value of the policy. */
  readonly matches: (actual: string, wanted: readonly PatternPart[]) => boolean;
  /** true: holds if the request's value fits none of the policy's values, or if the request has none. */
  readonly negated: boolean;
}

type Match = ConditionOperator['matches'];

/** The text of a pattern whose wildcards are nothing special. */
function textOf(parts: readonly PatternPart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.wildcard)).join('');
}

const stringEquals: Match = (actual, wanted) => actual === textOf(wanted);
const stringEqualsIgnoreCase: Match = (actual, wanted) => actual.toLowerCase() === textOf(wanted).toLowerCase();
const stringLike: Match = (actual, wanted) => matchesParts(wanted, actual);
const bool: Match = (actual, wanted) => actual.toLowerCase() === textOf(wanted).toLowerCase();

/** ARNs are compared part by part: a wildcard does not reach over the first five colons. */
const arnLike: Match = (actual, wanted) => {
  const actualParts = splitArn([actual]);
  const wantedParts = splitArn(wanted);
  if (!actualParts || !wantedParts) return false;
  return wantedParts.every((part, index) => matchesParts(part, textOf(actualParts[index] ?? [])));
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const ARN_PARTS = 6;

function splitArn(pattern: readonly PatternPart[]): readonly (readonly PatternPart[])[] | undefined {
  const parts: PatternPart[][] = [[]];
  for (const piece of pattern) {
    if (typeof piece !== 'string') {
      parts.at(-1)?.push(piece);
      continue;
    }
    const [first = '', ...others] = splitUpTo(piece, ARN_PARTS - parts.length);
    parts.at(-1)?.push(first);
    for (const other of others) parts.push([other]);
  }
  return parts.length === ARN_PARTS ? parts : undefined;
}

/** Splits at the first `count` colons. */
function splitUpTo(text: string, count: number): readonly string[] {
  const pieces = text.split(':');
  return [...pieces.slice(0, count), pieces.slice(count).join(':')].slice(0, Math.min(pieces.length, count + 1));
}

function numeric(compare: (actual: number, wanted: number) => boolean): Match {
  return (actual, wanted) => {
    const [left, right] = [Number(actual), Number(textOf(wanted))];
    return Number.isFinite(left) && Number.isFinite(right) && compare(left, right);
  };
}

/** ISO 8601, or seconds since 1970. */
function timeOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
}

function date(compare: (actual: number, wanted: number) => boolean): Match {
  return (actual, wanted) => {
    const [left, right] = [timeOf(actual), timeOf(textOf(wanted))];
    return !Number.isNaN(left) && !Number.isNaN(right) && compare(left, right);
  };
}

const ipAddress: Match = (actual, wanted) => {
  const text = textOf(wanted);
  const range = text.includes('/') ? text : `${text}/${text.includes(':') ? '128' : '32'}`;
  if (!ipaddr.isValid(actual) || !ipaddr.isValidCIDR(range)) return false;
  const address = ipaddr.parse(actual);
  const [network, prefix] = ipaddr.parseCIDR(range);
  return address.kind() === network.kind() && address.match(network, prefix);
};

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThan: (left, right) => left > right,
  GreaterThanEquals: (left, right) => left >= right,
};

const positive: Readonly<Record<string, Match>> = {
  StringEquals: stringEquals,
  StringEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringLike: stringLike,
  ArnEquals: arnLike,
  ArnLike: arnLike,
  Bool: bool,
  BinaryEquals: stringEquals,
  IpAddress: ipAddress,
  ...Object.fromEntries(
    Object.entries(comparisons).flatMap(([name, compare]) => [
      [`Numeric${name}`, numeric(compare)],
      [`Date${name}`, date(compare)],
    ]),
  ),
};

const opposites: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** @param name without `ForAllValues:`, `ForAnyValue:` and `IfExists` */
export function conditionOperator(name: string): ConditionOperator | undefined {
  const opposite = opposites[name];
  const matches = positive[opposite ?? name];
  return matches && { matches, negated: opposite !== undefined };
}

export interface OperatorName {
  readonly name: string;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
}

export function parseOperator(operator: string): OperatorName {
  const [, quantifier, name = operator, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  return {
    name,
    quantifier: quantifier === 'ForAllValues' || quantifier === 'ForAnyValue' ? quantifier : undefined,
    ifExists: ifExists !== undefined,
  };
}

/** Whether IAM knows an operator of this name, prefixes and suffix included. */
export function isConditionOperator(operator: string): boolean {
  if (operator === 'Null') return true;
  return conditionOperator(parseOperator(operator).name) !== undefined;
}
