/** What to do about what the controller says of its policy. Files are named as people would. */
import { awsCommand, quote } from '../rules/fix/shell';

const FILE = 'policy.yaml';

/** @param place name of the parameter that holds the part */
export function mendPolicy(region: string, place: string): readonly string[] {
  const ssm = (operation: string, ...words: readonly string[]): string =>
    awsCommand(region, 'ssm', operation, '--name', place, ...words);
  return [
    `${ssm('get-parameter', '--query', 'Parameter.Value', '--output', 'text')} > ${FILE}`,
    `ecs-ipv6 policy validate ${FILE}`,
    ssm('put-parameter', '--overwrite', '--value', `file://${FILE}`),
  ];
}

/** Where an exemption is written, to be prolonged or taken out. */
export const showPolicy = (region: string): readonly string[] => [`ecs-ipv6 policy show --region ${quote(region)}`];
