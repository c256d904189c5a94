/** Makes the clients, and puts together what runs with them. What a function has before it loads this is in `deployed/`. */
import { randomUUID } from 'node:crypto';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EFSClient } from '@aws-sdk/client-efs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { assembleController } from './assemble';
import { lookForRestore } from './apply/look-for-restore';
import type { UndoOptions } from './apply/undo';
import { topicChannel } from './aws/alert-topic';
import { createCallMeter, type CallMeter } from './aws/call-meter';
import { clearAnswers, UnreadableAnswer } from './aws/clear-answers';
import type { Clients } from './aws/clients';
import { connections, REQUEST_TIMEOUT_MS, TELLING_TIMEOUT_MS } from './aws/connections';
import { createDynamodbStore } from './aws/dynamodb-store';
import { createEcsReads } from './aws/ecs-reads';
import { eventBusPort } from './aws/event-bus';
import { parameterPort } from './aws/parameters';
import { createPace } from './aws/pace';
import { createReads } from './aws/reads';
import { requeuePort } from './aws/requeue-port';
import { parameterSecret, secretOf } from './aws/secret';
import type { ExtensibleClient } from './aws/sdk-middleware';
import { restorePorts } from './aws/restore-ports';
import { createSurroundingReads, type SurroundingReads } from './aws/surrounding-reads';
import { watchCalls } from './aws/watch-calls';
import { writePorts } from './aws/write-ports';
import type { Controller } from './controller';
import type { Early } from './deployed/deploy';
import { optionalSetting, setting, whereabouts } from './environment';
import { createPolicyLoader } from './policy/load-policy';
import type { LoadedPolicy } from './policy/policy';
import type { ParameterPort, PolicySource } from './policy/policy-source';
import { idsOf, type Alert } from './report/alert';
import type { Channel } from './report/channel';
import { chatNotification } from './report/chat-notification';
import { notify } from './report/notify';
import { bodyOf, subjectOf } from './report/plain-text';
import { slackChannel } from './report/slack/webhook';
import { rules } from './rules/registry';
import { createCollect, type Collect } from './snapshot/collect';
import { createCollectNotices, type CollectNotices } from './snapshot/collect-notices';
import type { ItemStore } from './state/item-store';
import { partitionOf } from './trigger/arn';
import { checkedRegion } from './trigger/region';

export interface ClientOptions {
  /** As the SDK finds it (AWS_REGION, profile) if absent. */
  readonly region?: string;
  /** Share of the account's request rates to stay below; `none`: as fast as it goes. */
  readonly share?: number | 'none';
  /** 30 s if absent. */
  readonly requestTimeoutMs?: number;
}

interface SharedSettings {
  readonly region: string | undefined;
  readonly requestHandler: ECSClient['config']['requestHandler'];
}

export interface MeteredClients extends Clients {
  readonly meter: CallMeter;
  /** One more client beside these, with the same region, connections, meter and pace. */
  add<Client extends ExtensibleClient>(iamPrefix: string, make: (shared: SharedSettings) => Client): Client;
  /** Closes their connections. */
  destroy(): void;
}

const timer = {
  now: () => performance.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

/** Clients with the SDK's own settings: region, credentials, retries and AWS_ENDPOINT_URL come from where it looks. */
export function createClients(options: ClientOptions = {}): MeteredClients {
  const { region, share, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const meter = createCallMeter();
  const pace = share === 'none' ? undefined : createPace({ timer, share });
  const watch = { meter, pace };
  const watched = <Client extends ExtensibleClient>(iamPrefix: string, client: Client): Client =>
    watchCalls(clearAnswers(client), iamPrefix, watch);
  const ecs = new ECSClient({ region, requestHandler: connections(requestTimeoutMs) });
  // one pool of connections for all of them
  const shared = { region, requestHandler: ecs.config.requestHandler };
  const clients = {
    autoScaling: watched('autoscaling', new AutoScalingClient(shared)),
    ec2: watched('ec2', new EC2Client(shared)),
    ecs: watched('ecs', ecs),
    elbv2: watched('elasticloadbalancing', new ElasticLoadBalancingV2Client(shared)),
    serviceDiscovery: watched('servicediscovery', new ServiceDiscoveryClient(shared)),
  };
  return {
    ...{ ...clients, meter },
    add: (iamPrefix, make) => watched(iamPrefix, make(shared)),
    destroy: () => ecs.destroy(),
  };
}

/** Reads that sweeps and people need beside the others: nothing else may name this, or every function loads it. */
export function surroundingReads(clients: MeteredClients): SurroundingReads {
  const vpcLattice = clients.add('vpc-lattice', (shared) => new VPCLatticeClient(shared));
  const efs = clients.add('elasticfilesystem', (shared) => new EFSClient(shared));
  return createSurroundingReads({ ec2: clients.ec2, efs, vpcLattice });
}

/** What a function that only handles events has of `SurroundingReads`. */
const noSurroundings = (): Partial<SurroundingReads> => ({});

const now = (): Date => new Date();
const { sleep } = timer;

export interface ToolOptions {
  readonly here: { readonly account: string; readonly region: string };
  readonly store: ItemStore;
  readonly source: PolicySource;
}

interface PartOptions extends ToolOptions {
  readonly surroundings: Partial<SurroundingReads>;
}

/** What a controller has wherever it runs. */
function partsOf(clients: MeteredClients, options: PartOptions) {
  const { here, store, source, surroundings } = options;
  const { account, region } = here;
  return {
    ...{ store, now, sleep, meter: clients.meter, writes: writePorts(clients) },
    collect: createCollect({
      reads: { ...createReads(clients), ...surroundings },
      place: { account, region, partition: partitionOf(region) },
      now,
    }),
    policy: createPolicyLoader({ source, store, rules }),
  };
}

/**
 * The controller of a deployed stack; its settings come from the template's environment.
 * @param surroundingsOf `surroundingReads` for sweeps and people
 */
export function createController(
  { source }: Early,
  surroundingsOf: (clients: MeteredClients) => Partial<SurroundingReads> = noSurroundings,
): Pick<Controller, 'reconcile'> {
  const { account, region } = whereabouts();
  const clients = createClients({ region });
  const own = { region, requestHandler: clients.ecs.config.requestHandler };
  const store = createDynamodbStore(clearAnswers(new DynamoDBClient(own)), setting('STATE_TABLE'), now);
  return assembleController({
    ...partsOf(clients, { here: { account, region }, store, source, surroundings: surroundingsOf(clients) }),
    events: eventBusPort(clearAnswers(new EventBridgeClient(own)), setting('FINDING_BUS')),
    requeue: requeuePort(clearAnswers(new SQSClient(own)), setting('INSTANCE_QUEUE')),
  });
}

/** Only what telling people needs. */
export function createNotifier({ ssm, source }: Early): Pick<Controller, 'notify'> {
  const { account, region } = whereabouts();
  const own = { region, requestHandler: connections(TELLING_TIMEOUT_MS) };
  const store = createDynamodbStore(clearAnswers(new DynamoDBClient(own)), setting('STATE_TABLE'), now);
  const policy = createPolicyLoader({ source, store, rules });
  const channels = [...topics(own), ...slack({ ...own, ssm })];
  const options = { store, now, holder: randomUUID(), place: { account, region }, channels };
  return { notify: (changes) => notify(changes, { ...options, loadPolicy: () => policy.load() }) };
}

type ClientSettings = Pick<SharedSettings, 'region'> & { readonly requestHandler: ReturnType<typeof connections> };

/** Plain text for everyone, and beside it the schema of Amazon Q Developer if there is a topic for it. */
function topics(settings: ClientSettings): readonly Channel[] {
  const client = clearAnswers(new SNSClient(settings));
  const text = topicChannel({
    ...{ client, idsOf, name: 'topic', topicArn: setting('ALERT_TOPIC') },
    format: (alert) => ({ subject: subjectOf(alert), body: bodyOf(alert) }),
  });
  const topicArn = optionalSetting('CHAT_TOPIC');
  if (topicArn === undefined) return [text];
  const format = (alert: Alert) => ({ body: chatNotification(alert) });
  return [text, topicChannel({ client, idsOf, name: 'chat', topicArn, format })];
}

/** Slack, if its webhook is in Secrets Manager or in Parameter Store. */
function slack({ ssm, ...settings }: ClientSettings & { readonly ssm: SSMClient }): readonly Channel[] {
  const [arn, name] = [optionalSetting('SLACK_SECRET'), optionalSetting('SLACK_PARAMETER')];
  if (arn === undefined && name === undefined) return [];
  const secret =
    arn === undefined
      ? parameterSecret(ssm, name ?? '')
      : secretOf(clearAnswers(new SecretsManagerClient(settings)), arn);
  return [slackChannel({ url: secret.read, forget: secret.forget, sleep })];
}

export interface Caller {
  readonly account: string;
  readonly region: string;
  /** As STS names it. */
  readonly arn: string;
}

/** Whose credentials these are, and in which region they are used. */
export async function whoAmI(settings: { readonly region?: string }): Promise<Caller> {
  const client = clearAnswers(new STSClient(settings));
  const region = checkedRegion(await client.config.region());
  const { Account: account, Arn: arn = '' } = await client.send(new GetCallerIdentityCommand({}));
  if (account === undefined) {
    throw new UnreadableAnswer(
      'STS GetCallerIdentity names no account: what answers is not AWS; check AWS_ENDPOINT_URL',
      undefined,
    );
  }
  return { account, region, arn };
}

/** Parameter Store of a region, for the policy and the kill switch. */
export const parametersOf = (region: string): ParameterPort => parameterPort(clearAnswers(new SSMClient({ region })));

/** The state table of a deployed stack. */
export const tableStore = (region: string, table: string): ItemStore =>
  createDynamodbStore(clearAnswers(new DynamoDBClient({ region })), table, now);

/** The controller as the command line runs it: the same pass, without bus, topic and queue. */
export function createTool({ here, store, source }: ToolOptions): Pick<Controller, 'reconcile'> {
  const clients = createClients({ region: here.region });
  return assembleController(partsOf(clients, { here, store, source, surroundings: surroundingReads(clients) }));
}

/** What taking back a removal needs beside someone to tell of it. */
export function createUndoEdges({ here, store, source }: ToolOptions): Omit<UndoOptions, 'tell'> {
  const clients = createClients({ region: here.region });
  const { collect, policy } = partsOf(clients, { here, store, source, surroundings: noSurroundings() });
  const loaded = policy.loadForPart();
  return {
    ...{ store, now, sleep, place: here, ports: restorePorts(clients) },
    policyVersion: async () => (await loaded).policyVersion,
    look: async (action) => lookForRestore(action, { collect, here, loaded: await loaded }),
  };
}

/** A look at an account without a pass: nothing is remembered, planned or written. */
export interface Inspection {
  readonly collect: Collect;
  readonly collectNotices: CollectNotices;
  loadPolicy(): Promise<LoadedPolicy>;
}

/** What `createTool` reads with, and no more. */
export function createInspection({ here, store, source }: ToolOptions): Inspection {
  const clients = createClients({ region: here.region });
  const parts = partsOf(clients, { here, store, source, surroundings: surroundingReads(clients) });
  const collectNotices = createCollectNotices(createEcsReads(clients.ecs));
  return { collect: parts.collect, collectNotices, loadPolicy: () => parts.policy.loadForPart() };
}

/** How a deployed function answered. */
export interface FunctionAnswer {
  readonly payload: string;
  /** The function itself failed; the payload says how. */
  readonly failed: boolean;
}

export async function invokeFunction(region: string, name: string, payload: string): Promise<FunctionAnswer> {
  const client = clearAnswers(new LambdaClient({ region }));
  const answer = await client.send(new InvokeCommand({ FunctionName: name, Payload: Buffer.from(payload) }));
  return { payload: answer.Payload?.transformToString() ?? 'null', failed: answer.FunctionError !== undefined };
}
