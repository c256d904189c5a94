/**
 * Alarms and dashboards. No metrics are gathered here: an alarm is there under its name, stays as it is and tells nobody.
 */
import { arn } from '../../kernel/scope';
import { TemplateError, type Entries } from '../template/parse-template';
import type { ResourceProvider } from '../template/stack';
import { optionalText, textOf } from './runtime-context';

const ALARM_PROPERTIES = [
  ...['ActionsEnabled', 'AlarmActions', 'AlarmDescription', 'AlarmName', 'ComparisonOperator', 'DatapointsToAlarm'],
  ...['Dimensions', 'EvaluationPeriods', 'MetricName', 'Metrics', 'Namespace', 'OKActions', 'Period', 'Statistic'],
  ...['Threshold', 'TreatMissingData'],
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
export function alarmProvider(): ResourceProvider {
  return {
    type: 'AWS::CloudWatch::Alarm',
    accepts: ALARM_PROPERTIES,
    create(properties, { scope, generatedName }) {
      const name = optionalText(properties, 'AlarmName') ?? generatedName;
      return { ref: name, attributes: { Arn: arn(scope, 'cloudwatch', `alarm:${name}`) } };
    },
    remove: () => undefined,
  };
}

/** CloudFormation refuses a body that is no JSON, and so it is here. */
function checkBody(properties: Entries, logicalId: string): void {
  try {
    JSON.parse(textOf(properties, 'DashboardBody'));
  } catch (cause) {
    throw new TemplateError(`${logicalId}.DashboardBody is no JSON: ${String(cause)}`, { cause });
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
export function dashboardProvider(): ResourceProvider {
  return {
    type: 'AWS::CloudWatch::Dashboard',
    accepts: ['DashboardBody', 'DashboardName'],
    create(properties, { logicalId, generatedName }) {
      checkBody(properties, logicalId);
      return { ref: optionalText(properties, 'DashboardName') ?? generatedName, attributes: {} };
    },
    remove: () => undefined,
  };
}
