/* eslint-disable no-template-curly-in-string -- CloudFormation writes its placeholders like this */
import { describe, expect, it } from '@jest/globals';
import { parseTemplate, TemplateError } from '../../../../../infra/local/runtime/template/parse-template';

/** Parses one value as a property of a template. */
function property(text: string): unknown {
  return parseTemplate(`Resources: {}\nValue: ${text}\n`, 'template.yaml')['Value'];
}

const thrown = (text: string): string => {
  try {
    parseTemplate(text, 'template.yaml');
    return 'nothing thrown';
  } catch (error) {
    return error instanceof TemplateError ? error.message : `another error: ${String(error)}`;
  }
};

describe('the short forms of functions', () => {
  it.each([
    ['!Ref Table', { Ref: 'Table' }],
    ['!Condition MayTag', { Condition: 'MayTag' }],
    ['!GetAtt Table.Arn', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!GetAtt Nested.Outputs.Name', { 'Fn::GetAtt': ['Nested', 'Outputs.Name'] }],
    ['!GetAtt [Table, Arn]', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!Sub a-${Name}', { 'Fn::Sub': 'a-${Name}' }],
    ['!Sub [a, { Name: b }]', { 'Fn::Sub': ['a', { Name: 'b' }] }],
    ['!Base64 text', { 'Fn::Base64': 'text' }],
    ['!Base64 { Ref: Name }', { 'Fn::Base64': { Ref: 'Name' } }],
    ['!Join [",", [a, !Ref B]]', { 'Fn::Join': [',', ['a', { Ref: 'B' }]] }],
    [
      '!If [On, !Sub "${A}", !If [Off, !Ref AWS::NoValue, 1]]',
      { 'Fn::If': ['On', { 'Fn::Sub': '${A}' }, { 'Fn::If': ['Off', { Ref: 'AWS::NoValue' }, 1] }] },
    ],
    ['!Not [!Equals [!Ref Mode, observe]]', { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Mode' }, 'observe'] }] }],
    ['{ a: [{ b: !Ref C }] }', { a: [{ b: { Ref: 'C' } }] }],
  ])('%s', (text, value) => {
    expect(property(text)).toEqual(value);
  });

  it('leaves plain values as YAML has them', () => {
    expect(property("{ a: 1, b: '1', c: true, d: null, e: 2012-10-17 }")).toEqual({
      ...{ a: 1, b: '1', c: true, d: null, e: '2012-10-17' },
    });
  });
});

describe('what is no template', () => {
  it.each([
    ['a key twice', 'Resources:\n  A: 1\n  A: 2\n', /^template\.yaml:3: /],
    ['broken YAML', 'Resources:\n  A: [1\n  B: 2\n', /^template\.yaml:[23]: /],
    ['an unknown function', 'Resources:\n  A: !Cheese 1\n', /^template\.yaml:2: .*!Cheese/],
    ['no resources', 'Outputs: {}\n', /^template\.yaml: it has no Resources$/],
    ['an empty file', '', /^template\.yaml: it has no Resources$/],
  ])('%s is refused, with the line', (_name, text, message) => {
    expect(thrown(text)).toMatch(message);
  });
});
