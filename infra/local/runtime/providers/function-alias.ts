/** What calls a function without naming its newest code: versions, aliases, and what becomes of asynchronous calls. */
import {
  addQualifier,
  functionNamed,
  invokedArn,
  parseFunctionName,
  removeQualifier,
} from '../../services/lambda/functions';
import { deleteEventInvokeConfig, putEventInvokeConfig } from '../../services/lambda/invoke-asynchronously';
import { TemplateError, type Entries } from '../template/parse-template';
import type { Provided, ProviderContext, ResourceProvider } from '../template/stack';
import { entriesOf, numberOf, textOf } from './runtime-context';

/** There is one version of a function, which every update replaces. */
const VERSION = '1';

function qualified(properties: Entries, qualifier: string): { readonly name: string; readonly qualifier: string } {
  return { name: parseFunctionName(textOf(properties, 'FunctionName')).name, qualifier };
}

function provideQualifier(properties: Entries, qualifier: string, { scope }: ProviderContext): Provided {
  const called = qualified(properties, qualifier);
  addQualifier(scope, called.name, qualifier);
  const arn = invokedArn(scope, called);
  return { ref: arn, attributes: { AliasArn: arn, FunctionArn: arn, Version: VERSION } };
}

function remove({ ref }: Provided, { scope }: ProviderContext): void {
  const { name, qualifier = '' } = parseFunctionName(ref);
  removeQualifier(scope, name, qualifier);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html */
export function functionVersionProvider(): ResourceProvider {
  return {
    type: 'AWS::Lambda::Version',
    accepts: ['Description', 'FunctionName'],
    create: (properties, context) => provideQualifier(properties, VERSION, context),
    remove,
  };
}

/**
 * It moves to new code at once, whatever the rollout says: no part of the calls goes to the code before.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html
 */
export function functionAliasProvider(): ResourceProvider {
  return {
    type: 'AWS::Lambda::Alias',
    accepts: ['Description', 'FunctionName', 'FunctionVersion', 'Name'],
    create: (properties, context) => provideQualifier(properties, textOf(properties, 'Name'), context),
    remove,
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
export function eventInvokeConfigProvider(): ResourceProvider {
  return {
    type: 'AWS::Lambda::EventInvokeConfig',
    accepts: ['DestinationConfig', 'FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts', 'Qualifier'],
    create(properties, { scope, logicalId }) {
      const called = qualified(properties, textOf(properties, 'Qualifier'));
      functionNamed(scope, `${called.name}:${called.qualifier}`);
      const destinations = entriesOf(properties, 'DestinationConfig');
      const other = Object.keys(destinations).find((name) => name !== 'OnFailure');
      if (other !== undefined) throw new TemplateError(`${logicalId}: DestinationConfig.${other} is not simulated`);
      const arn = invokedArn(scope, called);
      putEventInvokeConfig(scope, arn, {
        maximumRetryAttempts: numberOf(properties, 'MaximumRetryAttempts', 2),
        maximumEventAgeSeconds: numberOf(properties, 'MaximumEventAgeInSeconds', 21_600),
        onFailure: textOf(entriesOf(destinations, 'OnFailure'), 'Destination'),
      });
      return { ref: arn, attributes: {} };
    },
    remove({ ref }, { scope }) {
      deleteEventInvokeConfig(scope, ref);
    },
  };
}
