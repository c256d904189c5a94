/** What the Serverless transform makes of a function: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
import { isEntries, isList, TemplateError, type Entries, type Value } from './parse-template';

const SERVERLESS_FUNCTION = 'AWS::Serverless::Function';
const SERVERLESS_TRANSFORM = 'AWS::Serverless-2016-10-31';

/** Properties that mean the same on the function that comes out. */
const SAME = [
  'Architectures',
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
] as const;

/** Maps from `Globals` are joined key by key, everything else is replaced: SAM's own rule. */
function merge(below: Value | undefined, above: Value | undefined): Value | undefined {
  if (above === undefined) return below;
  if (!isEntries(below) || !isEntries(above)) return above;
  const merged: Record<string, Value> = { ...below };
  for (const [key, value] of Object.entries(above)) merged[key] = merge(below[key], value) ?? null;
  return merged;
}

/**
 * How a new version takes over from the one before: there is one version here, which takes over at once. Whether a
 * change of properties publishes one is the same question.
 */
const ROLLOUT: readonly string[] = ['AutoPublishAliasAllProperties', 'DeploymentPreference'];

type Named = readonly [string, Value];

function transformed(name: string, resource: Entries, globals: Entries): readonly Named[] {
  const properties = merge(globals, resource['Properties']) ?? {};
  if (!isEntries(properties)) throw new TemplateError(`${name}: its Properties are no map`);
  const { CodeUri, AutoPublishAlias, EventInvokeConfig, Tracing, VersionDescription, ...others } = properties;
  const rest = Object.fromEntries(Object.entries(others).filter(([key]) => !ROLLOUT.includes(key)));
  const unknown = Object.keys(rest).find((key) => !SAME.some((same) => same === key));
  if (unknown !== undefined) throw new TemplateError(`${name}.${unknown} of ${SERVERLESS_FUNCTION} is not simulated`);
  const tracing: Entries = Tracing === undefined ? {} : { TracingConfig: { Mode: Tracing } };
  // where a package lies is not CloudFormation's business; here it is a folder beside the template
  const plain = { ...rest, ...tracing, Code: CodeUri ?? null };
  const conditional: Entries = resource['Condition'] === undefined ? {} : { Condition: resource['Condition'] };
  return [
    [name, { ...resource, Type: 'AWS::Lambda::Function', Properties: plain }],
    ...aliasOf(name, { alias: AutoPublishAlias, description: VersionDescription }, conditional),
    ...eventInvokeConfigOf(name, { config: EventInvokeConfig, alias: AutoPublishAlias }, conditional),
  ];
}

interface Published {
  readonly alias: Value | undefined;
  readonly description: Value | undefined;
}

/** Logical names as SAM makes them, but that of a version has a hash there. */
function aliasOf(name: string, { alias, description }: Published, conditional: Entries): readonly Named[] {
  if (alias === undefined) return [];
  if (typeof alias !== 'string') throw new TemplateError(`${name}.AutoPublishAlias: a text is needed`);
  const FunctionName = { Ref: name };
  const FunctionVersion = { 'Fn::GetAtt': [`${name}Version`, 'Version'] };
  const version: Entries = description === undefined ? { FunctionName } : { FunctionName, Description: description };
  return [
    [`${name}Version`, { ...conditional, Type: 'AWS::Lambda::Version', Properties: version }],
    [
      `${name}Alias${alias}`,
      { ...conditional, Type: 'AWS::Lambda::Alias', Properties: { Name: alias, FunctionName, FunctionVersion } },
    ],
  ];
}

interface AsynchronousCalls {
  readonly config: Value | undefined;
  readonly alias: Value | undefined;
}

function eventInvokeConfigOf(
  name: string,
  { config, alias }: AsynchronousCalls,
  conditional: Entries,
): readonly Named[] {
  if (config === undefined) return [];
  const { DestinationConfig = {}, ...limits } = isEntries(config) ? config : {};
  const Properties = {
    ...limits,
    FunctionName: { Ref: name },
    Qualifier: alias ?? '$LATEST',
    DestinationConfig: { OnFailure: { Destination: failureQueue(name, DestinationConfig) } },
  };
  const DependsOn = typeof alias === 'string' ? [`${name}Alias${alias}`] : [];
  const Type = 'AWS::Lambda::EventInvokeConfig';
  return [[`${name}EventInvokeConfig`, { ...conditional, Type, DependsOn, Properties }]];
}

function failureQueue(name: string, destinations: Value): Value {
  const { OnFailure, ...others } = isEntries(destinations) ? destinations : {};
  const { Type, Destination } = isEntries(OnFailure) ? OnFailure : {};
  if (Type === 'SQS' && Destination !== undefined && Object.keys(others).length === 0) return Destination;
  throw new TemplateError(`${name}.EventInvokeConfig: only OnFailure with a queue is simulated`);
}

/** Logical name of the function that an alias is for. */
function aliased({ Properties }: Entries): string | undefined {
  const named = isEntries(Properties) ? Properties['FunctionName'] : undefined;
  return isEntries(named) && typeof named['Ref'] === 'string' ? named['Ref'] : undefined;
}

/** `!Ref Function.Alias` means the alias that SAM made. */
function withAliases(value: Value, aliases: ReadonlyMap<string, string>): Value {
  if (isList(value)) return value.map((item) => withAliases(item, aliases));
  if (!isEntries(value)) return value;
  const { Ref } = value;
  const [name, property] = typeof Ref === 'string' ? Ref.split('.') : [];
  const alias = property === 'Alias' ? aliases.get(name ?? '') : undefined;
  if (alias !== undefined) return { Ref: alias };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAliases(item, aliases)]));
}

/** The template with every serverless function turned into a plain one, its alias beside it. */
export function transformServerless(template: Entries): Entries {
  const { Transform, Globals, Resources, ...rest } = template;
  if (Transform === undefined) return template;
  if (Transform !== SERVERLESS_TRANSFORM)
    throw new TemplateError(`Transform ${JSON.stringify(Transform)} is not simulated`);
  const globals = isEntries(Globals) && isEntries(Globals['Function']) ? Globals['Function'] : {};
  const resources = Object.entries(isEntries(Resources) ? Resources : {}).flatMap(
    ([name, resource]): readonly Named[] => {
      if (!isEntries(resource)) throw new TemplateError(`${name} is no resource`);
      return resource['Type'] === SERVERLESS_FUNCTION ? transformed(name, resource, globals) : [[name, resource]];
    },
  );
  const aliases = new Map(
    resources.flatMap(([logicalId, resource]) => {
      const name = isEntries(resource) && resource['Type'] === 'AWS::Lambda::Alias' ? aliased(resource) : undefined;
      return name === undefined ? [] : [[name, logicalId] as const];
    }),
  );
  const plain = { ...rest, Resources: Object.fromEntries(resources) };
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, withAliases(value, aliases)]));
}
