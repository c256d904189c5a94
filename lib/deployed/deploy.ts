/**
 * What a function is while it starts: no more than it needs to take an event and to ask for the policy. All else is in
 * files of its own, loaded with the first event, while Parameter Store answers.
 */
import { SSMClient } from '@aws-sdk/client-ssm';
import { clearAnswers } from '../aws/clear-answers';
import { parameterPort } from '../aws/parameters';
import { connections, REQUEST_TIMEOUT_MS } from '../aws/connections';
import { setting } from '../environment';
import { parameterSource, type PolicySource } from '../policy/policy-source';
import { readAhead } from './read-ahead';

/** What there already is when the rest is loaded. */
export interface Early {
  readonly ssm: SSMClient;
  readonly source: PolicySource;
}

type Work<Input extends readonly unknown[], Output> = (...input: Input) => Promise<Output>;

export interface DeployOptions {
  /** 30 s if absent. */
  readonly requestTimeoutMs?: number;
}

/** @param load the rest, once; after a failure, again with the next call */
export function deploy<Input extends readonly unknown[], Output>(
  load: (early: Early) => Promise<Work<Input, Output>>,
  { requestTimeoutMs = REQUEST_TIMEOUT_MS }: DeployOptions = {},
): Work<Input, Output> {
  const client = new SSMClient({ region: setting('AWS_REGION'), requestHandler: connections(requestTimeoutMs) });
  const ssm = clearAnswers(client);
  const source = readAhead(parameterSource(parameterPort(ssm), setting('POLICY_PREFIX')));
  let loading: Promise<Work<Input, Output>> | undefined;
  const rest = (): Promise<Work<Input, Output>> => {
    source.begin();
    return load({ ssm, source }).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  };
  return async (...input) => {
    loading ??= rest();
    return await (
      await loading
    )(...input);
  };
}
