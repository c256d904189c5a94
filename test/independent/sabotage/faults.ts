/** Faults of a deployment, one each, and the step of the demo that has to miss what the fault takes away. */
import type { Pair, YAMLMap, YAMLSeq } from 'yaml';
import { isMap, isSeq, parseDocument, type Document } from 'yaml';

/** Files of a copy that a fault may break: the template, and the bundles of the functions. */
export interface Deployment {
  readonly template: Document;
  /** Replaces the text of each file of a function's bundle; one of them has to change. */
  readonly editBundle: (name: string, edit: (text: string) => string) => void;
  readonly functions: readonly string[];
}

export interface Fault {
  readonly name: string;
  /** Names of demo steps that must be missing, all of them. Empty: nothing may be missing. */
  readonly missing: readonly string[];
  /** No other step may be missing. */
  readonly exact?: boolean;
  plant(deployment: Deployment): void;
}

const LAUNCH = 'EC2 launch event: looked at before ECS knows the host';
const GROUP_LAUNCH = 'Auto Scaling launch event: looked at although that of EC2 was lost';
const AGENT = 'ECS container instance event leads to the finding';
const TASK = 'ECS task event leads to the finding';
const POLICY = 'policy change event leads to tags, without a sweep';
const ALERT = 'alert for the instance delivered through SNS';
const SLACK = 'alert for the instance delivered to Slack';
const REFUSED = 'IAM refused the controller nothing in any pass';
const SWEEP = 'the schedule started a sweep';
const ASKED = 'asked about a cluster, answers with its findings';
const TARGET = 'orphaned target deregistered';
const CLOUD_MAP = 'orphaned Cloud Map instance deregistered';

const RULES = [
  'cloudmap-instance-orphaned',
  'image-not-dual-stack',
  'instance-agent-too-old',
  'instance-without-primary-ipv6',
  'service-target-group-not-ipv6',
  'target-orphaned',
  'task-without-ipv6',
] as const;

/** A template's own tags stay as they are: nothing is evaluated here. */
export const readTemplate = (text: string): Document => parseDocument(text, { logLevel: 'error' });

function resourceOf(template: Document, logicalId: string): YAMLMap {
  const resource = template.getIn(['Resources', logicalId]);
  if (!isMap(resource)) throw new Error(`the template has no resource ${logicalId}`);
  return resource;
}

const disabled = (logicalId: string, missing: readonly string[]): Fault => ({
  name: `rule ${logicalId} disabled`,
  missing,
  exact: true,
  plant: ({ template }) => {
    resourceOf(template, logicalId).setIn(['Properties', 'State'], 'DISABLED');
  },
});

const removed = (logicalId: string, missing: readonly string[]): Fault => ({
  name: `${logicalId} removed`,
  missing,
  plant: ({ template }) => {
    resourceOf(template, logicalId);
    template.deleteIn(['Resources', logicalId]);
  },
});

const emptied = (name: string, missing: readonly string[]): Fault => ({
  name: `handler of ${name} emptied`,
  missing,
  plant: ({ editBundle }) => {
    editBundle(name, () => 'exports.handler = async () => ({});\n');
  },
});

/** `actions`: what the role keeps of the statement. */
const without = (policy: string, sid: string, missing: readonly string[]): Fault => ({
  name: `${policy} without ${sid}`,
  missing,
  plant: ({ template }) => {
    const [document, inline] = [['PolicyDocument'], ['Policies', 0, 'PolicyDocument']];
    const properties = ['Resources', policy, 'Properties'];
    const statements =
      template.getIn([...properties, ...document, 'Statement']) ??
      template.getIn([...properties, ...inline, 'Statement']);
    if (!isSeq(statements)) throw new Error(`${policy} has no statements`);
    dropStatement(statements, sid);
  },
});

function dropStatement(statements: YAMLSeq, sid: string): void {
  const isNamed = (item: unknown): boolean => isMap(item) && item.get('Sid') === sid;
  // a statement may hang on a condition: `!If [condition, statement, nothing]`
  const index = statements.items.findIndex((item) => isNamed(item) || (isSeq(item) && item.items.some(isNamed)));
  if (index < 0) throw new Error(`there is no statement ${sid}`);
  statements.delete(index);
}

/** The check of one rule finds nothing, in every function: the bundle keeps the rule's id, and its `check` is replaced. */
const broken = (rule: string): Fault => ({
  name: `check of ${rule} broken`,
  missing: [`finding ${rule}`],
  plant({ editBundle, functions }) {
    for (const name of functions.filter((one) => one !== 'notify'))
      editBundle(name, (text) => withoutCheck(text, rule));
  },
});

function withoutCheck(text: string, rule: string): string {
  // a minified rule: `{meta:{id:"...",...},defaults:{...},check(...){...}}`
  const meta = text.search(new RegExp(`meta:\\{id:["'\`]${rule}["'\`]`));
  const check = meta < 0 ? -1 : text.indexOf('check(', meta);
  const body = check < 0 ? -1 : (/\)\{/.exec(text.slice(check))?.index ?? -1);
  // it is in another file of the bundle
  if (body < 0) return text;
  const start = check + body + 2;
  return `${text.slice(0, start)}return[];${text.slice(start)}`;
}

/** Every logical name of a resource gets another, wherever it is referred to. */
const renamed: Fault = {
  name: 'every logical name of a resource renamed',
  missing: [],
  plant({ template }) {
    const resources = template.get('Resources');
    if (!isMap(resources)) throw new Error('the template has no Resources');
    const names = resources.items.map((item: Pair) => String(item.key));
    const text = names.reduce(
      (renaming, name, index) =>
        renaming
          .replaceAll(new RegExp(`^  ${name}:`, 'gm'), `  R${String(index)}x:`)
          .replaceAll(new RegExp(`(!Ref|!GetAtt) ${name}\\b`, 'g'), `$1 R${String(index)}x`)
          // also in a text of !Sub; R...x is no part of another name
          .replaceAll(new RegExp(`\\$\\{${name}\\b`, 'g'), `\${R${String(index)}x`),
      template.toString({ lineWidth: 0 }),
    );
    const left = names.filter((name) => new RegExp(`(!Ref|!GetAtt|\\$\\{) ?${name}\\b`).test(text));
    if (left.length > 0) throw new Error(`still referred to: ${left.join(', ')}`);
    template.contents = readTemplate(text).contents;
  },
};

export const FAULTS: readonly Fault[] = [
  { name: 'nothing broken', missing: [], plant: () => undefined },
  renamed,
  disabled('InstanceRule', [LAUNCH]),
  disabled('LaunchRule', [GROUP_LAUNCH]),
  disabled('ContainerInstanceRule', [AGENT]),
  disabled('TaskRule', [TASK]),
  disabled('PolicyRule', [POLICY]),
  disabled('FindingRule', [ALERT, SLACK]),
  // what only a sweep finds is missing with it
  { ...disabled('SweepSchedule', [SWEEP]), exact: false },
  removed('SweepSchedule', [SWEEP]),
  removed('EventQueuesPolicy', [LAUNCH, GROUP_LAUNCH, AGENT, TASK, POLICY]),
  removed('AlertQueuePolicy', [ALERT, SLACK]),
  removed('AlertQueueSubscription', [ALERT]),
  removed('TaskQueueMapping', [TASK, POLICY]),
  removed('AlertQueueMapping', [ALERT, SLACK]),
  removed('InstanceQueueMapping', [LAUNCH, GROUP_LAUNCH, AGENT]),
  emptied('reconcile-tasks', [TASK, POLICY]),
  emptied('reconcile-instances', [LAUNCH, GROUP_LAUNCH, AGENT]),
  emptied('sweep', [SWEEP]),
  emptied('invoke', [ASKED]),
  emptied('notify', [ALERT, SLACK]),
  without('EnforcePolicy', 'DeregisterTargets', [TARGET, REFUSED]),
  without('EnforcePolicy', 'DeregisterInstances', [CLOUD_MAP, REFUSED]),
  without('EnforcePolicy', 'ReadBackInstances', [REFUSED]),
  without('TagPolicy', 'TagEcs', ['violations tagged', REFUSED]),
  without('TagPolicy', 'TagInstances', ['violations tagged', REFUSED]),
  without('TagPolicy', 'TagTargetGroups', [REFUSED]),
  without('TagPolicy', 'TagCloudMap', [REFUSED]),
  without('NotifyRole', 'ReadSlackSecret', [SLACK, REFUSED]),
  without('NotifyRole', 'TellPeople', [ALERT]),
  ...RULES.map(broken),
];
