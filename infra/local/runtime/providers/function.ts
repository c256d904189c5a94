import { existsSync } from 'node:fs';
import path from 'node:path';
import { roleMay } from '../../iam/role-may';
import { policiesOf } from '../../iam/roles';
import { arn, type Scope } from '../../kernel/scope';
import type { LocalAccount } from '../../local-account';
import { functionArn, registerFunction, removeFunction } from '../../services/lambda/functions';
import type { Activity } from '../activity';
import { createFunctionPool, type FunctionPool, type FunctionPoolOptions } from '../functions/function-pool';
import { TemplateError, type Entries } from '../template/parse-template';
import type { Provided, ProviderContext, ResourceProvider } from '../template/stack';
import { entriesOf, numberOf, optionalText, textOf, type RuntimeContext } from './runtime-context';

/** Environments at once; a new account's quota: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_CONCURRENCY = 10;
/** All environment variables together, in bytes: the same page. */
const MAX_VARIABLES = 4096;

const ACCEPTS = [
  'Architectures',
  'Code',
  'Description',
  'Environment',
  'FunctionName',
  'Handler',
  'LoggingConfig',
  'MemorySize',
  'ReservedConcurrentExecutions',
  'Role',
  'Runtime',
  'Timeout',
  'TracingConfig',
];

export interface FunctionsProvider extends ResourceProvider {
  /** Ends every process. */
  stop(): void;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export function functionProvider(context: RuntimeContext, activity: Activity): FunctionsProvider {
  const pools = new Map<string, FunctionPool>();
  const deploy = (name: string, properties: Entries, scope: Scope): Provided => {
    const options = poolOptions(name, properties, context);
    const pool = createFunctionPool(options);
    pools.get(name)?.stop();
    pools.set(name, pool);
    registerFunction(scope, {
      name,
      arn: options.functionArn,
      roleArn: textOf(properties, 'Role'),
      handler: options.handler,
      runtime: textOf(properties, 'Runtime'),
      description: optionalText(properties, 'Description') ?? '',
      timeoutSeconds: options.timeoutSeconds,
      memoryMiB: options.memoryMiB,
      variables: options.variables,
      invoke: (payload) => activity.during(() => pool.invoke(payload)),
    });
    return { ref: name, attributes: { Arn: options.functionArn } };
  };
  return {
    type: 'AWS::Lambda::Function',
    accepts: ACCEPTS,
    create: (properties, { scope, generatedName }: ProviderContext) =>
      deploy(optionalText(properties, 'FunctionName') ?? generatedName, properties, scope),
    update: (before, properties, { scope }) => deploy(before.ref, properties, scope),
    remove({ ref }, { scope }) {
      pools.get(ref)?.stop();
      pools.delete(ref);
      removeFunction(scope, ref);
    },
    stop() {
      for (const pool of pools.values()) pool.stop();
    },
  };
}

function poolOptions(name: string, properties: Entries, context: RuntimeContext): FunctionPoolOptions {
  const { account, folder, log } = context;
  const codeFolder = path.resolve(folder, textOf(properties, 'Code'));
  const handler = textOf(properties, 'Handler');
  const file = path.join(codeFolder, `${handler.split('.')[0] ?? ''}.js`);
  if (!existsSync(file)) throw new TemplateError(`${name}: ${file} is not there; build the functions first`);
  if (!textOf(properties, 'Runtime').startsWith('nodejs'))
    throw new TemplateError(`${name}: only Node.js is simulated`);
  const variables = variablesOf(name, properties);
  checkTracing(name, properties, account);
  return {
    functionName: name,
    functionArn: functionArn(account.scope, name),
    codeFolder,
    handler,
    timeoutSeconds: numberOf(properties, 'Timeout', 3),
    memoryMiB: numberOf(properties, 'MemorySize', 128),
    variables: { ...variables, ...whereabouts(account) },
    credentials: credentialsOf(textOf(properties, 'Role'), name, account),
    log: (line) => {
      log(name, line);
    },
    clock: account.world.clock,
    maxConcurrency: numberOf(properties, 'ReservedConcurrentExecutions', MAX_CONCURRENCY),
  };
}

/** Nothing is traced here, but Lambda refuses to trace for a role that may not send traces, and so does this. */
function checkTracing(name: string, properties: Entries, { scope }: LocalAccount): void {
  if (optionalText(entriesOf(properties, 'TracingConfig'), 'Mode') !== 'Active') return;
  const [roleArn, action] = [textOf(properties, 'Role'), 'xray:PutTraceSegments'];
  if (!roleMay(scope, { roleArn, session: name, action, resource: '*' }))
    throw new TemplateError(`${name}: TracingConfig is Active, but ${roleArn} may not ${action}`);
}

function variablesOf(name: string, properties: Entries): Record<string, string> {
  const written = entriesOf(entriesOf(properties, 'Environment'), 'Variables');
  const variables = Object.fromEntries(Object.keys(written).map((key) => [key, textOf(written, key)]));
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > MAX_VARIABLES)
    throw new TemplateError(`${name}: its environment has ${String(bytes)} bytes, 4096 are allowed`);
  return variables;
}

const whereabouts = ({ endpoint, scope: { region } }: LocalAccount): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ENDPOINT_URL: endpoint,
});

/** Sessions of the function's role; what they may do is looked up at each call, so that an update acts at once. */
function credentialsOf(roleArn: string, name: string, account: LocalAccount): FunctionPoolOptions['credentials'] {
  const { scope } = account;
  if (!policiesOf(scope, roleArn)) throw new TemplateError(`${name}: there is no role ${roleArn}`);
  const session = `assumed-role/${roleArn.slice(roleArn.indexOf('/') + 1)}/${name}`;
  const sessionArn = arn({ ...scope, region: '' }, 'sts', session);
  return (process) => {
    const issued = account.registerCredentials({ account: scope.account, arn: sessionArn, roleArn, process });
    return {
      AWS_ACCESS_KEY_ID: issued.accessKeyId,
      AWS_SECRET_ACCESS_KEY: issued.secretAccessKey,
      AWS_SESSION_TOKEN: issued.sessionToken,
    };
  };
}
