import { toArn } from '../../lib/permissions/policy-document';
import type { Conditions } from '../../lib/permissions/permission';
import type { Statement } from '../../lib/permissions/statements';

/** What `!Sub` replaces. */
export const substituted = (name: string): string => `$\{${name}}`;

/** Pseudo parameters: every partition, region and account in which the stack may be. */
const HERE = {
  partition: substituted('AWS::Partition'),
  region: substituted('AWS::Region'),
  account: substituted('AWS::AccountId'),
};

/** What YAML would not take for a text, such as the operator `Null`. */
const OTHER_THAN_TEXT = /^(null|true|false)$/i;

const quoted = (text: string): string =>
  /^[\w./-]+(:[\w./-]+)?$/.test(text) && !OTHER_THAN_TEXT.test(text) ? text : `'${text}'`;

/** One value beside its key, several below it. */
function field(name: string, values: readonly string[]): readonly string[] {
  if (values.length === 1) return [`${name}: ${values[0] ?? ''}`];
  return [`${name}:`, ...values.map((value) => `  - ${value}`)];
}

function conditionLines(conditions: Conditions): readonly string[] {
  const lines = Object.entries(conditions).flatMap(([operator, keys]) => [
    `  ${quoted(operator)}:`,
    ...Object.entries(keys).flatMap(([key, values]) => field(key, values.map(quoted)).map((line) => `    ${line}`)),
  ]);
  return ['Condition:', ...lines];
}

const resourceValue = (resource: string): string => (resource === '*' ? "'*'" : `!Sub ${toArn(resource, HERE)}`);

/** Lines of a statement of the template, without their indentation. */
export function statementLines({ sid, actions, resources, conditions, why }: Statement): readonly string[] {
  const others = [
    'Effect: Allow',
    ...field('Action', actions),
    ...field('Resource', resources.map(resourceValue)),
    ...(conditions ? conditionLines(conditions) : []),
  ];
  return [...(why === undefined ? [] : [`# ${why}`]), `- Sid: ${sid}`, ...others.map((line) => `  ${line}`)];
}
