import { invalidParameter, notSimulated } from './ecs-error';
import type { InstanceRecord } from './records';

/** `i-1`, `'i-1'` or `"i-1"` */
const unquoted = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2');

function valuesOf(operator: string, argument: string): readonly string[] {
  if (operator === '==') return [unquoted(argument)];
  const list = /^\[(.*)\]$/s.exec(argument.trim())?.[1];
  if (list === undefined) throw invalidParameter(`Invalid expression: the operator in takes a list, not ${argument}`);
  return list.split(',').map(unquoted);
}

/**
 * The part of the cluster query language that names EC2 instances; the rest of it is refused.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
 */
export function matchesQuery(query: string): (instance: InstanceRecord) => boolean {
  const [, operator = '', argument = ''] = /^\s*ec2InstanceId\s*(==|in\b)\s*([^=]*)$/s.exec(query) ?? [];
  if (operator === '' || /\b(and|or|not)\b/.test(argument))
    throw notSimulated(`The cluster query ${JSON.stringify(query)}`);
  const ids = new Set(valuesOf(operator, argument));
  return ({ ec2InstanceId }) => ids.has(ec2InstanceId);
}
