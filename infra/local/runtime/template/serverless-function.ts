/** What the Serverless transform makes of a function: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
import { isEntries, TemplateError, type Entries, type Value } from './parse-template';

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

function transformed(name: string, resource: Entries, globals: Entries): Entries {
  const properties = merge(globals, resource['Properties']) ?? {};
  if (!isEntries(properties)) throw new TemplateError(`${name}: its Properties are no map`);
  const { CodeUri, ...rest } = properties;
  const unknown = Object.keys(rest).find((key) => !SAME.some((same) => same === key));
  if (unknown !== undefined) throw new TemplateError(`${name}.${unknown} of ${SERVERLESS_FUNCTION} is not simulated`);
  // where a package lies is not CloudFormation's business; here it is a folder beside the template
  return { ...resource, Type: 'AWS::Lambda::Function', Properties: { ...rest, Code: CodeUri ?? null } };
}

/** The template with every serverless function turned into a plain one. */
export function transformServerless(template: Entries): Entries {
  const { Transform, Globals, Resources, ...rest } = template;
  if (Transform === undefined) return template;
  if (Transform !== SERVERLESS_TRANSFORM)
    throw new TemplateError(`Transform ${JSON.stringify(Transform)} is not simulated`);
  const globals = isEntries(Globals) && isEntries(Globals['Function']) ? Globals['Function'] : {};
  const resources = Object.entries(isEntries(Resources) ? Resources : {}).map(([name, resource]) => {
    if (!isEntries(resource)) throw new TemplateError(`${name} is no resource`);
    return [name, resource['Type'] === SERVERLESS_FUNCTION ? transformed(name, resource, globals) : resource] as const;
  });
  return { ...rest, Resources: Object.fromEntries(resources) };
}
