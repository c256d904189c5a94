import type { Scope } from '../kernel/scope';
import type { AccessRequest } from './evaluate-policy';

/** A service of AWS that does something to a resource on behalf of another resource. */
export interface ServiceRequest {
  /** e.g. `events.amazonaws.com` */
  readonly service: string;
  /** ARN of the rule, topic ... that causes the request. */
  readonly sourceArn: string;
  readonly action: string;
  readonly resource: string;
}

/** With the condition keys that services of AWS send: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function serviceRequest(scope: Scope, { service, sourceArn, action, resource }: ServiceRequest): AccessRequest {
  return {
    caller: { service },
    action,
    resource,
    context: {
      'aws:sourcearn': [sourceArn],
      'aws:sourceaccount': [scope.account],
      'aws:principalisawsservice': ['true'],
      'aws:principalservicename': [service],
      'aws:securetransport': ['true'],
      'aws:currenttime': [scope.clock.now().toISOString()],
      'aws:epochtime': [String(Math.floor(scope.clock.now().getTime() / 1_000))],
    },
  };
}
