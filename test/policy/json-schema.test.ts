import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { toJsonSchema } from '../../lib/policy/json-schema';
import { noted } from '../../lib/policy/schema-notes';

const choice = v.lazy((written) => (typeof written === 'string' ? v.string() : v.boolean()));

describe('JSON Schema', () => {
  it.each([
    ['text', v.pipe(v.string(), v.minLength(2), v.regex(/^a+$/), v.description('Letters.')), { type: 'string', minLength: 2, pattern: '^a+$', description: 'Letters.' }],
    ['a number', v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)), { type: 'integer', minimum: 1, maximum: 9 }],
    ['a switch', v.boolean(), { type: 'boolean' }],
    ['one of some', v.picklist(['a', 'b']), { enum: ['a', 'b'] }],
    ['one alone', v.literal(1), { const: 1 }],
    ['anything', v.unknown(), {}],
    ['a list', v.pipe(v.array(v.string()), v.minLength(1)), { type: 'array', items: { type: 'string' }, minItems: 1 }],
    ['a map of any keys', v.record(v.string(), v.boolean()), { type: 'object', propertyNames: { not: { enum: ['__proto__', 'constructor', 'prototype'] } }, additionalProperties: { type: 'boolean' } }],
    ['a map', v.strictObject({ a: v.string(), b: v.optional(v.boolean(), false), c: v.optional(v.string()) }), { type: 'object', properties: { a: { type: 'string' }, b: { type: 'boolean', default: false }, c: { type: 'string' } }, required: ['a'], additionalProperties: false }],
    ['a map without keys that have to be there', v.strictObject({}), { type: 'object', properties: {}, additionalProperties: false }],
    ['a choice', v.pipe(noted({ anyOf: [v.string(), v.boolean()] }, choice), v.description('Either.')), { anyOf: [{ type: 'string' }, { type: 'boolean' }], description: 'Either.' }],
    ['what only code can check', v.pipe(v.string(), v.check(() => false)), { type: 'string' }],
  ])('of %s', (_, schema, expected) => {
    expect(toJsonSchema(schema)).toEqual(expected);
  }); // prettier-ignore

  it.each([
    ['a schema', v.date(), /"date" is not known/],
    ['an action', v.pipe(v.string(), v.email()), /"email" is not known/],
    ['a choice without a note', choice, /needs a note/],
    ['no schema', { type: 'string' }, /Only schemas of valibot/],
  ])('refuses what it does not know: %s', (_, schema, message) => {
    expect(() => toJsonSchema(schema)).toThrow(message);
  });
});
