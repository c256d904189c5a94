import { arn } from '../../kernel/scope';
import type { ResourceProvider } from '../template/stack';
import { optionalText } from './runtime-context';

/**
 * A place for logs. What functions print goes to whoever runs the template; nothing is stored, and there is no API to
 * read it by. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
 */
export function logGroupProvider(): ResourceProvider {
  return {
    type: 'AWS::Logs::LogGroup',
    accepts: ['KmsKeyId', 'LogGroupName', 'RetentionInDays'],
    create(properties, { scope, generatedName }) {
      const name = optionalText(properties, 'LogGroupName') ?? generatedName;
      return { ref: name, attributes: { Arn: `${arn(scope, 'logs', `log-group:${name}`)}:*` } };
    },
    update: (before) => before,
    remove: () => undefined,
  };
}
