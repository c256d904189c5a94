import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalAccount } from '../../local-account';
import { isEntries, isList, TemplateError, type Entries, type Value } from '../template/parse-template';

/** What providers work with: the account, and its administrator's clients, as CloudFormation would have. */
export interface RuntimeContext {
  readonly account: LocalAccount;
  /** Folder that relative paths of the template start from. */
  readonly folder: string;
  /** A line that a function printed. */
  readonly log: (functionName: string, line: string) => void;
  readonly clients: ReturnType<typeof createRuntimeClients>;
}

export function createRuntimeClients({ endpoint, region, account }: LocalAccount) {
  const settings = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } };
  return {
    dynamodb: new DynamoDBClient(settings),
    eventBridge: new EventBridgeClient(settings),
    scheduler: new SchedulerClient(settings),
    sns: new SNSClient(settings),
    sqs: new SQSClient(settings),
  };
}

/** Readers of properties; they throw where the template holds something else. */
export function textOf(properties: Entries, name: string): string {
  const value = properties[name];
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(`${name}: a text is needed, found ${JSON.stringify(value)}`);
}

export const optionalText = (properties: Entries, name: string): string | undefined =>
  properties[name] === undefined || properties[name] === null ? undefined : textOf(properties, name);

export function numberOf(properties: Entries, name: string, fallback: number): number {
  const text = optionalText(properties, name);
  const value = text === undefined ? fallback : Number(text);
  if (Number.isNaN(value)) throw new TemplateError(`${name}: a number is needed, found ${String(text)}`);
  return value;
}

export function entriesOf(properties: Entries, name: string): Entries {
  const value = properties[name] ?? {};
  if (isEntries(value)) return value;
  throw new TemplateError(`${name}: a map is needed, found ${JSON.stringify(value)}`);
}

function listOf(properties: Entries, name: string): readonly Value[] {
  const value = properties[name] ?? [];
  if (isList(value)) return value;
  throw new TemplateError(`${name}: a list is needed, found ${JSON.stringify(value)}`);
}

export function textsOf(properties: Entries, name: string): readonly string[] {
  return listOf(properties, name).map((value) => textOf({ [name]: value }, name));
}

export function mapsOf(properties: Entries, name: string): readonly Entries[] {
  return listOf(properties, name).map((value) => entriesOf({ [name]: value }, name));
}
