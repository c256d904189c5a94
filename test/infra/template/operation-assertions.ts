/** Whether someone who runs it notices in time, and can set what they need to. */
import type { Entries } from '../../../infra/local/runtime/template/parse-template';
import type { Assertion, Resource } from './template-reader';
import {
  alternatives,
  entries,
  functionAt,
  list,
  parametersIn,
  resourceAt,
  resourceIn,
  resourcesOf,
  text,
} from './template-reader';

const FUNCTIONS = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];

const functions: Assertion = {
  name: 'functions run on nodejs24.x and arm64, traced, with logs that are kept as long as asked for',
  check: (template) =>
    resourcesOf(template, ...FUNCTIONS).flatMap(({ name, properties }) => {
      const logs = resourceAt(template, entries(properties['LoggingConfig'])['LogGroup']);
      const checks: readonly (readonly [boolean, string])[] = [
        [properties['Runtime'] === 'nodejs24.x', 'its Runtime'],
        [JSON.stringify(properties['Architectures']) === '["arm64"]', 'its Architectures'],
        [entries(properties['TracingConfig'])['Mode'] === 'Active', 'it is not traced'],
        [entries(properties['LoggingConfig'])['LogFormat'] === 'JSON', 'its logs are no JSON'],
        [entries(logs?.properties['RetentionInDays'])['Ref'] !== undefined, 'its logs are kept for ever'],
        [text(logs?.resource['DeletionPolicy']) === 'Retain', 'its logs go with the stack'],
        // a change of it would publish nothing: https://github.com/aws/serverless-application-model/issues/3820
        [!('MODE' in variables(properties)), 'the mode is a variable'],
      ];
      return checks.filter(([holds]) => !holds).map(([, problem]) => `${name}: ${problem}`);
    }),
};

const variables = (properties: Entries): Entries => entries(entries(properties['Environment'])['Variables']);

interface Watched {
  readonly metric: string;
  readonly resource: string | undefined;
  /** Of a function: whether that of its alias. */
  readonly alias: boolean;
}

/** Metrics of an alarm, its own or those of its expression; one that the expression does not name counts for nothing. */
function watchedBy(template: Entries, properties: Entries): readonly Watched[] {
  const metrics = list(properties['Metrics']).map(entries);
  const added = new Set(metrics.flatMap(({ Expression }) => text(Expression).match(/\w+/g) ?? []));
  const stats = metrics
    .filter(({ Id }) => added.has(text(Id)))
    .map(({ MetricStat }) => entries(entries(MetricStat)['Metric']));
  return [properties, ...stats]
    .filter(({ MetricName }) => MetricName !== undefined)
    .flatMap(({ MetricName, Dimensions }) => {
      const named = list(Dimensions).map(entries);
      const alias = named.some(({ Name }) => Name === 'Resource');
      return named
        .filter(({ Name }) => Name !== 'Resource' && Name !== 'EventBusName')
        .map(({ Value }) => ({ metric: text(MetricName), resource: resourceIn(template, Value), alias }));
    });
}

const alarms: Assertion = {
  name: 'every queue, function and rule has its alarms',
  check(template) {
    const watched = resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(({ properties }) =>
      watchedBy(template, properties),
    );
    const missing = (metric: string, resource: string | undefined, alias = false): readonly string[] =>
      watched.some((one) => one.metric === metric && one.resource === resource && (!alias || one.alias))
        ? []
        : [`${String(resource)}: no alarm watches ${metric}`];
    const queues = resourcesOf(template, 'AWS::SQS::Queue');
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
    const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule');
    return [
      ...queues
        .filter(({ properties }) => properties['RedrivePolicy'] === undefined)
        .flatMap(({ name }) => missing('ApproximateNumberOfMessagesVisible', name)),
      ...mappings.flatMap(({ properties }) =>
        missing('ApproximateAgeOfOldestMessage', resourceAt(template, properties['EventSourceArn'])?.name),
      ),
      ...resourcesOf(template, ...FUNCTIONS).flatMap(({ name }) => [
        ...missing('Errors', name, true),
        ...missing('Throttles', name),
        ...missing('Duration', name),
      ]),
      ...resourcesOf(template, 'AWS::Events::Rule').flatMap(({ name }) => [
        ...missing('FailedInvocations', name),
        ...missing('InvocationsFailedToBeSentToDlq', name),
      ]),
      ...schedules.flatMap(({ properties }) =>
        missing('Passes', functionAt(template, entries(properties['Target'])['Arn'])?.name),
      ),
    ];
  },
};

const alarmActions: Assertion = {
  name: 'every alarm tells the topic, and knows what missing data means',
  check: (template) =>
    resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(({ name, properties }) => [
      ...(list(properties['AlarmActions']).some((one) => resourceAt(template, one)?.type === 'AWS::SNS::Topic')
        ? []
        : [`${name}: it tells nobody`]),
      ...(properties['TreatMissingData'] === undefined ? [`${name}: it has no TreatMissingData`] : []),
      ...(text(properties['AlarmDescription']) === '' ? [`${name}: it does not say what is wrong`] : []),
    ]),
};

/** Five numbers of the same kind at once are too many to tell apart by their logical ids. */
const parameters: Assertion = {
  name: 'every parameter has a default, a label, one group, and what it may be',
  check(template) {
    const metadata = entries(entries(template['Metadata'])['AWS::CloudFormation::Interface']);
    const groups = list(metadata['ParameterGroups']).flatMap((group) => list(entries(group)['Parameters']));
    const labels = entries(metadata['ParameterLabels']);
    return Object.entries(entries(template['Parameters'])).flatMap(([name, declared]) => {
      const { Default, AllowedValues, AllowedPattern, MinValue, ConstraintDescription } = entries(declared);
      const bounded = [AllowedValues, AllowedPattern, MinValue].some((bound) => bound !== undefined);
      const checks: readonly (readonly [boolean, string])[] = [
        [Default !== undefined, 'no Default'],
        [bounded, 'no AllowedValues, AllowedPattern or MinValue'],
        [AllowedPattern === undefined || ConstraintDescription !== undefined, 'no ConstraintDescription'],
        [labels[name] !== undefined, 'no label'],
        [groups.filter((one) => one === name).length === 1, 'not in one group'],
      ];
      return checks.filter(([holds]) => !holds).map(([, problem]) => `${name}: ${problem}`);
    });
  },
};

const rollback: Assertion = {
  name: 'a rollout that goes wrong is taken back',
  check: (template) =>
    resourcesOf(template, 'AWS::CodeDeploy::DeploymentGroup')
      .filter(({ properties }) =>
        alternatives(properties['AlarmConfiguration']).every((one) => list(entries(one)['Alarms']).length === 0),
      )
      .map(({ name }) => `${name}: no alarm stops it`),
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
const LONGEST_DESCRIPTION = 256;

/** The most that a description of these parameters has beside its own text. */
function longest(template: Entries, names: readonly string[]): number {
  const declared = names.map((name) => entries(entries(template['Parameters'])[name]));
  const lengths = declared.map(
    ({ AllowedValues, MaxLength }) =>
      Math.max(...list(AllowedValues).map((one) => text(one).length), Number(MaxLength ?? 0)) || Infinity,
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

function publishingFaults(
  template: Entries,
  { name, properties: { Description, FunctionName } }: Resource,
): readonly string[] {
  // of the function as a whole, whatever its version
  const { ReservedConcurrentExecutions: _, ...versioned } = functionAt(template, FunctionName)?.properties ?? {};
  const gets = new Set(parametersIn(template, versioned));
  const tells = new Set(parametersIn(template, Description));
  // with a space between two
  const length = longest(template, [...tells]) + tells.size - 1;
  return [
    ...[...gets].filter((one) => !tells.has(one)).map((one) => `${name}: another ${one} is not deployed`),
    ...[...tells].filter((one) => !gets.has(one)).map((one) => `${name}: another ${one} changes no function`),
    ...(length <= LONGEST_DESCRIPTION ? [] : [`${name}: its description may have ${String(length)} characters`]),
  ];
}

/** SAM sees no values of parameters: https://github.com/aws/serverless-application-model/issues/3820 */
const published: Assertion = {
  name: 'another value of a parameter that a function gets publishes a version, and no other value does',
  check: (template) =>
    resourcesOf(template, 'AWS::Lambda::Version').flatMap((version) => publishingFaults(template, version)),
};

/** Of the item store: lib/state. */
const EXPIRY = 'expiresAt';

const forgetting: Assertion = {
  name: 'the table forgets what has expired',
  check: (template) =>
    resourcesOf(template, 'AWS::DynamoDB::Table')
      .filter(({ properties }) => {
        const { AttributeName, Enabled } = entries(properties['TimeToLiveSpecification']);
        return AttributeName !== EXPIRY || Enabled !== true;
      })
      .map(({ name }) => `${name}: it keeps what has expired`),
};

export const operationAssertions: readonly Assertion[] = [
  ...[functions, alarms, alarmActions, parameters, rollback, published, forgetting],
];
