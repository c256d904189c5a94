/** How events get to functions, and what becomes of those that do not. */
import { isEntries, isList, type Value } from '../../../infra/local/runtime/template/parse-template';
import { parseEventPattern } from '../../../infra/local/services/eventbridge/pattern/event-pattern';
import type { Assertion } from './template-reader';
import { entries, functionAt, list, resourceAt, resourcesOf, text, textsOf } from './template-reader';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const TIMEOUTS_OF_VISIBILITY = 6;
/** The same page: fewer, and a message that was throttled a few times is given up. */
const LEAST_RECEIVES = 5;
/** The longest that SQS keeps messages: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const FOURTEEN_DAYS = 1_209_600;

const RULE = 'AWS::Events::Rule';
const MAPPING = 'AWS::Lambda::EventSourceMapping';
const SCHEDULE = 'AWS::Scheduler::Schedule';

/** A text instead of each function: what it gives is one. */
function withTexts(value: Value): Value {
  if (isList(value)) return value.map(withTexts);
  if (!isEntries(value)) return value;
  const [key = '', ...more] = Object.keys(value);
  if (more.length === 0 && (key === 'Ref' || key.startsWith('Fn::'))) return 'a text';
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withTexts(item)]));
}

const eventPatterns: Assertion = {
  name: 'event patterns have known operators, and lists of values',
  check: (template) =>
    resourcesOf(template, RULE).flatMap(({ name, properties: { EventPattern } }) => {
      if (EventPattern === undefined) return [];
      try {
        parseEventPattern(JSON.stringify(withTexts(EventPattern)));
        return [];
      } catch (error) {
        return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
      }
    }),
};

const isFifo = (value: Value | undefined): boolean => value === true || value === 'true';

interface Target {
  readonly name: string;
  readonly target: Readonly<Record<string, Value>>;
}

const targetsOf = (template: Parameters<Assertion['check']>[0]): readonly Target[] => [
  ...resourcesOf(template, RULE).flatMap(({ name, properties: { Targets } }) =>
    list(Targets).map((target) => ({ name, target: entries(target) })),
  ),
  ...resourcesOf(template, SCHEDULE).map(({ name, properties: { Target } }) => ({ name, target: entries(Target) })),
];

const deadLetterQueues: Assertion = {
  name: 'no rule has a FIFO queue for its dead letters',
  check: (template) =>
    targetsOf(template)
      .filter(({ target }) =>
        isFifo(resourceAt(template, entries(target['DeadLetterConfig'])['Arn'])?.properties['FifoQueue']),
      )
      .map(({ name }) => `${name}: EventBridge sends dead letters to standard queues only`),
};

const messageGroups: Assertion = {
  name: 'a FIFO queue as a target gets a message group',
  check: (template) =>
    targetsOf(template)
      .filter(({ target }) => isFifo(resourceAt(template, target['Arn'])?.properties['FifoQueue']))
      .filter(({ target }) => entries(target['SqsParameters'])['MessageGroupId'] === undefined)
      .map(({ name }) => `${name}: it has no SqsParameters.MessageGroupId`),
};

const retries: Assertion = {
  name: 'every target of a rule or schedule has retries and a queue for dead letters',
  check: (template) =>
    targetsOf(template).flatMap(({ name, target }) => {
      const { MaximumRetryAttempts: tries, MaximumEventAgeInSeconds: age } = entries(target['RetryPolicy']);
      const queue = resourceAt(template, entries(target['DeadLetterConfig'])['Arn']);
      return [
        ...(typeof tries === 'number' && typeof age === 'number' ? [] : [`${name}: it has no RetryPolicy`]),
        ...(queue?.type === 'AWS::SQS::Queue' ? [] : [`${name}: it has no DeadLetterConfig`]),
      ];
    }),
};

const visibility: Assertion = {
  name: 'messages stay hidden while the function may be at work, through an alias too',
  check: (template) =>
    resourcesOf(template, MAPPING).flatMap(({ name, properties }) => {
      const timeout = Number(functionAt(template, properties['FunctionName'])?.properties['Timeout'] ?? Number.NaN);
      const hidden = Number(resourceAt(template, properties['EventSourceArn'])?.properties['VisibilityTimeout'] ?? 30);
      const least = TIMEOUTS_OF_VISIBILITY * timeout + Number(properties['MaximumBatchingWindowInSeconds'] ?? 0);
      return hidden >= least
        ? []
        : [`${name}: ${String(hidden)} s of VisibilityTimeout, ${String(least)} s are needed`];
    }),
};

const batches: Assertion = {
  name: 'every mapping reports failed messages, and is bounded',
  check: (template) =>
    resourcesOf(template, MAPPING).flatMap(({ name, properties }) => [
      ...(list(properties['FunctionResponseTypes']).includes('ReportBatchItemFailures')
        ? []
        : [`${name}: one failed message brings all of its batch back`]),
      ...(entries(properties['ScalingConfig'])['MaximumConcurrency'] === undefined
        ? [`${name}: it has no MaximumConcurrency`]
        : []),
    ]),
};

const redrive: Assertion = {
  name: 'what fails is kept: by a queue of its own for each sender, for fourteen days, even without the stack',
  check(template) {
    const queues = resourcesOf(template, 'AWS::SQS::Queue');
    const redriven = queues.filter(({ properties }) => properties['RedrivePolicy'] !== undefined);
    const forQueues = redriven.map(({ properties }) =>
      resourceAt(template, entries(properties['RedrivePolicy'])['deadLetterTargetArn']),
    );
    const forEvents = targetsOf(template).map(({ target }) =>
      resourceAt(template, entries(target['DeadLetterConfig'])['Arn']),
    );
    const keepers = new Set([...forQueues, ...forEvents].map((queue) => queue?.name ?? ''));
    const shared = forQueues.filter((queue) => forEvents.some((other) => other?.name === queue?.name));
    return [
      ...shared.map((queue) => `${String(queue?.name)}: dead letters of queues and of rules lie together`),
      ...redriven
        .filter(({ properties }) => Number(entries(properties['RedrivePolicy'])['maxReceiveCount']) < LEAST_RECEIVES)
        .map(({ name }) => `${name}: it gives up too early`),
      ...forQueues
        .filter((queue) => entries(queue?.properties['RedriveAllowPolicy'])['redrivePermission'] === 'denyAll')
        .map((queue) => `${String(queue?.name)}: no queue may send there what fails`),
      ...queues
        .filter(({ name, properties }) => keepers.has(name) !== (properties['RedrivePolicy'] === undefined))
        .map(({ name }) => `${name}: what fails is not kept`),
      ...queues
        .filter(({ name }) => keepers.has(name))
        .flatMap(({ name, properties, resource }) => [
          ...(properties['MessageRetentionPeriod'] === FOURTEEN_DAYS ? [] : [`${name}: it keeps messages too short`]),
          ...(text(resource['DeletionPolicy']) === 'Retain' ? [] : [`${name}: it goes with the stack`]),
        ]),
    ];
  },
};

/** A function by what it looks at, which rules ask for by these types of events. */
const LOOKS_AT: Readonly<Record<string, readonly string[]>> = {
  ReconcileTasksFunction: [
    ...['ECS Task State Change', 'ECS Deployment State Change', 'AWS API Call via CloudTrail'],
    'Parameter Store Change',
  ],
  ReconcileInstancesFunction: [
    ...['ECS Container Instance State Change', 'EC2 Instance State-change Notification'],
    'EC2 Instance Launch Successful',
  ],
  NotifyFunction: ['Finding State Change'],
};

const typesOf = (pattern: Value | undefined): readonly string[] =>
  textsOf(pattern ?? {}).flatMap(([path, value]) => (/\.detail-type\.\d+$/.test(path) ? [value] : []));

const routes: Assertion = {
  name: 'an event comes to the function that looks at what it is about, by rules and mappings that are enabled',
  check(template) {
    const mappings = resourcesOf(template, MAPPING);
    const behind = (queue: Value | undefined): string =>
      mappings
        .filter(({ properties }) => resourceAt(template, properties['EventSourceArn']) !== undefined)
        .filter(
          ({ properties }) =>
            resourceAt(template, properties['EventSourceArn'])?.name === resourceAt(template, queue)?.name,
        )
        .map(({ properties }) => functionAt(template, properties['FunctionName'])?.name ?? '')
        .join();
    return [
      ...resourcesOf(template, RULE, SCHEDULE)
        .filter(({ properties: { State = 'ENABLED' } }) => State !== 'ENABLED')
        .map(({ name }) => `${name}: it is off`),
      ...mappings
        .filter(({ properties: { Enabled = true } }) => Enabled !== true)
        .map(({ name }) => `${name}: it is off`),
      ...resourcesOf(template, RULE).flatMap(({ name, properties: { EventPattern, Targets } }) => {
        const called = list(Targets).map((target) => behind(entries(target)['Arn']));
        return typesOf(EventPattern).flatMap((type) =>
          called
            .filter((one) => LOOKS_AT[one]?.includes(type) !== true)
            .map((one) => `${name}: ${type} comes to ${one}`),
        );
      }),
    ];
  },
};

export const deliveryAssertions: readonly Assertion[] = [
  ...[eventPatterns, deadLetterQueues, messageGroups, retries, visibility, batches, redrive, routes],
];
