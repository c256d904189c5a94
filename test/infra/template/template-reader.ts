/** Finds things in a template whose functions are in their long form; transformed or as written. */
import type { Lookup } from '../../../infra/local/runtime/template/evaluate-functions';
import { isEntries, isList, type Entries, type Value } from '../../../infra/local/runtime/template/parse-template';

/** A fault that no linter sees. `check` gives a sentence for each place. */
export interface Assertion {
  readonly name: string;
  readonly check: (template: Entries) => readonly string[];
}

export interface Resource {
  readonly name: string;
  readonly type: string;
  readonly properties: Entries;
  readonly resource: Entries;
}

export const entries = (value: Value | undefined): Entries => (isEntries(value) ? value : {});
export const list = (value: Value | undefined): readonly Value[] => (isList(value) ? value : []);
export const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

export function resourcesOf(template: Entries, ...types: readonly string[]): readonly Resource[] {
  return Object.entries(entries(template['Resources']))
    .map(([name, resource]) => toResource(name, entries(resource)))
    .filter(({ type }) => types.length === 0 || types.includes(type));
}

const toResource = (name: string, resource: Entries): Resource => ({
  ...{ name, resource },
  type: text(resource['Type']),
  properties: entries(resource['Properties']),
});

/** The resource that a `Ref` or `Fn::GetAtt` means. */
export function resourceAt(template: Entries, value: Value | undefined): Resource | undefined {
  const { Ref, 'Fn::GetAtt': path } = entries(value);
  const name = Ref === undefined ? list(path)[0] : Ref;
  return resourcesOf(template).find((resource) => resource.name === name);
}

/** That which a value names, also inside of `Fn::Select` and `Fn::Split`. */
export function resourceIn(template: Entries, value: Value | undefined): string | undefined {
  const found = resourceAt(template, value)?.name;
  if (found !== undefined || value === undefined || value === null || typeof value !== 'object') return found;
  const inner = Object.values(value).map((item: Value) => resourceIn(template, item));
  return inner.find((name) => name !== undefined);
}

/** The function that is called under this name, also through its alias. */
export function functionAt(template: Entries, value: Value | undefined): Resource | undefined {
  const found = resourceAt(template, value);
  return found?.type === 'AWS::Lambda::Alias' ? functionAt(template, found.properties['FunctionName']) : found;
}

/** Both sides of every `Fn::If`, instead of what it decides. */
export function alternatives(value: Value | undefined): readonly Value[] {
  const sides = entries(value)['Fn::If'];
  if (sides !== undefined) return list(sides).slice(1).flatMap(alternatives);
  return value === undefined || entries(value)['Ref'] === 'AWS::NoValue' ? [] : [value];
}

/** For `evaluateFunctions`: what the template is not asked for is known by its name. */
export const withNames: Lookup = {
  ref: (name) => name,
  attribute: (resource, attribute) => `${resource}.${attribute}`,
  condition: () => true,
  mapping: (path) => path.join('.'),
};

/** Parameters that a value depends on; those that conditions ask for too. */
export function parametersIn(template: Entries, value: Value | undefined): readonly string[] {
  const { Parameters, Conditions } = template;
  const isParameter = (name: string): boolean => Object.hasOwn(entries(Parameters), name);
  if (isList(value)) return value.flatMap((item) => parametersIn(template, item));
  return Object.entries(entries(value)).flatMap(([key, item]) => {
    if (key === 'Ref' || key === 'Condition') {
      return isParameter(text(item)) ? [text(item)] : parametersIn(template, entries(Conditions)[text(item)]);
    }
    const condition = key === 'Fn::If' ? [{ Condition: list(item)[0] ?? null }] : [];
    const substituted =
      key === 'Fn::Sub' ? [...text(item).matchAll(/\$\{([\w:]+)\}/g)].map((match) => match[1] ?? '') : [];
    return [...substituted.filter(isParameter), ...parametersIn(template, [...condition, ...[item].flat()])];
  });
}

/** Every text of the template with where it is. */
export function textsOf(value: Value, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (isList(value)) return value.flatMap((item, index) => textsOf(item, `${path}.${String(index)}`));
  return Object.entries(entries(value)).flatMap(([key, item]) => [
    [`${path}.${key}`, key] as const,
    ...textsOf(item, `${path}.${key}`),
  ]);
}

export interface Statement {
  /** Of the role or policy that it is in. */
  readonly owner: string;
  readonly statement: Entries;
}

/** Statements of roles and managed policies; the conditional ones too. */
export function statementsOf({ name, properties }: Resource): readonly Statement[] {
  const documents = [properties, ...list(properties['Policies']).map(entries)].map((one) =>
    entries(one['PolicyDocument']),
  );
  return documents
    .flatMap((document) => list(document['Statement']).flatMap(alternatives))
    .map((statement) => ({ owner: name, statement: entries(statement) }));
}

export function actionsOf({ statement: { Action } }: Statement): readonly string[] {
  return (isList(Action) ? Action : [Action]).map((action) => text(action));
}
