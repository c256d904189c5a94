/**
 * Executes a template: every resource in the order that its references ask for, by the provider of its type. It knows
 * no logical name: what a resource is called changes nothing.
 */
import type { Scope } from '../../kernel/scope';
import { evaluateCondition, evaluateFunctions, referencesOf, toText, type Lookup } from './evaluate-functions';
import { isEntries, isList, TemplateError, type Entries, type Value } from './parse-template';

/** What a resource is known by once it is there. */
export interface Provided {
  /** Value of `Ref`. */
  readonly ref: string;
  /** Values of `Fn::GetAtt`. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ProviderContext {
  readonly scope: Scope;
  readonly stackName: string;
  readonly logicalId: string;
  /** Name for a resource that the template leaves unnamed, as CloudFormation makes them. */
  readonly generatedName: string;
}

/** How resources of one type come, change and go. */
export interface ResourceProvider {
  readonly type: string;
  /** Properties that are honoured; a template that sets another is refused. */
  readonly accepts: readonly string[];
  create(properties: Entries, context: ProviderContext): Provided | Promise<Provided>;
  /** Absent: a change of properties replaces the resource. */
  update?(before: Provided, properties: Entries, context: ProviderContext): Provided | Promise<Provided>;
  remove(provided: Provided, context: ProviderContext): void | Promise<void>;
}

export interface StackOptions {
  readonly scope: Scope;
  readonly stackName: string;
  /** Transformed: plain resources only. */
  readonly template: Entries;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly providers: readonly ResourceProvider[];
}

interface Deployed {
  readonly type: string;
  readonly properties: Entries;
  readonly provided: Provided;
}

export interface Stack {
  /** By output name. */
  outputs(): Readonly<Record<string, string>>;
  /** What became of a logical name; `undefined` when its condition is off. */
  resource(logicalId: string): Provided | undefined;
  /** Every resource with its type. */
  resources(): readonly { readonly logicalId: string; readonly type: string; readonly provided: Provided }[];
  /** Another template or other parameters: only what differs is touched. */
  update(change: Pick<StackOptions, 'parameters'> & Partial<Pick<StackOptions, 'template'>>): Promise<void>;
  remove(): Promise<void>;
}

/** @throws TemplateError when the template asks for something that is not simulated, or names what is not there */
export async function createStack(options: StackOptions): Promise<Stack> {
  const deployed = new Map<string, Deployed>();
  let current = options;
  await deploy(current, deployed);
  return {
    outputs: () => outputsOf(current, deployed),
    resource: (logicalId) => deployed.get(logicalId)?.provided,
    resources: () => [...deployed].map(([logicalId, { type, provided }]) => ({ logicalId, type, provided })),
    async update(change) {
      current = { ...current, ...change };
      await deploy(current, deployed);
    },
    async remove() {
      for (const logicalId of [...deployed.keys()].reverse()) await drop(logicalId, current, deployed);
    },
  };
}

function section(template: Entries, name: string): Entries {
  const found = template[name];
  return isEntries(found) ? found : {};
}

function parameterValues({ template, parameters = {} }: StackOptions): ReadonlyMap<string, string> {
  const declared = section(template, 'Parameters');
  const unknown = Object.keys(parameters).find((name) => !Object.hasOwn(declared, name));
  if (unknown !== undefined) throw new TemplateError(`the template has no parameter ${unknown}`);
  return new Map(
    Object.entries(declared).map(([name, declaration]) => {
      const value = parameters[name] ?? (isEntries(declaration) ? declaration['Default'] : undefined);
      if (value === undefined || value === null) throw new TemplateError(`parameter ${name} needs a value`);
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      const allowed = isEntries(declaration) ? declaration['AllowedValues'] : undefined;
      const choices = isList(allowed) ? allowed.map((one) => toText(one, name)) : [text];
      if (!choices.includes(text)) {
        throw new TemplateError(`parameter ${name}: ${text} is none of ${choices.join(', ')}`);
      }
      return [name, text];
    }),
  );
}

function lookupOf(options: StackOptions, deployed: ReadonlyMap<string, Deployed>): Lookup {
  const { scope, stackName, template } = options;
  const parameters = parameterValues(options);
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': scope.account,
    'AWS::Partition': scope.partition,
    'AWS::Region': scope.region,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': scope.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  const lookup: Lookup = {
    ref: (name) => pseudo[name] ?? parameters.get(name) ?? deployed.get(name)?.provided.ref,
    attribute: (resource, attribute) => deployed.get(resource)?.provided.attributes[attribute],
    condition(name) {
      const condition = section(template, 'Conditions')[name];
      if (condition === undefined) throw new TemplateError(`there is no condition ${name}`);
      return evaluateCondition(condition, lookup);
    },
    mapping: (path) =>
      path.reduce<Value | undefined>((at, key) => (isEntries(at) ? at[key] : undefined), section(template, 'Mappings')),
  };
  return lookup;
}

/** Resources whose condition holds, each after everything it refers to. */
function inOrder(template: Entries, lookup: Lookup): readonly (readonly [string, Entries])[] {
  const wanted = new Map<string, Entries>();
  for (const [logicalId, resource] of Object.entries(section(template, 'Resources'))) {
    if (!isEntries(resource)) throw new TemplateError(`${logicalId} is no resource`);
    const condition = resource['Condition'];
    if (typeof condition !== 'string' || lookup.condition(condition)) wanted.set(logicalId, resource);
  }
  const ordered = new Map<string, Entries>();
  const visit = (logicalId: string, path: readonly string[]): void => {
    const resource = wanted.get(logicalId);
    if (!resource || ordered.has(logicalId)) return;
    if (path.includes(logicalId)) throw new TemplateError(`circular dependency: ${[...path, logicalId].join(' -> ')}`);
    for (const name of needsOf(resource)) visit(name, [...path, logicalId]);
    ordered.set(logicalId, resource);
  };
  for (const logicalId of wanted.keys()) visit(logicalId, []);
  return [...ordered];
}

function needsOf({ Properties = {}, DependsOn = [] }: Entries): readonly string[] {
  return [...referencesOf(Properties), ...(isList(DependsOn) ? DependsOn : [DependsOn]).map(String)];
}

async function deploy(options: StackOptions, deployed: Map<string, Deployed>): Promise<void> {
  const wanted = inOrder(options.template, lookupOf(options, deployed));
  for (const [logicalId, resource] of wanted) {
    const properties = evaluateFunctions(resource['Properties'] ?? {}, lookupOf(options, deployed));
    if (!isEntries(properties)) throw new TemplateError(`${logicalId}: its Properties are no map`);
    await put(logicalId, { type: toText(resource['Type'] ?? null, logicalId), properties }, { options, deployed });
  }
  const names = new Set(wanted.map(([logicalId]) => logicalId));
  for (const logicalId of [...deployed.keys()].reverse()) {
    if (!names.has(logicalId)) await drop(logicalId, options, deployed);
  }
}

interface Deployment {
  readonly options: StackOptions;
  readonly deployed: Map<string, Deployed>;
}

async function put(
  logicalId: string,
  wanted: Omit<Deployed, 'provided'>,
  { options, deployed }: Deployment,
): Promise<void> {
  const { type, properties } = wanted;
  const provider = providerOf(type, logicalId, options);
  const unknown = Object.keys(properties).find((name) => !provider.accepts.includes(name));
  if (unknown !== undefined) throw new TemplateError(`${logicalId}.${unknown} of ${type} is not simulated`);
  const context = contextOf(logicalId, options);
  const before = deployed.get(logicalId);
  if (before?.type === type && JSON.stringify(before.properties) === JSON.stringify(properties)) return;
  if (before && provider.update && before.type === type) {
    deployed.set(logicalId, { ...wanted, provided: await provider.update(before.provided, properties, context) });
    return;
  }
  if (before) await drop(logicalId, options, deployed);
  deployed.set(logicalId, { ...wanted, provided: await provider.create(properties, context) });
}

async function drop(logicalId: string, options: StackOptions, deployed: Map<string, Deployed>): Promise<void> {
  const gone = deployed.get(logicalId);
  if (!gone) return;
  deployed.delete(logicalId);
  await providerOf(gone.type, logicalId, options).remove(gone.provided, contextOf(logicalId, options));
}

function providerOf(type: string, logicalId: string, { providers }: StackOptions): ResourceProvider {
  const provider = providers.find((one) => one.type === type);
  if (!provider) throw new TemplateError(`${logicalId}: resources of type ${type} are not simulated`);
  return provider;
}

function contextOf(logicalId: string, { scope, stackName }: StackOptions): ProviderContext {
  return { scope, stackName, logicalId, generatedName: `${stackName}-${logicalId}` };
}

function outputsOf(options: StackOptions, deployed: ReadonlyMap<string, Deployed>): Readonly<Record<string, string>> {
  const lookup = lookupOf(options, deployed);
  const outputs = Object.entries(section(options.template, 'Outputs')).flatMap(([name, output]) => {
    if (!isEntries(output)) return [];
    const condition = output['Condition'];
    if (typeof condition === 'string' && !lookup.condition(condition)) return [];
    return [[name, toText(evaluateFunctions(output['Value'] ?? null, lookup), name)] as const];
  });
  return Object.fromEntries(outputs);
}
