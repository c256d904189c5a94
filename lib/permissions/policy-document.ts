import type { Conditions } from './permission';
import type { Statement } from './statements';

/** Where permissions hold; `*` for any. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

interface StatementElement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Conditions;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly StatementElement[];
}

/** ARN of `service:path`; `*` stays what it is. */
export function toArn(resource: string, { partition, region, account }: Place): string {
  const colon = resource.indexOf(':');
  if (colon < 0) return resource;
  const [service, path] = [resource.slice(0, colon), resource.slice(colon + 1)];
  return ['arn', partition, service, region, account, path].join(':');
}

export function policyDocument(statements: readonly Statement[], place: Place): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: actions,
      Resource: resources.map((resource) => toArn(resource, place)),
      ...(conditions && { Condition: conditions }),
    })),
  };
}
