import type {
  Condition,
  Matcher,
  PolicyDocument,
  Principals,
  Statement,
} from '../../../infra/local/iam/policy-document';

const matcher = (name: string, { patterns, negated }: Matcher): object => ({
  [negated ? `Not${name}` : name]: [...patterns],
});

function principals({ patterns, services, negated }: Principals): object {
  const value = patterns.includes('*')
    ? '*'
    : { ...(patterns.length > 0 && { AWS: patterns }), ...(services.length > 0 && { Service: services }) };
  return { [negated ? 'NotPrincipal' : 'Principal']: value };
}

function conditions(all: readonly Condition[]): object {
  const blocks: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of all) blocks[operator] = { ...blocks[operator], [key]: values };
  return { Condition: blocks };
}

const statement = ({ sid, effect, principals: whom, actions, resources, conditions: when }: Statement): object => ({
  ...(sid !== undefined && { Sid: sid }),
  Effect: effect,
  ...(whom && principals(whom)),
  ...matcher('Action', actions),
  ...(resources && matcher('Resource', resources)),
  ...(when.length > 0 && conditions(when)),
});

/** The JSON that a policy was read from, in one of the spellings that mean the same. */
export const documentOf = ({ hasVariables, statements }: PolicyDocument): object => ({
  Version: hasVariables ? '2012-10-17' : '2008-10-17',
  Statement: statements.map(statement),
});
