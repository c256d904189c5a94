/** Faults of a template, one each, and the assertion that has to notice. */
import type { Value } from '../../../infra/local/runtime/template/parse-template';
import { at, properties, type PlantedFault } from './plant';
import { wiringFaults } from './planted-wiring';

const machine = (definition: Value): Value => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: { DefinitionString: JSON.stringify(definition) },
});
const TLS = 'every queue and topic has one policy, which refuses what does not come over TLS';
const key = { HasKey: 'KmsKeyArn' };

/** The seven that cfn-lint sees neither in the template as written nor in what SAM makes of it. */
export const unseenFaults: readonly PlantedFault[] = [
  {
    fault: 'an operator that event patterns do not have',
    noticed: 'event patterns have known operators, and lists of values',
    plant: at(properties('TaskRule', 'EventPattern', 'detail'), { lastStatus: [{ 'starts-with': 'RUN' }] }),
  },
  {
    fault: 'a value of an event pattern that is no list',
    noticed: 'event patterns have known operators, and lists of values',
    plant: at(properties('TaskRule', 'EventPattern', 'source'), 'aws.ecs'),
  },
  {
    fault: 'a FIFO queue for the dead letters of rules',
    noticed: 'no rule has a FIFO queue for its dead letters',
    plant: at(properties('UndeliveredQueue', 'FifoQueue'), true),
  },
  {
    fault: 'a FIFO queue as target, without a message group',
    noticed: 'a FIFO queue as a target gets a message group',
    plant: at(properties('TaskQueue', 'FifoQueue'), true),
  },
  {
    fault: 'a VisibilityTimeout that is too short for the function behind the alias',
    noticed: 'messages stay hidden while the function may be at work, through an alias too',
    plant: at(properties('TaskQueue', 'VisibilityTimeout'), 179),
  },
  {
    fault: 'a misspelt property for esbuild',
    noticed: 'esbuild in SAM gets properties that it knows',
    plant: at(['Resources', 'SweepFunction', 'Metadata'], { BuildMethod: 'esbuild', BuildProperties: { Minfy: true } }),
  },
  {
    fault: 'a state machine that goes on to a state that is not there',
    noticed: 'a state machine goes on to states that it has',
    plant: at(['Resources', 'Sweeps'], machine({ StartAt: 'List', States: { List: { Type: 'Pass', Next: 'Sweep' } } })),
  },
];

const DELIVERY: readonly PlantedFault[] = [
  {
    fault: 'a target without retries',
    noticed: 'every target of a rule or schedule has retries and a queue for dead letters',
    plant: at(properties('CallRule', 'Targets', 0, 'RetryPolicy')),
  },
  {
    fault: 'a target without a queue for dead letters',
    noticed: 'every target of a rule or schedule has retries and a queue for dead letters',
    plant: at(properties('FindingRule', 'Targets', 0, 'DeadLetterConfig')),
  },
  {
    fault: 'a schedule without a queue for dead letters',
    noticed: 'every target of a rule or schedule has retries and a queue for dead letters',
    plant: at(properties('SweepSchedule', 'Target', 'DeadLetterConfig')),
  },
  {
    fault: 'a mapping that brings whole batches back',
    noticed: 'every mapping reports failed messages, and is bounded',
    plant: at(properties('TaskQueueMapping', 'FunctionResponseTypes')),
  },
  {
    fault: 'a mapping without a bound',
    noticed: 'every mapping reports failed messages, and is bounded',
    plant: at(properties('AlertQueueMapping', 'ScalingConfig')),
  },
  {
    fault: 'dead letters of queues and of rules in one queue',
    noticed: 'what fails is kept: by a queue of its own for each sender, for fourteen days, even without the stack',
    plant: at(properties('SweepSchedule', 'Target', 'DeadLetterConfig', 'Arn'), {
      'Fn::GetAtt': ['FailedQueue', 'Arn'],
    }),
  },
  {
    fault: 'a queue of dead letters that goes with the stack',
    noticed: 'what fails is kept: by a queue of its own for each sender, for fourteen days, even without the stack',
    plant: at(['Resources', 'FailedQueue', 'DeletionPolicy']),
  },
  {
    fault: 'a queue that gives up too early',
    noticed: 'what fails is kept: by a queue of its own for each sender, for fourteen days, even without the stack',
    plant: at(properties('InstanceQueue', 'RedrivePolicy', 'maxReceiveCount'), 2),
  },
];

const SECURITY: readonly PlantedFault[] = [
  {
    fault: 'a role without the boundary',
    noticed: 'every role has the permissions boundary, from a parameter',
    plant: at(properties('RolloutRole', 'PermissionsBoundary')),
  },
  {
    fault: 'a partition that is written out',
    noticed: 'no partition, region or host of AWS is written out',
    plant: at(properties('ReconcileRole', 'ManagedPolicyArns', 0), 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
  },
  {
    fault: 'a managed policy of AWS',
    noticed: 'no permission comes with a managed policy of AWS, or with what SAM adds',
    plant: at(properties('ReconcileRole', 'ManagedPolicyArns', 0), {
      'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'iam', '', 'aws', 'policy/ReadOnlyAccess']],
    }),
  },
  {
    fault: 'a function whose role SAM makes',
    noticed: 'no permission comes with a managed policy of AWS, or with what SAM adds',
    plant: at(properties('NotifyFunction', 'Role')),
  },
  {
    fault: 'a role that may not use the key',
    noticed: 'every role that uses what the key encrypts may use the key',
    plant: at(properties('SweepScheduleRole', 'Policies', 0, 'PolicyDocument', 'Statement', 2), key),
  },
  {
    fault: 'a queue that takes no key',
    noticed: 'every queue, topic and table is encrypted, by the key of the parameter if there is one',
    plant: at(properties('UndeliveredQueue', 'KmsMasterKeyId')),
  },
  {
    fault: 'a queue in the clear',
    noticed: 'every queue, topic and table is encrypted, by the key of the parameter if there is one',
    plant: at(properties('TaskQueue', 'SqsManagedSseEnabled')),
  },
  {
    fault: 'a queue that any rule may fill',
    noticed: 'a queue takes events of the rules that target it and no others',
    plant: at(properties('EventQueuesPolicy', 'PolicyDocument', 'Statement', 0, 'Condition')),
  },
  {
    fault: 'a queue that takes requests in the clear',
    noticed: TLS,
    plant: at(properties('AlertQueuePolicy', 'PolicyDocument', 'Statement', 1, 'Effect'), 'Allow'),
  },
  { fault: 'a queue without a policy', noticed: TLS, plant: at(['Resources', 'FailedQueuePolicy']) },
  {
    fault: 'a queue that the policy of the others leaves out',
    noticed: TLS,
    plant: at(properties('EventQueuesPolicy', 'Queues', 2), { Ref: 'TaskQueue' }),
  },
  {
    fault: 'a queue in two policies, of which one holds',
    noticed: TLS,
    plant: at(properties('EventQueuesPolicy', 'Queues'), [
      ...['TaskQueue', 'InstanceQueue', 'UndeliveredQueue', 'AlertQueue'].map((Ref) => ({ Ref })),
    ]),
  },
  {
    fault: 'a queue that is only written to over TLS',
    noticed: TLS,
    plant: at(properties('FailedQueuePolicy', 'PolicyDocument', 'Statement', 0, 'Action'), 'sqs:SendMessage'),
  },
  {
    fault: 'a policy about another queue',
    noticed: TLS,
    plant: at(
      properties('FailedQueuePolicy', 'PolicyDocument', 'Statement', 0, 'Resource', 'Fn::GetAtt', 0),
      'TaskQueue',
    ),
  },
  {
    fault: 'a policy of a queue that is not always there',
    noticed: TLS,
    plant: at(['Resources', 'FailedQueuePolicy', 'Condition'], 'HasAlarms'),
  },
  {
    fault: 'a topic that takes requests in the clear',
    noticed: TLS,
    plant: at(properties('ChatAlertTopicPolicy', 'PolicyDocument', 'Statement', 1, 'Principal'), {
      AWS: '111122223333',
    }),
  },
  {
    fault: 'a schedule that goes past the alias',
    noticed: 'whoever calls a function calls its alias',
    plant: at(properties('SweepSchedule', 'Target', 'Arn'), { 'Fn::GetAtt': ['SweepFunction', 'Arn'] }),
  },
];

const OPERATION: readonly PlantedFault[] = [
  {
    fault: 'a function without a log group of its own',
    noticed: 'functions run on nodejs24.x and arm64, traced, with logs that are kept as long as asked for',
    plant: at(properties('InvokeFunction', 'LoggingConfig')),
  },
  {
    fault: 'the mode as a variable behind an alias',
    noticed: 'functions run on nodejs24.x and arm64, traced, with logs that are kept as long as asked for',
    plant: at(properties('SweepFunction', 'Environment', 'Variables', 'MODE'), 'enforce'),
  },
  {
    fault: 'dead letters that nobody hears of',
    noticed: 'every queue, function and rule has its alarms',
    plant: at(['Resources', 'UndeliveredQueueAlarm']),
  },
  {
    fault: 'errors of the newest code instead of those of the alias',
    noticed: 'every queue, function and rule has its alarms',
    plant: at(properties('NotifyErrorsAlarm', 'Dimensions', 1), {
      Name: 'FunctionName',
      Value: { Ref: 'NotifyFunction' },
    }),
  },
  {
    fault: 'a rule that no alarm watches',
    noticed: 'every queue, function and rule has its alarms',
    plant: at(properties('RulesAlarm', 'Metrics', 3, 'MetricStat', 'Metric', 'Dimensions'), []),
  },
  {
    fault: 'a rule on demand that no alarm watches',
    noticed: 'every queue, function and rule has its alarms',
    plant: at(['Resources', 'CallRuleAlarm']),
  },
  {
    fault: 'a rule on demand whose lost events nobody hears of',
    noticed: 'every queue, function and rule has its alarms',
    plant: at(['Resources', 'CallRuleLostEventsAlarm']),
  },
  {
    fault: 'a rule that the sum of an alarm leaves out',
    noticed: 'every queue, function and rule has its alarms',
    plant: at(properties('LostEventsAlarm', 'Metrics', 0, 'Expression'), 'FILL(task, 0)'),
  },
  {
    fault: 'an alarm that tells nobody',
    noticed: 'every alarm tells the topic, and knows what missing data means',
    plant: at(properties('SweepMissedAlarm', 'AlarmActions')),
  },
  {
    fault: 'a parameter without a label',
    noticed: 'every parameter has a default, a label, one group, and what it may be',
    plant: at(['Metadata', 'AWS::CloudFormation::Interface', 'ParameterLabels', 'Rollout']),
  },
  {
    fault: 'a parameter without a default',
    noticed: 'every parameter has a default, a label, one group, and what it may be',
    plant: at(['Parameters', 'SweepMinutes', 'Default']),
  },
];

export const plantedFaults: readonly PlantedFault[] = [
  ...unseenFaults,
  ...DELIVERY,
  ...SECURITY,
  ...wiringFaults,
  ...OPERATION,
];
