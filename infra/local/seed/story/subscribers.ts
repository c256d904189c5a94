/** The story's people: a queue that is subscribed to the alerts, one that gets every change of a finding, and Slack. */
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { Scope } from '../../kernel/scope';
import { putRule } from '../../services/eventbridge/rules';
import { putTargets } from '../../services/eventbridge/targets';
import { createQueue } from '../../services/sqs/queues';
import { deleteMessage } from '../../services/sqs/receipt';
import { receiveMessages } from '../../services/sqs/receive-messages';
import type { Queue } from '../../services/sqs/state';
import { need, type SeedClients } from '../seed-clients';

/** Makes a queue that `service` may send to. */
export function createInbox(scope: Scope, name: string, service: 'sns' | 'events'): Queue {
  const Statement = [
    { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sqs:SendMessage', Resource: '*' },
  ];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  return createQueue(scope, { name, attributes: { Policy } });
}

/** Subscribes an inbox to everything that the controller tells on its bus. */
export function watchFindings(scope: Scope, inbox: Queue, busName: string): void {
  const eventPattern = JSON.stringify({ source: ['ecs-ipv6'] });
  const rule = putRule(scope, { name: 'watch-findings', busName, eventPattern });
  putTargets(rule, [{ id: 'inbox', arn: inbox.arn }]);
}

/** Takes everything out of an inbox. */
export async function emptyInbox(scope: Scope, inbox: Queue): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (;;) {
    const received = await receiveMessages(scope, inbox, { maxMessages: 10, waitSeconds: 0 });
    if (received.length === 0) return bodies;
    for (const { message, receiptHandle } of received) {
      bodies.push(message.body);
      deleteMessage(inbox, receiptHandle);
    }
  }
}

/** Keeps the URL of Slack's webhook where the controller reads it; answers with the secret's ARN. */
export async function keepWebhook({ secrets }: SeedClients, url: string): Promise<string> {
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'slack-webhook', SecretString: url }));
  return need(ARN, 'the ARN of the secret');
}
