import * as schemas from '@aws-sdk/client-ssm';
import type {
  DeleteParameterRequest,
  DeleteParametersRequest,
  DescribeParametersRequest,
  GetParameterRequest,
  GetParametersByPathRequest,
  GetParametersRequest,
  Parameter,
  PutParameterRequest,
} from '@aws-sdk/client-ssm';
import { ApiError } from '../../kernel/api-error';
import { operation, type Call, type ServiceDefinition } from '../../kernel/operation';
import { page } from '../../kernel/page';
import {
  allParameters,
  deleteParameter,
  parameterArn,
  parameterNamed,
  parametersUnder,
  parameterTypes,
  putParameter,
  shownValue,
  SSM_KEY,
  type StoredParameter,
  type Tier,
} from './parameters';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
const PATH_PAGE = 10;
/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const MAX_NAMES = 10;
/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
const DESCRIBE_PAGE = 50;

const on = (action: string, names: readonly string[], { scope }: Call) =>
  names.map((name) => ({ action: `ssm:${action}`, resource: parameterArn(scope, name) }));

/** @param decrypt as `WithDecryption` says it: without it, a SecureString is shown as it is kept */
const toParameter =
  (decrypt = false) =>
  (stored: StoredParameter): Parameter => ({
    Name: stored.name,
    ARN: stored.arn,
    Type: stored.type,
    Value: decrypt ? stored.value : shownValue(stored),
    Version: stored.version,
    LastModifiedDate: stored.modifiedAt,
    DataType: 'text',
  });

const notFound = () => new ApiError('ParameterNotFound', '');
const invalidToken = () => new ApiError('InvalidNextToken', 'The specified token is not valid.');

const tierOf = (tier: string | undefined): Tier | undefined => {
  if (tier === undefined || tier === 'Standard' || tier === 'Advanced') return tier;
  throw new ApiError('ValidationException', `Tier ${tier} is not simulated.`);
};

function checkCount(names: readonly string[]): void {
  if (names.length >= 1 && names.length <= MAX_NAMES) return;
  const message = `1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have length less than or equal to ${String(MAX_NAMES)}`;
  throw new ApiError('ValidationException', message);
}

const put = operation({
  accepts: ['Name', 'Value', 'Type', 'Tier', 'Overwrite', 'Description', 'KeyId'],
  authorize: ({ Name = '' }: PutParameterRequest, call) => on('PutParameter', [Name], call),
  run({ Name = '', Value = '', Type, Overwrite = false, ...rest }: PutParameterRequest, { scope }) {
    const type = parameterTypes.find((one) => one === Type);
    if (Type !== undefined && !type)
      throw new ApiError('UnsupportedParameterType', 'The parameter type is not supported.');
    const wanted = { name: Name, value: Value, type, description: rest.Description, overwrite: Overwrite };
    const stored = putParameter(scope, { ...wanted, keyId: rest.KeyId, tier: tierOf(rest.Tier) });
    return { Version: stored.version, Tier: stored.tier };
  },
});

const get = operation({
  accepts: ['Name', 'WithDecryption'],
  authorize: ({ Name = '' }: GetParameterRequest, call) => on('GetParameter', [Name], call),
  run({ Name = '', WithDecryption }: GetParameterRequest, { scope }) {
    const found = parameterNamed(scope, Name);
    if (!found) throw notFound();
    return { Parameter: toParameter(WithDecryption)(found) };
  },
});

const getMany = operation({
  accepts: ['Names', 'WithDecryption'],
  authorize: ({ Names = [] }: GetParametersRequest, call) => on('GetParameters', Names, call),
  run({ Names = [], WithDecryption }: GetParametersRequest, { scope }) {
    checkCount(Names);
    const found = Names.flatMap((name) => parameterNamed(scope, name) ?? []);
    const names = new Set(found.map(({ name }) => name));
    const Parameters = found.map(toParameter(WithDecryption));
    return { Parameters, InvalidParameters: Names.filter((name) => !names.has(name)) };
  },
});

const getByPath = operation({
  accepts: ['Path', 'Recursive', 'WithDecryption', 'MaxResults', 'NextToken'],
  authorize: ({ Path = '' }: GetParametersByPathRequest, call) =>
    on('GetParametersByPath', [Path.replace(/\/$/, '')], call),
  run({ Path = '', Recursive, WithDecryption, MaxResults, NextToken }: GetParametersByPathRequest, { scope }) {
    if (!Path.startsWith('/')) {
      throw new ApiError('ValidationException', 'The parameter path must begin with a forward slash: /');
    }
    const size = Math.min(MaxResults ?? PATH_PAGE, PATH_PAGE);
    const found = parametersUnder(scope, Path, Recursive ?? false);
    const { items, token } = page(found, { token: NextToken, size, invalidToken: invalidToken() });
    return { Parameters: items.map(toParameter(WithDecryption)), NextToken: token };
  },
});

const describe = operation({
  accepts: ['MaxResults', 'NextToken'],
  run({ MaxResults = DESCRIBE_PAGE, NextToken }: DescribeParametersRequest, { scope }) {
    const size = Math.min(MaxResults, DESCRIBE_PAGE);
    const { items, token } = page(allParameters(scope), { token: NextToken, size, invalidToken: invalidToken() });
    const metadata = items.map(({ name, arn, type, tier, version, modifiedAt, description }) => ({
      ...{ Name: name, ARN: arn, Type: type, Tier: tier, Version: version },
      ...{ LastModifiedDate: modifiedAt, Description: description, DataType: 'text' },
      ...(type === 'SecureString' && { KeyId: SSM_KEY }),
    }));
    return { Parameters: metadata, NextToken: token };
  },
});

const remove = operation({
  accepts: ['Name'],
  authorize: ({ Name = '' }: DeleteParameterRequest, call) => on('DeleteParameter', [Name], call),
  run({ Name = '' }: DeleteParameterRequest, { scope }) {
    if (!deleteParameter(scope, Name)) throw notFound();
    return {};
  },
});

const removeMany = operation({
  accepts: ['Names'],
  authorize: ({ Names = [] }: DeleteParametersRequest, call) => on('DeleteParameters', Names, call),
  run({ Names = [] }: DeleteParametersRequest, { scope }) {
    checkCount(Names);
    const gone = Names.filter((name) => deleteParameter(scope, name));
    return { DeletedParameters: gone, InvalidParameters: Names.filter((name) => !gone.includes(name)) };
  },
});

/** Systems Manager: Parameter Store. */
export const ssm: ServiceDefinition = {
  signingName: 'ssm',
  iamPrefix: 'ssm',
  schemas,
  client: () => new schemas.SSMClient({ region: 'us-east-1' }),
  operations: {
    DeleteParameter: remove,
    DeleteParameters: removeMany,
    DescribeParameters: describe,
    GetParameter: get,
    GetParameters: getMany,
    GetParametersByPath: getByPath,
    PutParameter: put,
  },
};
