/** The collector over the unmodified SDK, reading a simulated site. */
import type { CallCounts } from '../../lib/aws/call-meter';
import { createReads } from '../../lib/aws/reads';
import { surroundingReads } from '../../lib/composition';
import { createCollect, type CollectSettings } from '../../lib/snapshot/collect';
import type { CollectedKind, Snapshot } from '../../lib/snapshot/snapshot';
import type { Request } from '../../lib/trigger/request';
import { ApiError } from '../../infra/local/kernel/api-error';
import type { Site } from '../infra/local/services/ecs/a-site';
import { aLoadedPolicy } from '../support/policy-builders';
import { workloadClients } from '../support/workload-clients';
import type { Policy } from '../../lib/policy/policy';

const place = { account: '111122223333', region: 'eu-west-2', partition: 'aws' };
export const clusterArn = 'arn:aws:ecs:eu-west-2:111122223333:cluster/prod';

export function aRequest(kind: Request['kind'], id: string, more: Partial<Request> = {}): Request {
  return { kind, account: place.account, region: place.region, id, ...more };
}

export const everything = aRequest('account', place.account);
export const wholeCluster = aRequest('cluster', clusterArn);

export interface Collector {
  collect(requests: readonly Request[], policy?: Partial<Policy>, settings?: CollectSettings): Promise<Snapshot>;
  /** Calls made since the last time it was asked. */
  calls(): CallCounts['apiCalls'];
}

export function aCollector(site: Pick<Site, 'account' | 'clock'>): Collector {
  const clients = workloadClients(site.account);
  const reads = { ...createReads(clients), ...surroundingReads(clients) };
  const collect = createCollect({ reads, place, now: () => site.clock.now() });
  return {
    collect: (requests, policy = {}, settings = {}) => collect(requests, aLoadedPolicy(policy), settings),
    calls: () => clients.meter.take().apiCalls,
  };
}

/** From now on, calls of these IAM actions are refused. */
export function deny({ account }: Site, ...actions: readonly string[]): void {
  account.interceptors.push(({ operation }) => {
    const denied = actions.find((action) => action.endsWith(`:${operation}`));
    if (denied !== undefined) throw new ApiError('AccessDeniedException', `not authorized to perform: ${denied}`, 403);
  });
}

export const judged = ({ judged: kinds }: Snapshot, kind: CollectedKind): readonly string[] =>
  [...(kinds.get(kind) ?? [])].sort();

/** Ends of ARNs and keys: what tells resources apart in a test. */
export const last = (keys: Iterable<string>): readonly string[] =>
  [...keys].map((key) => key.split('/').at(-1) ?? '').sort();

export const total = (calls: CallCounts['apiCalls']): number =>
  Object.values(calls).reduce((sum, count) => sum + count, 0);
