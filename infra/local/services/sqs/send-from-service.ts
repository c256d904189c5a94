/** Messages that services of AWS send: SNS deliveries, EventBridge targets, dead letters of both. */
import { resourcePolicyAllows } from '../../iam/evaluate-policy';
import { serviceRequest } from '../../iam/service-request';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { sendMessage } from './send-message';
import type { MessageAttributes } from './state';
import { queueByArn } from './state';

export interface ServiceMessage {
  readonly queueArn: string;
  /** e.g. `sns.amazonaws.com` */
  readonly service: string;
  /** ARN of the topic, rule ... for the queue's policy. */
  readonly sourceArn: string;
  readonly body: string;
  readonly attributes?: MessageAttributes;
}

/** Why a service's message did not arrive, in the words of EventBridge's dead-letter attributes. */
export interface DeliveryFailure {
  readonly code: string;
  readonly message: string;
}

/** The key that only callers of the account itself can use: what services send to such a queue is lost. */
const AWS_MANAGED_KEY = 'alias/aws/sqs';

/** Sends if the queue is there and its policy lets the service in; otherwise says why not, and nothing is sent. */
export function sendFromService(scope: Scope, outgoing: ServiceMessage): DeliveryFailure | undefined {
  const { queueArn, service, sourceArn, body, attributes } = outgoing;
  const queue = queueByArn(scope, queueArn);
  if (!queue) return { code: 'RESOURCE_NOT_FOUND', message: `The queue ${queueArn} does not exist.` };
  const request = serviceRequest(scope, { service, sourceArn, action: 'sqs:SendMessage', resource: queueArn });
  if (!resourcePolicyAllows(request, queue.settings.policy?.document)) {
    return { code: 'NO_PERMISSIONS', message: `The policy of ${queueArn} does not let ${service} send messages.` };
  }
  if (queue.settings.kmsMasterKeyId === AWS_MANAGED_KEY) {
    return { code: 'NO_PERMISSIONS', message: `${service} cannot use the key ${AWS_MANAGED_KEY} of ${queueArn}.` };
  }
  try {
    sendMessage(scope, queue, { body, attributes, senderId: service });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { code: 'INVALID_PARAMETER', message: error.message };
  }
}
