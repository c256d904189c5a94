/** Faults between resources that are each fine: who calls whom, who watches what, and what a deployment changes. */
import { at, properties, type PlantedFault } from './plant';

/** As `Fn::Sub` names something. */
const named = (name: string): string => `\${${name}}`;

const ROUTES = 'an event comes to the function that looks at what it is about, by rules and mappings that are enabled';
const FIGURES = 'an alarm watches a metric that there is, of a resource of this template';
const DASHBOARD = 'a dashboard is JSON, and shows metrics that there are';
const PUBLISHED = 'another value of a parameter that a function gets publishes a version, and no other value does';

export const wiringFaults: readonly PlantedFault[] = [
  {
    fault: 'events of hosts in the queue of tasks',
    noticed: ROUTES,
    plant: at(properties('InstanceRule', 'Targets', 0, 'Arn'), { 'Fn::GetAtt': ['TaskQueue', 'Arn'] }),
  },
  {
    fault: 'a mapping that calls another function',
    noticed: ROUTES,
    plant: at(properties('AlertQueueMapping', 'FunctionName'), { Ref: 'ReconcileTasksFunctionAliaslive' }),
  },
  { fault: 'a rule that is off', noticed: ROUTES, plant: at(properties('TaskRule', 'State'), 'DISABLED') },
  { fault: 'a mapping that is off', noticed: ROUTES, plant: at(properties('TaskQueueMapping', 'Enabled'), false) },
  {
    fault: 'a queue that takes no dead letters of other queues',
    noticed: 'what fails is kept: by a queue of its own for each sender, for fourteen days, even without the stack',
    plant: at(properties('FailedQueue', 'RedriveAllowPolicy', 'redrivePermission'), 'denyAll'),
  },
  {
    fault: 'a queue that denies its rules',
    noticed: 'a queue takes events of the rules that target it and no others',
    plant: at(properties('EventQueuesPolicy', 'PolicyDocument', 'Statement', 0, 'Effect'), 'Deny'),
  },
  {
    fault: 'a queue that lets its rules do something else',
    noticed: 'a queue takes events of the rules that target it and no others',
    plant: at(properties('AlertQueuePolicy', 'PolicyDocument', 'Statement', 0, 'Action'), 'sqs:ReceiveMessage'),
  },
  {
    fault: 'an alarm on a metric of another service',
    noticed: FIGURES,
    plant: at(properties('FailedQueueAlarm', 'Namespace'), 'AWS/SNS'),
  },
  {
    fault: 'an alarm on an alias that is not there',
    noticed: FIGURES,
    plant: at(properties('SweepErrorsAlarm', 'Dimensions', 1, 'Value'), {
      'Fn::Sub': `${named('SweepFunction')}:prod`,
    }),
  },
  {
    fault: 'an alarm on durations that knows another timeout',
    noticed: 'an alarm on durations goes by the timeouts of the functions',
    plant: at(properties('InvokeFunction', 'Timeout'), 600),
  },
  {
    fault: 'a dashboard that is no JSON',
    noticed: DASHBOARD,
    plant: at(properties('Dashboard', 'DashboardBody'), { 'Fn::Sub': '{"widgets": [{},]}' }),
  },
  {
    fault: 'a dashboard with a metric that nobody reports',
    noticed: DASHBOARD,
    plant: at(properties('Dashboard', 'DashboardBody'), {
      'Fn::Sub': `{"widgets": [{"properties": {"metrics": [["AWS/SQS", "Age", "QueueName", "${named('TaskQueue.QueueName')}"]]}}]}`,
    }),
  },
  {
    fault: 'a rule on demand on a dashboard that is always there',
    noticed: DASHBOARD,
    plant: at(properties('Dashboard', 'DashboardBody', 'Fn::Sub', 1, 'CallRuleRow', 'Fn::If', 2), {
      'Fn::Sub': `["AWS/Events", "TriggeredRules", "RuleName", "${named('CallRule')}"], `,
    }),
  },
  {
    fault: 'a dashboard that is no JSON without the rule on demand',
    noticed: DASHBOARD,
    plant: at(properties('Dashboard', 'DashboardBody', 'Fn::Sub', 1, 'CallRuleRow', 'Fn::If', 2), ','),
  },
  {
    fault: 'a rule on demand that the dashboard does not show',
    noticed: 'the dashboard shows every queue, function and rule',
    plant: at(properties('Dashboard', 'DashboardBody', 'Fn::Sub', 1, 'CallRuleRow'), ''),
  },
  {
    fault: 'a parameter whose other value no version gets',
    noticed: PUBLISHED,
    plant: at(properties('SweepFunctionVersion', 'Description')),
  },
  {
    fault: 'a parameter that a condition asks for, and whose other value no version gets',
    noticed: PUBLISHED,
    plant: at(properties('NotifyFunctionVersion', 'Description'), {
      'Fn::Sub': ['PolicyPrefix', 'SlackSecretArn', 'SlackParameter'].map(named).join(' '),
    }),
  },
  {
    fault: 'a version for the value of a parameter that no function gets',
    noticed: PUBLISHED,
    plant: at(properties('SweepFunctionVersion', 'Description'), {
      'Fn::Sub': ['PolicyPrefix', 'SweepMinutes'].map(named).join(' '),
    }),
  },
  {
    fault: 'a description of a version that may be too long',
    noticed: PUBLISHED,
    plant: at(['Parameters', 'SlackSecretArn', 'MaxLength']),
  },
  {
    fault: 'a table that forgets nothing',
    noticed: 'the table forgets what has expired',
    plant: at(properties('StateTable', 'TimeToLiveSpecification')),
  },
  {
    fault: 'a state machine in the form that SAM gives it, which goes on to a state that is not there',
    noticed: 'a state machine goes on to states that it has',
    plant: at(['Resources', 'Sweeps'], {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        DefinitionString: {
          'Fn::Join': ['', ['{"StartAt":"List","States":{"List":', '{"Type":"Pass","Next":"Sweep"}}}']],
        },
      },
    }),
  },
];
