/** CloudFormation's intrinsic functions: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
import { isEntries, isList, TemplateError, type Entries, type Value } from './parse-template';

/** Where the values of a stack come from. */
export interface Lookup {
  /** `Ref`: parameter, pseudo parameter or resource. */
  ref(name: string): Value | undefined;
  /** `Fn::GetAtt` */
  attribute(resource: string, attribute: string): Value | undefined;
  condition(name: string): boolean;
  /** `Fn::FindInMap` */
  mapping(path: readonly string[]): Value | undefined;
}

/** `AWS::NoValue`: the property is left out. */
const NO_VALUE = Symbol('AWS::NoValue');
type Evaluated = Value | typeof NO_VALUE;

/** @throws TemplateError when a name is unknown or a function is used wrongly */
export function evaluateFunctions(value: Value, lookup: Lookup): Value {
  const evaluated = evaluate(value, lookup);
  return evaluated === NO_VALUE ? null : evaluated;
}

function evaluate(value: Value, lookup: Lookup): Evaluated {
  if (Array.isArray(value)) {
    return value.map((item: Value) => evaluate(item, lookup)).filter((item) => item !== NO_VALUE);
  }
  if (!isEntries(value)) return value;
  const keys = Object.keys(value);
  const [name = ''] = keys;
  const run = keys.length === 1 ? functions[name] : undefined;
  if (run) return run(value[name] ?? null, lookup);
  if (keys.length === 1 && name.startsWith('Fn::')) throw new TemplateError(`${name} is not simulated`);
  const entries = Object.entries(value).map(([key, item]) => [key, evaluate(item, lookup)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== NO_VALUE));
}

type IntrinsicFunction = (argument: Value, lookup: Lookup) => Evaluated;

const functions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref(argument, lookup) {
    const name = toText(argument, 'Ref');
    if (name === 'AWS::NoValue') return NO_VALUE;
    return known(lookup.ref(name), `Ref ${name}`);
  },
  'Fn::GetAtt'(argument, lookup) {
    const [resource = '', ...path] = list(argument, 'Fn::GetAtt').map((part) => toText(part, 'Fn::GetAtt'));
    return known(lookup.attribute(resource, path.join('.')), `Fn::GetAtt ${resource}.${path.join('.')}`);
  },
  'Fn::Sub'(argument, lookup) {
    const [template, own] = isList(argument) ? argument : [argument, {}];
    return substitute(toText(template ?? null, 'Fn::Sub'), isEntries(own) ? own : {}, lookup);
  },
  'Fn::If'(argument, lookup) {
    const [condition, yes, no] = list(argument, 'Fn::If');
    return evaluate((lookup.condition(toText(condition ?? null, 'Fn::If')) ? yes : no) ?? null, lookup);
  },
  'Fn::Join'(argument, lookup) {
    const [separator, parts] = list(argument, 'Fn::Join');
    return list(evaluateFunctions(parts ?? null, lookup), 'Fn::Join')
      .map((part) => toText(part, 'Fn::Join'))
      .join(toText(separator ?? null, 'Fn::Join'));
  },
  'Fn::Select'(argument, lookup) {
    const [index, items] = list(evaluateFunctions(argument, lookup), 'Fn::Select');
    return known(list(items ?? null, 'Fn::Select')[Number(index)], 'Fn::Select');
  },
  'Fn::Split'(argument, lookup) {
    const [separator, whole] = list(evaluateFunctions(argument, lookup), 'Fn::Split');
    return toText(whole ?? null, 'Fn::Split').split(toText(separator ?? null, 'Fn::Split'));
  },
  'Fn::FindInMap'(argument, lookup) {
    const path = list(evaluateFunctions(argument, lookup), 'Fn::FindInMap').map((part) =>
      toText(part, 'Fn::FindInMap'),
    );
    return known(lookup.mapping(path), `Fn::FindInMap ${path.join('.')}`);
  },
  'Fn::Base64': (argument, lookup) =>
    Buffer.from(toText(evaluateFunctions(argument, lookup), 'Fn::Base64')).toString('base64'),
};

/** `${Name}`, `${Resource.Attribute}`; `${!Literal}` stays as `${Literal}`. */
function substitute(template: string, own: Entries, lookup: Lookup): string {
  return template.replace(/\$\{([^}]*)\}/g, (_whole, inner: string) => {
    const name = inner.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const mine = own[name];
    if (mine !== undefined) return toText(evaluateFunctions(mine, lookup), 'Fn::Sub');
    const dot = name.indexOf('.');
    const found = dot < 0 ? lookup.ref(name) : lookup.attribute(name.slice(0, dot), name.slice(dot + 1));
    return toText(known(found, `Fn::Sub \${${name}}`), 'Fn::Sub');
  });
}

function known<Found>(value: Found | undefined, what: string): Found {
  if (value === undefined) throw new TemplateError(`${what}: there is no such name in the template`);
  return value;
}

/** A text, or a number or flag written as one. @throws TemplateError */
export function toText(value: Value, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${where}: a text is needed, found ${JSON.stringify(value)}`);
}

function list(value: Value, where: string): readonly Value[] {
  if (isList(value)) return value;
  throw new TemplateError(`${where}: a list is needed, found ${JSON.stringify(value)}`);
}

type ConditionFunction = (argument: Value, lookup: Lookup) => boolean;

const conditions: Readonly<Record<string, ConditionFunction>> = {
  Condition: (argument, lookup) => lookup.condition(toText(argument, 'Condition')),
  'Fn::And': (argument, lookup) => list(argument, 'Fn::And').every((part) => evaluateCondition(part, lookup)),
  'Fn::Or': (argument, lookup) => list(argument, 'Fn::Or').some((part) => evaluateCondition(part, lookup)),
  'Fn::Not': (argument, lookup) => !evaluateCondition(list(argument, 'Fn::Not')[0] ?? null, lookup),
  'Fn::Equals'(argument, lookup) {
    const [left, right] = list(evaluateFunctions(argument, lookup), 'Fn::Equals');
    return toText(left ?? null, 'Fn::Equals') === toText(right ?? null, 'Fn::Equals');
  },
};

/** The functions that conditions are made of. */
export function evaluateCondition(value: Value, lookup: Lookup): boolean {
  const [name = '', argument = null] = (isEntries(value) ? Object.entries(value)[0] : undefined) ?? [];
  const decide = conditions[name];
  if (!decide) throw new TemplateError(`a condition is needed, found ${JSON.stringify(value)}`);
  return decide(argument, lookup);
}

/** Logical names that a value refers to, functions inside functions included: what must be there before it. */
export function referencesOf(value: Value): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (item: Value): void => {
    if (Array.isArray(item)) item.forEach(visit);
    if (!isEntries(item)) return;
    for (const [key, inner] of Object.entries(item)) {
      if (key === 'Ref' && typeof inner === 'string') found.add(inner);
      else if (key === 'Fn::GetAtt' && Array.isArray(inner)) found.add(String(inner[0]));
      else if (key === 'Fn::Sub') for (const name of subNames(inner)) found.add(name);
      visit(inner);
    }
  };
  visit(value);
  return found;
}

function subNames(argument: Value): readonly string[] {
  const template: unknown = Array.isArray(argument) ? argument[0] : argument;
  if (typeof template !== 'string') return [];
  return [...template.matchAll(/\$\{([^}!][^}]*)\}/g)].map((match) => (match[1] ?? '').trim().split('.')[0] ?? '');
}
