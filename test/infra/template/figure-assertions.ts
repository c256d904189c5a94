/** Whether what alarms and the dashboard show is there: CloudWatch says nothing of a metric that nobody reports. */
import { evaluateFunctions } from '../../../infra/local/runtime/template/evaluate-functions';
import { isEntries, isList, type Entries, type Value } from '../../../infra/local/runtime/template/parse-template';
import type { Assertion, Resource } from './template-reader';
import { entries, functionAt, list, resourceAt, resourceIn, resourcesOf, text, withNames } from './template-reader';

interface Family {
  readonly dimension: string;
  readonly types: readonly string[];
  /** Absent: those that a pass reports. */
  readonly metrics?: readonly string[];
}

const FUNCTIONS = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  [
    'AWS/SQS',
    {
      dimension: 'QueueName',
      types: ['AWS::SQS::Queue'],
      metrics: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
    },
  ],
  ['AWS/Lambda', { dimension: 'FunctionName', types: FUNCTIONS, metrics: ['Errors', 'Throttles', 'Duration'] }],
  [
    'AWS/Events',
    {
      dimension: 'RuleName',
      types: ['AWS::Events::Rule'],
      metrics: ['FailedInvocations', 'InvocationsFailedToBeSentToDlq', 'TriggeredRules'],
    },
  ],
  ['EcsIpv6', { dimension: 'function_name', types: FUNCTIONS }],
]);

interface Figure {
  readonly namespace: string;
  readonly metric: string;
  /** Names of resources in the place of what they are called. */
  readonly dimensions: Readonly<Record<string, string>>;
}

function faultOf({ namespace, metric, dimensions }: Figure, template: Entries): string | undefined {
  const family = FAMILIES.get(namespace);
  if (!family) return `nobody reports to ${namespace}`;
  if (family.metrics && !family.metrics.includes(metric)) return `${namespace} has no ${metric}`;
  const named = dimensions[family.dimension]?.split('.')[0];
  const resource = resourcesOf(template, ...family.types).find(({ name }) => name === named);
  if (!resource) return `${metric} has no ${family.dimension} of this template`;
  return isOtherAlias(resource, dimensions['Resource'], template) ? `${metric}: there is no such alias` : undefined;
}

/** `Resource` of a function's metric is `FUNCTION:ALIAS`. */
function isOtherAlias({ name }: Resource, qualified: string | undefined, template: Entries): boolean {
  if (qualified === undefined) return false;
  const aliases = resourcesOf(template, 'AWS::Lambda::Alias').filter(
    ({ properties }) => resourceAt(template, properties['FunctionName'])?.name === name,
  );
  return !aliases.some(({ properties }) => qualified === `${name}:${text(properties['Name'])}`);
}

/** An alarm's own metric, or those of its expression. */
function metricsOf({ Metrics, ...properties }: Entries): readonly Entries[] {
  if (Metrics === undefined) return [properties];
  return list(Metrics).flatMap((one) => {
    const { Metric } = entries(entries(one)['MetricStat']);
    return Metric === undefined ? [] : [entries(Metric)];
  });
}

function figureOf(metric: Entries, template: Entries): Figure {
  const pairs = list(metric['Dimensions']).map((one): readonly [string, string] => {
    const { Name, Value: value } = entries(one);
    return [text(Name), resourceIn(template, value) ?? text(evaluateFunctions(value ?? null, withNames))];
  });
  const dimensions = Object.fromEntries(pairs);
  return { namespace: text(metric['Namespace']), metric: text(metric['MetricName']), dimensions };
}

const alarmFigures: Assertion = {
  name: 'an alarm watches a metric that there is, of a resource of this template',
  check: (template) =>
    resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(({ name, properties }) =>
      metricsOf(properties)
        .map((metric) => faultOf(figureOf(metric, template), template))
        .flatMap((fault) => (fault === undefined ? [] : [`${name}: ${fault}`])),
    ),
};

/** The parts of timeouts that an alarm on durations adds up have to be those of the functions' own. */
const timeouts: Assertion = {
  name: 'an alarm on durations goes by the timeouts of the functions',
  check: (template) =>
    resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(({ name, properties }) => {
      const metrics = list(properties['Metrics']).map(entries);
      const expressions = metrics.map(({ Expression }) => text(Expression)).join();
      return metrics.flatMap(({ Id, MetricStat }) => {
        const metric = entries(entries(MetricStat)['Metric']);
        if (metric['MetricName'] !== 'Duration') return [];
        const called = functionAt(template, entries(list(metric['Dimensions'])[0])['Value']);
        const part = `FILL(${text(Id)}, 0) / ${String(Number(called?.properties['Timeout']) * 1000)}`;
        const parts = expressions.split(/[[\]]|,(?= FILL)/).map((one) => one.trim());
        return parts.includes(part) ? [] : [`${name}: it does not hold ${part}`];
      });
    }),
};

/** A row of a widget: namespace, metric, names and values of dimensions, and how it is drawn. */
function rowFigure(row: Value): Figure {
  const [namespace, metric, ...rest] = list(row).filter((one) => typeof one === 'string');
  const dimensions = Object.fromEntries(
    rest.flatMap((name, index) => (index % 2 === 0 ? [[text(name), text(rest[index + 1])] as const] : [])),
  );
  return { namespace: text(namespace), metric: text(metric), dimensions };
}

/** A resource's name instead of what is cut out of its ARN. */
function withSelected(template: Entries, value: Value): Value {
  if (isList(value)) return value.map((item) => withSelected(template, item));
  if (!isEntries(value)) return value;
  if ('Fn::Select' in value) return resourceIn(template, value) ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withSelected(template, item)]));
}

/** What a dashboard shows; undefined if it is no JSON. */
function figuresOn(template: Entries, body: Value | undefined, everything: boolean): readonly Figure[] | undefined {
  try {
    const lookup = { ...withNames, condition: () => everything };
    const parsed: unknown = JSON.parse(text(evaluateFunctions(withSelected(template, body ?? null), lookup)));
    const widgets = isEntries(parsed) ? list(parsed['widgets']) : [];
    return widgets.flatMap((widget) => list(entries(entries(widget)['properties'])['metrics'])).map(rowFigure);
  } catch {
    return undefined;
  }
}

/** The template with every option off: without what is there under a condition. */
const leastOf = (template: Entries): Entries => ({
  ...template,
  Resources: Object.fromEntries(
    Object.entries(entries(template['Resources'])).filter(([, resource]) => !('Condition' in entries(resource))),
  ),
});

const dashboards: Assertion = {
  name: 'a dashboard is JSON, and shows metrics that there are',
  check: (template) =>
    resourcesOf(template, 'AWS::CloudWatch::Dashboard').flatMap(({ name, properties }) =>
      [true, false].flatMap((everything) => {
        const figures = figuresOn(template, properties['DashboardBody'], everything);
        if (!figures || figures.length === 0) return [`${name}: its body is no JSON with widgets`];
        return figures
          .map((figure) => faultOf(figure, everything ? template : leastOf(template)))
          .flatMap((fault) => (fault === undefined ? [] : [`${name}: ${fault}`]));
      }),
    ),
};

/** Of each type, the figures without which one does not see how it is. */
const SHOWN: readonly (readonly [string, readonly string[]])[] = [
  ['AWS/SQS', ['ApproximateNumberOfMessagesVisible']],
  ['AWS/Lambda', ['Errors', 'Throttles', 'Duration']],
  ['AWS/Events', ['TriggeredRules']],
];

const shown: Assertion = {
  name: 'the dashboard shows every queue, function and rule',
  check(template) {
    const figures = resourcesOf(template, 'AWS::CloudWatch::Dashboard').flatMap(
      ({ properties }) => figuresOn(template, properties['DashboardBody'], true) ?? [],
    );
    return SHOWN.flatMap(([namespace, metrics]) => {
      const { dimension = '', types = [] } = FAMILIES.get(namespace) ?? {};
      return resourcesOf(template, ...types).flatMap(({ name }) =>
        metrics
          .filter(
            (metric) =>
              !figures.some((one) => one.metric === metric && one.dimensions[dimension]?.split('.')[0] === name),
          )
          .map((metric) => `${name}: the dashboard does not show ${metric}`),
      );
    });
  },
};

export const figureAssertions: readonly Assertion[] = [alarmFigures, timeouts, dashboards, shown];
