/** What the controller sees and says of a local account, in one region, by the account's own policy and clock. */
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { LocalAccount } from '../../infra/local/local-account';
import { createReads } from '../../lib/aws/reads';
import { createClients, surroundingReads } from '../../lib/composition';
import { evaluate } from '../../lib/evaluate/evaluate';
import type { Evaluation } from '../../lib/evaluate/judgement';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { rules } from '../../lib/rules/registry';
import { createCollect, type CollectSettings } from '../../lib/snapshot/collect';
import type { Snapshot } from '../../lib/snapshot/snapshot';
import type { Request } from '../../lib/trigger/request';
import { aLoadedPolicy } from './policy-builders';

export interface Look {
  readonly snapshot: Snapshot;
  readonly evaluation: Evaluation;
}

export interface Audit {
  readonly region: string;
  /** The request of a sweep. */
  readonly everything: Request;
  look(requests: readonly Request[], settings?: CollectSettings): Promise<Look>;
  close(): void;
}

async function policyOf({ endpoint, account }: LocalAccount, region: string) {
  const ssm = new SSMClient({ endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } });
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/ecs-ipv6/policy' }));
  ssm.destroy();
  const { policy, problems } = parsePolicy([{ place: region, text: Parameter?.Value ?? '' }], rules);
  if (!policy) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('; '));
  return policy;
}

const NAMES = ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

export async function anAudit(local: LocalAccount, region: string): Promise<Audit> {
  const { account, endpoint, world } = local;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const policy = await policyOf(local, region);
  const clients = createClients({ region, share: 'none' });
  const now = (): Date => world.clock.now();
  const reads = { ...createReads(clients), ...surroundingReads(clients) };
  const collect = createCollect({ reads, place: { account, region, partition: 'aws' }, now });
  return {
    region,
    everything: { kind: 'account', account, region, id: account },
    async look(requests, settings) {
      const snapshot = await collect(requests, aLoadedPolicy(policy), settings);
      return { snapshot, evaluation: evaluate({ snapshot, policy, rules, now: now() }) };
    },
    close() {
      clients.destroy();
      for (const name of NAMES) Reflect.deleteProperty(process.env, name);
    },
  };
}
