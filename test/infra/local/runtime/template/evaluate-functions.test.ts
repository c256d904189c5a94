/* eslint-disable no-template-curly-in-string -- CloudFormation writes its placeholders like this */
import { describe, expect, it } from '@jest/globals';
import {
  evaluateCondition,
  evaluateFunctions,
  referencesOf,
  type Lookup,
} from '../../../../../infra/local/runtime/template/evaluate-functions';
import { TemplateError, type Value } from '../../../../../infra/local/runtime/template/parse-template';

const refs: Readonly<Record<string, Value>> = { Name: 'shop', Count: 3, 'AWS::Region': 'eu-west-2' };
const lookup: Lookup = {
  ref: (name) => refs[name],
  attribute: (resource, attribute) => (resource === 'Table' && attribute === 'Arn' ? 'arn:table' : undefined),
  condition(name) {
    if (name !== 'On' && name !== 'Off') throw new TemplateError(`there is no condition ${name}`);
    return name === 'On';
  },
  mapping: ([map, region, key]) => (map === 'Images' && region === 'eu-west-2' && key === 'id' ? 'ami-1' : undefined),
};

describe('each function', () => {
  it.each<[string, Value, Value]>([
    ['Ref', { Ref: 'Name' }, 'shop'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-west-2'],
    ['GetAtt', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    ['Sub', { 'Fn::Sub': '${Name}-${ AWS::Region }-${Table.Arn}-${Count}' }, 'shop-eu-west-2-arn:table-3'],
    ['Sub of a literal', { 'Fn::Sub': '${!Name}' }, '${Name}'],
    ['Sub with names of its own', { 'Fn::Sub': ['${Own}/${Name}', { Own: { Ref: 'Count' } }] }, '3/shop'],
    ['If, yes', { 'Fn::If': ['On', { Ref: 'Name' }, 'no'] }, 'shop'],
    ['If, no', { 'Fn::If': ['Off', 'yes', { Ref: 'Name' }] }, 'shop'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 3]] }, 'a-shop-3'],
    ['Select', { 'Fn::Select': [1, ['a', { Ref: 'Name' }]] }, 'shop'],
    ['Split', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Table', 'Arn'] }] }, ['arn', 'table']],
    ['FindInMap', { 'Fn::FindInMap': ['Images', { Ref: 'AWS::Region' }, 'id'] }, 'ami-1'],
    ['Base64', { 'Fn::Base64': { Ref: 'Name' } }, 'c2hvcA=='],
    ['functions deep inside', { a: [{ b: { Ref: 'Name' } }] }, { a: [{ b: 'shop' }] }],
    ['NoValue in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['NoValue in a map', { a: 1, b: { 'Fn::If': ['Off', 1, { Ref: 'AWS::NoValue' }] } }, { a: 1 }],
    ['a map that only looks like one', { Ref: 'Name', other: 1 }, { Ref: 'Name', other: 1 }],
  ])('%s', (_name, value, expected) => {
    expect(evaluateFunctions(value, lookup)).toEqual(expected);
  });
});

describe('what can not be evaluated is refused, by name', () => {
  it.each<[Value, string]>([
    [{ Ref: 'Nobody' }, 'Ref Nobody'],
    [{ 'Fn::GetAtt': ['Table', 'Colour'] }, 'Fn::GetAtt Table.Colour'],
    [{ 'Fn::Sub': 'x-${Nobody}' }, 'Fn::Sub ${Nobody}'],
    [{ 'Fn::Sub': '${Table.Colour}' }, 'Fn::Sub ${Table.Colour}'],
    [{ 'Fn::FindInMap': ['Images', 'mars', 'id'] }, 'Fn::FindInMap Images.mars.id'],
    [{ 'Fn::Select': [7, ['a']] }, 'Fn::Select'],
    [{ 'Fn::If': ['Perhaps', 1, 2] }, 'there is no condition Perhaps'],
    [{ 'Fn::Transform': {} }, 'Fn::Transform is not simulated'],
    [{ 'Fn::Join': [',', 'a'] }, 'Fn::Join: a list is needed'],
    [{ Ref: ['a'] }, 'Ref: a text is needed'],
  ])('%j', (value, message) => {
    expect(() => evaluateFunctions(value, lookup)).toThrow(message);
    expect(() => evaluateFunctions(value, lookup)).toThrow(TemplateError);
  });
});

describe('conditions', () => {
  it.each<[Value, boolean]>([
    [{ Condition: 'On' }, true],
    [{ 'Fn::Not': [{ Condition: 'On' }] }, false],
    [{ 'Fn::And': [{ Condition: 'On' }, { Condition: 'Off' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'On' }, { Condition: 'Off' }] }, true],
    [{ 'Fn::Equals': [{ Ref: 'Name' }, 'shop'] }, true],
    [{ 'Fn::Equals': [{ Ref: 'Count' }, '3'] }, true],
    [{ 'Fn::Equals': [{ Ref: 'Name' }, ''] }, false],
  ])('%j is %s', (value, expected) => {
    expect(evaluateCondition(value, lookup)).toBe(expected);
  });

  it.each<[Value]>([['On'], [{ Ref: 'Name' }], [{}]])('%j is none', (value) => {
    expect(() => evaluateCondition(value, lookup)).toThrow('a condition is needed');
  });
});

it('finds every name that a value refers to', () => {
  const value: Value = {
    a: { Ref: 'One' },
    b: [{ 'Fn::GetAtt': ['Two', 'Arn'] }, { 'Fn::Sub': '${Three}-${Four.Arn}-${!Literal}' }],
    c: { 'Fn::Sub': ['${Own}-${Five}', { Own: { Ref: 'Six' } }] },
    d: { 'Fn::If': ['On', { Ref: 'Seven' }, 'x'] },
  };
  const names = [...referencesOf(value)].filter((name) => name !== 'Own').sort();
  expect(names).toEqual(['Five', 'Four', 'One', 'Seven', 'Six', 'Three', 'Two']);
});
