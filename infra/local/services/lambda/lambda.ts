import * as schemas from '@aws-sdk/client-lambda';
import type {
  FunctionConfiguration,
  GetFunctionConfigurationRequest,
  InvocationRequest,
  InvocationResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from '@aws-sdk/client-lambda';
import { ApiError } from '../../kernel/api-error';
import { operation, type Call, type ServiceDefinition } from '../../kernel/operation';
import { page } from '../../kernel/page';
import { functionNamed, invokedArn, listFunctions, parseFunctionName, type DeployedFunction } from './functions';
import { invokeAsynchronously } from './invoke-asynchronously';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
const LIST_PAGE = 50;

const onFunction =
  (action: string) =>
  (input: Named, { scope }: Call) => [
    { action: `lambda:${action}`, resource: invokedArn(scope, parseFunctionName(qualified(input))) },
  ];

interface Named {
  readonly FunctionName?: string;
  readonly Qualifier?: string;
}

/** The qualifier is a parameter of its own, or the end of the name. */
function qualified({ FunctionName = '', Qualifier }: Named): string {
  return Qualifier === undefined ? FunctionName : `${FunctionName}:${Qualifier}`;
}

/** What a listing shows; it leaves the state out. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html */
function listedConfiguration(deployed: DeployedFunction): FunctionConfiguration {
  return {
    FunctionName: deployed.name,
    FunctionArn: deployed.arn,
    Role: deployed.roleArn,
    Runtime: schemas.Runtime.nodejs24x,
    Handler: deployed.handler,
    Description: deployed.description,
    Timeout: deployed.timeoutSeconds,
    MemorySize: deployed.memoryMiB,
    Environment: { Variables: { ...deployed.variables } },
    Version: '$LATEST',
    PackageType: 'Zip',
  };
}

function configurationOf(deployed: DeployedFunction): FunctionConfiguration {
  return { ...listedConfiguration(deployed), State: 'Active', LastUpdateStatus: 'Successful' };
}

function payloadOf(payload: Uint8Array | undefined): string {
  const text = payload && payload.length > 0 ? Buffer.from(payload).toString() : '{}';
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new ApiError('InvalidRequestContentException', 'Could not parse request body into json.', 400, {
      Type: 'User',
    });
  }
}

/** The client wraps the bytes that it receives; here they are only bytes. */
type Invoked = Omit<InvocationResponse, 'Payload'> & { readonly Payload?: Uint8Array };

const invoke = operation({
  accepts: ['FunctionName', 'InvocationType', 'Payload', 'Qualifier'],
  authorize: onFunction('InvokeFunction'),
  async run({ InvocationType, Payload, ...named }: InvocationRequest, { scope }): Promise<Invoked> {
    const called = qualified(named);
    const deployed = functionNamed(scope, called);
    const payload = payloadOf(Payload);
    if (InvocationType === 'DryRun') return { StatusCode: 204 };
    if (InvocationType === 'Event') {
      invokeAsynchronously(scope, called, payload);
      return { StatusCode: 202 };
    }
    const result = await deployed.invoke(payload);
    return {
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      FunctionError: result.functionError,
      Payload: Buffer.from(result.payload),
    };
  },
});

const getFunctionConfiguration = operation({
  accepts: ['FunctionName', 'Qualifier'],
  authorize: onFunction('GetFunctionConfiguration'),
  run: (named: GetFunctionConfigurationRequest, { scope }) => configurationOf(functionNamed(scope, qualified(named))),
});

const listAll = operation({
  accepts: ['Marker', 'MaxItems'],
  run({ Marker, MaxItems }: ListFunctionsRequest, { scope }): ListFunctionsResponse {
    const invalidToken = new ApiError('InvalidParameterValueException', 'Invalid marker', 400, { Type: 'User' });
    const size = Math.min(MaxItems ?? LIST_PAGE, LIST_PAGE);
    const { items, token } = page(listFunctions(scope), { token: Marker, size, invalidToken });
    return { Functions: items.map(listedConfiguration), NextMarker: token };
  },
});

export const lambda: ServiceDefinition = {
  signingName: 'lambda',
  iamPrefix: 'lambda',
  schemas,
  client: () => new schemas.LambdaClient({ region: 'us-east-1' }),
  operations: { GetFunctionConfiguration: getFunctionConfiguration, Invoke: invoke, ListFunctions: listAll },
};
