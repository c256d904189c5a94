/**
 * JSON Schema of a valibot schema, for editors (draft-07, which all of them know). It knows what the policy's schema is
 * made of and refuses the rest, so that nothing is silently left out. Left out on purpose are checks that JSON Schema
 * can not say: days that the calendar does not have, keys that exclude each other, values that depend on others.
 */
import { isSchema, LEFT_OUT_KEYS, notesOf } from './schema-notes';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema or an action of valibot, as it is at run time. */
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isOptional = (value: unknown): boolean => isNode(value) && value['type'] === 'optional';

function strictObject({ entries }: Node): JsonSchema {
  const members = Object.entries(isNode(entries) ? entries : {});
  const required = members.filter(([, member]) => !isOptional(member)).map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(([key, member]) => [key, toJsonSchema(member)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function optional({ wrapped, default: value }: Node): JsonSchema {
  return { ...toJsonSchema(wrapped), ...(value !== undefined && { default: value }) };
}

function lazy(node: Node): JsonSchema {
  const { anyOf } = notesOf(node);
  if (!anyOf) throw new Error('A lazy schema needs a note of all that can be chosen.');
  return { anyOf: anyOf.map(toJsonSchema) };
}

const schemas: Readonly<Record<string, (node: Node) => JsonSchema>> = {
  array: ({ item }) => ({ type: 'array', items: toJsonSchema(item) }),
  boolean: () => ({ type: 'boolean' }),
  lazy,
  literal: ({ literal }) => ({ const: literal }),
  number: () => ({ type: 'number' }),
  optional,
  picklist: ({ options }) => ({ enum: options }),
  record: ({ value }) => ({
    type: 'object',
    propertyNames: { not: { enum: LEFT_OUT_KEYS } },
    additionalProperties: toJsonSchema(value),
  }),
  strict_object: strictObject,
  string: () => ({ type: 'string' }),
  unknown: () => ({}),
};

type Length = (base: JsonSchema, requirement: unknown) => JsonSchema;
const minLength: Length = ({ type }, least) => (type === 'array' ? { minItems: least } : { minLength: least });

const actions: Readonly<Record<string, (action: Node, base: JsonSchema) => JsonSchema>> = {
  check: () => ({}),
  description: ({ description }) => ({ description }),
  integer: () => ({ type: 'integer' }),
  max_value: ({ requirement }) => ({ maximum: requirement }),
  metadata: () => ({}),
  min_length: ({ requirement }, base) => minLength(base, requirement),
  min_value: ({ requirement }) => ({ minimum: requirement }),
  regex: ({ requirement }) => ({ pattern: requirement instanceof RegExp ? requirement.source : requirement }),
};

function known<Translate>(translations: Readonly<Record<string, Translate>>, { type }: Node): Translate {
  const translate = translations[String(type)];
  if (!translate)
    throw new Error(`JSON Schema of "${String(type)}" is not known; add it to lib/policy/json-schema.ts.`);
  return translate;
}

/** @throws Error naming a part that it does not know */
export function toJsonSchema(schema: unknown): JsonSchema {
  if (!isNode(schema) || !isSchema(schema)) throw new Error('Only schemas of valibot have a JSON Schema.');
  const node: Node = { ...schema };
  const pipe: unknown = node['pipe'];
  if (!isList(pipe)) return known(schemas, node)(node);
  const [first, ...rest] = pipe;
  // the note of what can be chosen stands beside the schema that chooses
  const base = isNode(first) && first['type'] === 'lazy' ? lazy(node) : toJsonSchema(first);
  return rest
    .filter(isNode)
    .reduce<JsonSchema>((joined, action) => ({ ...joined, ...known(actions, action)(action, joined) }), base);
}
