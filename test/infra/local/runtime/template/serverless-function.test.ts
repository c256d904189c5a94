import { describe, expect, it } from '@jest/globals';
import { parseTemplate, TemplateError } from '../../../../../infra/local/runtime/template/parse-template';
import { transformServerless } from '../../../../../infra/local/runtime/template/serverless-function';

const transform = (text: string) => transformServerless(parseTemplate(text, 'template.yaml'));

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs24.x
    Timeout: 3
    Architectures: [arm64, x86_64]
    Environment: { Variables: { SHARED: all, MODE: observe } }
Resources:
  Sweep:
    Type: AWS::Serverless::Function
    Condition: On
    Properties:
      CodeUri: ../dist/sweep
      Timeout: 900
      Architectures: [arm64]
      Environment: { Variables: { MODE: enforce, OWN: mine } }
  Queue: { Type: AWS::SQS::Queue }
`;

describe('a serverless function', () => {
  it('gets what Globals say: maps joined key by key, everything else replaced', () => {
    expect(transform(TEMPLATE)['Resources']).toEqual({
      Sweep: {
        Type: 'AWS::Lambda::Function',
        Condition: 'On',
        Properties: {
          Runtime: 'nodejs24.x',
          Timeout: 900,
          Architectures: ['arm64'],
          Environment: { Variables: { SHARED: 'all', MODE: 'enforce', OWN: 'mine' } },
          Code: '../dist/sweep',
        },
      },
      Queue: { Type: 'AWS::SQS::Queue' },
    });
  });

  it('may not ask for what is not simulated', () => {
    const text = TEMPLATE.replace('Timeout: 900', 'Tracing: Active');
    expect(() => transform(text)).toThrow(
      new TemplateError('Sweep.Tracing of AWS::Serverless::Function is not simulated'),
    );
  });
});

it('leaves a template without the transform as it is', () => {
  const template = parseTemplate('Resources: { A: { Type: AWS::SQS::Queue } }', 'template.yaml');
  expect(transformServerless(template)).toBe(template);
});

it('refuses another transform', () => {
  expect(() => transform('Transform: AWS::LanguageExtensions\nResources: {}')).toThrow('AWS::LanguageExtensions');
});
