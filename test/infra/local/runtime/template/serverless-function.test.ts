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
    const text = TEMPLATE.replace('Timeout: 900', 'SnapStart: { ApplyOn: PublishedVersions }');
    expect(() => transform(text)).toThrow(
      new TemplateError('Sweep.SnapStart of AWS::Serverless::Function is not simulated'),
    );
  });
});

describe('an alias', () => {
  const published = TEMPLATE.replace(
    'Timeout: 900',
    `
      Timeout: 900
      AutoPublishAlias: live
      VersionDescription: !Ref Prefix
      DeploymentPreference: { Type: Canary10Percent5Minutes }
      EventInvokeConfig:
        MaximumRetryAttempts: 1
        DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Queue.Arn } }`,
  ).replace(
    'Queue: { Type: AWS::SQS::Queue }',
    'Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: !Ref Sweep.Alias } }',
  );

  it('is a resource beside the function, under the same condition, and what !Ref Function.Alias means', () => {
    const { Resources } = transform(published);
    expect(Resources).toMatchObject({
      SweepVersion: {
        ...{ Type: 'AWS::Lambda::Version', Condition: 'On' },
        Properties: { FunctionName: { Ref: 'Sweep' }, Description: { Ref: 'Prefix' } },
      },
      SweepAliaslive: {
        Type: 'AWS::Lambda::Alias',
        Condition: 'On',
        Properties: {
          ...{ Name: 'live', FunctionName: { Ref: 'Sweep' } },
          FunctionVersion: { 'Fn::GetAtt': ['SweepVersion', 'Version'] },
        },
      },
      Queue: { Properties: { QueueName: { Ref: 'SweepAliaslive' } } },
    });
  });

  it('is what the settings of asynchronous calls are for', () => {
    expect(transform(published)['Resources']).toMatchObject({
      SweepEventInvokeConfig: {
        ...{ Type: 'AWS::Lambda::EventInvokeConfig', Condition: 'On', DependsOn: ['SweepAliaslive'] },
        Properties: {
          ...{ FunctionName: { Ref: 'Sweep' }, Qualifier: 'live', MaximumRetryAttempts: 1 },
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
        },
      },
    });
  });

  it('refuses a destination that is no queue', () => {
    expect(() => transform(published.replace('Type: SQS,', 'Type: SNS,'))).toThrow('only OnFailure with a queue');
  });
});

it('leaves a template without the transform as it is', () => {
  const template = parseTemplate('Resources: { A: { Type: AWS::SQS::Queue } }', 'template.yaml');
  expect(transformServerless(template)).toBe(template);
});

it('refuses another transform', () => {
  expect(() => transform('Transform: AWS::LanguageExtensions\nResources: {}')).toThrow('AWS::LanguageExtensions');
});
