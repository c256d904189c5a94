/** Who may do what, and whether that holds in every partition and under every parameter. */
import type { Entries, Value } from '../../../infra/local/runtime/template/parse-template';
import type { Assertion, Resource } from './template-reader';
import {
  actionsOf,
  alternatives,
  entries,
  functionAt,
  list,
  resourceAt,
  resourcesOf,
  statementsOf,
  text,
  textsOf,
} from './template-reader';

const isParameter = (template: Entries, value: Value | undefined): boolean =>
  Object.hasOwn(entries(template['Parameters']), text(entries(value)['Ref']));

const boundaries: Assertion = {
  name: 'every role has the permissions boundary, from a parameter',
  check: (template) =>
    resourcesOf(template, 'AWS::IAM::Role')
      .filter(({ properties }) => {
        const given = alternatives(properties['PermissionsBoundary']);
        return given.length === 0 || !given.every((one) => isParameter(template, one));
      })
      .map(({ name }) => `${name}: it has no PermissionsBoundary`),
};

const partitions: Assertion = {
  name: 'no partition, region or host of AWS is written out',
  check: (template) =>
    // Fn::Sub has ${AWS::Partition} there; patterns of parameters have to know all partitions
    textsOf({ ...template, Parameters: {}, Metadata: {} })
      .filter(([, value]) => /arn:aws[a-z-]*:|\.amazonaws\.com\.|\b(us|eu|ap|sa|ca|cn)(-gov)?-[a-z]+-\d\b/.test(value))
      .map(([path, value]) => `${path}: ${value}`),
};

const ownRoles: Assertion = {
  name: 'no permission comes with a managed policy of AWS, or with what SAM adds',
  check: (template) => [
    ...resourcesOf(template, 'AWS::Lambda::Function', 'AWS::Serverless::Function')
      .filter(({ properties }) => resourceAt(template, properties['Role'])?.type !== 'AWS::IAM::Role')
      .map(({ name }) => `${name}: it has no role of this template, so that SAM makes one`),
    ...resourcesOf(template, 'AWS::IAM::Role').flatMap(({ name, properties }) =>
      list(properties['ManagedPolicyArns'])
        .flatMap(alternatives)
        .filter((policy) => resourceAt(template, policy)?.type !== 'AWS::IAM::ManagedPolicy')
        .map((policy) => `${name}: ${JSON.stringify(policy)} is no policy of this template`),
    ),
  ],
};

/** Services whose resources the key encrypts. */
const ENCRYPTED = /^(dynamodb|sns|sqs):/;

const keyUsers: Assertion = {
  name: 'every role that uses what the key encrypts may use the key',
  check: (template) =>
    resourcesOf(template, 'AWS::IAM::Role').flatMap((role) => {
      const statements = statementsOf(role);
      const uses = statements.some((one) => actionsOf(one).some((action) => ENCRYPTED.test(action)));
      const may = statements.some(({ statement }) => text(entries(statement['Resource'])['Ref']) === 'KmsKeyArn');
      return uses && !may ? [`${role.name}: its messages are lost, or nobody reads them, with a key of one's own`] : [];
    }),
};

const encryption: Assertion = {
  name: 'every queue, topic and table is encrypted, by the key of the parameter if there is one',
  check: (template) =>
    resourcesOf(template, 'AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::DynamoDB::Table').flatMap(
      ({ name, type, properties }) => {
        const { KMSMasterKeyId } = entries(properties['SSESpecification']);
        const key = KMSMasterKeyId ?? properties['KmsMasterKeyId'];
        const own = alternatives(properties['SqsManagedSseEnabled']).some((value) => value === true);
        return [
          ...(alternatives(key).some((one) => isParameter(template, one)) ? [] : [`${name}: it takes no key`]),
          ...(type !== 'AWS::SQS::Queue' || own ? [] : [`${name}: without a key it is not encrypted`]),
        ];
      },
    ),
};

interface Gate {
  readonly queue: string | undefined;
  readonly statements: readonly Entries[];
}

const gatesOf = (template: Entries): readonly Gate[] =>
  resourcesOf(template, 'AWS::SQS::QueuePolicy').flatMap(({ properties }) =>
    list(properties['Queues']).map((queue) => ({
      queue: resourceAt(template, queue)?.name,
      statements: list(entries(properties['PolicyDocument'])['Statement']).map(entries),
    })),
  );

const admits = ({ statements }: Gate, rule: string, template: Entries): boolean =>
  statements.some((statement) => {
    const { Effect, Condition, Principal } = statement;
    const { ArnEquals } = entries(Condition);
    const sources = entries(ArnEquals)['aws:SourceArn'];
    const named = (Array.isArray(sources) ? list(sources) : [sources]).flatMap(alternatives);
    return (
      Effect === 'Allow' &&
      actionsOf({ owner: '', statement }).includes('sqs:SendMessage') &&
      text(entries(Principal)['Service']) === 'events.amazonaws.com' &&
      named.some((source) => resourceAt(template, source)?.name === rule)
    );
  });

const queuePolicies: Assertion = {
  name: 'a queue takes events of the rules that target it and no others',
  check(template) {
    const gates = gatesOf(template);
    const isOpen = (queue: string | undefined, rule: string): boolean =>
      gates.some((gate) => gate.queue === queue && admits(gate, rule, template));
    return [
      ...resourcesOf(template, 'AWS::Events::Rule').flatMap(({ name, properties }) =>
        list(properties['Targets'])
          .map(entries)
          .flatMap(({ Arn, DeadLetterConfig }) => [Arn, entries(DeadLetterConfig)['Arn']])
          .map((queue) => resourceAt(template, queue)?.name)
          .filter((queue) => !isOpen(queue, name))
          .map((queue) => `${String(queue)}: its policy does not name ${name}`),
      ),
      ...gates.flatMap(({ queue, statements }) =>
        statements
          .filter(({ Effect, Condition }) => Effect === 'Allow' && Condition === undefined)
          .map(() => `${String(queue)}: its policy admits everyone`),
      ),
    ];
  },
};

/** What a policy refuses in the clear: all that a queue does; of a topic, whose policies take no `sns:*`, that it is told. */
const REFUSED: Readonly<Record<string, string>> = { 'AWS::SQS::Queue': 'sqs:*', 'AWS::SNS::Topic': 'sns:Publish' };

/** Whether it is this one that a statement names: by its ARN, or by a pattern of all in the account. */
function isAbout(template: Entries, { Resource: about }: Entries, name: string): boolean {
  return resourceAt(template, about)?.name === name || /^arn:.+:\*$/.test(text(entries(about)['Fn::Sub']));
}

const refusesClear = (template: Entries, statement: Entries, { name, type }: Resource): boolean =>
  statement['Effect'] === 'Deny' &&
  statement['Principal'] === '*' &&
  actionsOf({ owner: '', statement }).includes(REFUSED[type] ?? '') &&
  isAbout(template, statement, name) &&
  JSON.stringify(statement['Condition']) === '{"Bool":{"aws:SecureTransport":"false"}}';

const encryptedRequests: Assertion = {
  name: 'every queue and topic has one policy, which refuses what does not come over TLS',
  check(template) {
    const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy');
    return resourcesOf(template, ...Object.keys(REFUSED))
      .filter((taker) => {
        const own = policies
          .filter(({ resource }) => [undefined, taker.resource['Condition']].includes(resource['Condition']))
          .filter(({ properties: { Queues, Topics } }) =>
            list(Queues ?? Topics).some((one) => resourceAt(template, one)?.name === taker.name),
          );
        // of two policies the one that is written later holds
        const [policy, ...others] = own;
        if (policy === undefined || others.length > 0) return true;
        return !statementsOf(policy).some(({ statement }) => refusesClear(template, statement, taker));
      })
      .map(({ name }) => `${name}: it takes requests in the clear`);
  },
};

const callers: Assertion = {
  name: 'whoever calls a function calls its alias',
  check: (template) => {
    const called = [
      ...resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(({ name, properties }) => ({
        name,
        value: properties['FunctionName'],
      })),
      ...resourcesOf(template, 'AWS::Scheduler::Schedule').map(({ name, properties }) => ({
        name,
        value: entries(properties['Target'])['Arn'],
      })),
    ];
    return called
      .filter(({ value }) => functionAt(template, value)?.name === resourceAt(template, value)?.name)
      .filter(({ value }) => resourceAt(template, value)?.type !== 'AWS::SQS::Queue')
      .map(({ name }) => `${name}: it calls the newest code, whatever the rollout says`);
  },
};

export const securityAssertions: readonly Assertion[] = [
  ...[boundaries, partitions, ownRoles, keyUsers, encryption, queuePolicies, encryptedRequests, callers],
];
