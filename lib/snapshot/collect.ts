/**
 * Reads what a set of requests is about, as one snapshot: all requests together, so that a burst of a thousand events
 * costs a handful of calls. A read that fails leaves a gap, and the rest stands.
 */
import type { DescribedTaskDefinition } from '../aws/ecs-reads';
import type { Reads } from '../aws/reads';
import { needsTags } from '../policy/needs-tags';
import { takesOwned, type LoadedPolicy } from '../policy/policy';
import type { Request } from '../trigger/request';
import { collectAddressHolders } from './collect-address-holders';
import { collectBalancing } from './collect-balancing';
import { collectCandidates } from './collect-candidates';
import { collectAccount } from './collect-account';
import { collectCloudMap } from './collect-cloudmap';
import { collectClusters } from './collect-clusters';
import { collectContainerInstances } from './collect-container-instances';
import { collectInterfaceHolders } from './collect-interface-holders';
import { collectHostParts, createHostCache } from './collect-host-parts';
import { collectLaunchTemplates } from './collect-launch-templates';
import { collectNetwork } from './collect-network';
import { collectServices } from './collect-services';
import { collectStorage } from './collect-storage';
import { collectSurroundings } from './collect-surroundings';
import { collectTargetGroups } from './collect-target-groups';
import { collectTasks, collectTasksBeside } from './collect-tasks';
import { collectWaiting } from './collect-waiting';
import { createDraft, toSnapshot, type Draft } from './draft';
import type { Place } from './ec2-shapes';
import { createProgress, type Session } from './session';
import type { CloudMapInstance, Collection, Snapshot, Target } from './snapshot';
import { toWanted } from './wanted';

export interface CollectorOptions {
  readonly reads: Reads;
  readonly place: Place;
  readonly now: () => Date;
}

export interface CollectSettings {
  /** See `Session.withSurroundings`; a request for the whole account has them in any case. */
  readonly withSurroundings?: boolean;
  /** Read as if these were registered: whose they would be. What is registered is as it is. */
  readonly supposed?: Supposed;
}

export interface Supposed {
  readonly targets?: readonly Target[];
  readonly cloudMapInstances?: readonly CloudMapInstance[];
}

/** Targets are looked up like any other candidate; what has a Cloud Map instance's address is asked for this alone. */
async function collectSupposedHolders(session: Session, { cloudMapInstances = [] }: Supposed): Promise<void> {
  const addresses = cloudMapInstances.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]).filter((one) => one !== undefined);
  const vpcIds = [...session.draft.subnets.values()].map(({ vpcId }) => vpcId);
  if (addresses.length > 0) await collectAddressHolders(session, addresses, [...new Set(vpcIds)]);
}

/** What is read later takes its place. */
function suppose(draft: Draft, { targets = [], cloudMapInstances = [] }: Supposed): void {
  for (const target of targets) draft.targets.set(target.key, target);
  for (const instance of cloudMapInstances) draft.cloudMapInstances.set(instance.key, instance);
}

export type Collect = (
  requests: readonly Request[],
  loaded: LoadedPolicy,
  settings?: CollectSettings,
) => Promise<Snapshot>;

/** Parts that hold nothing that is judged: without them a sweep is complete all the same. */
const NOT_JUDGED = new Set<Collection>([
  // read for candidates only
  ...(['addressHolders', 'registrars', 'stoppingTasks'] as const),
  // details of what is listed elsewhere
  ...(['hostSettings', 'images', 'instanceTypes', 'routeTables', 'flowLogs'] as const),
  ...(['targetGroupSettings', 'prefixLists'] as const),
]);

/** Says which clusters, or whether the account, were listed completely. */
function cover({ draft, wanted, progress }: Session): void {
  for (const arn of progress.wholeClusters.keys()) {
    if (!progress.incompleteClusters.has(arn)) draft.covered.add(arn);
  }
  const isWhole = !draft.gaps.some(({ collection }) => !NOT_JUDGED.has(collection));
  if (wanted.everything && isWhole) draft.covered.add(draft.place.account);
}

/** Targets and Cloud Map instances come before tasks: one without a task then cannot be one that a task got later. */
async function read(session: Session): Promise<void> {
  await collectInterfaceHolders(session);
  await collectClusters(session);
  await collectContainerInstances(session);
  await collectServices(session);
  await collectTargetGroups(session);
  await collectBalancing(session);
  await collectCloudMap(session);
  await collectTasks(session);
  await collectSurroundings(session);
  if (await collectTasksBeside(session)) await collectSurroundings(session);
  // candidates bring tasks and services of their own
  if (await collectCandidates(session)) await collectSurroundings(session);
  await collectWaiting(session);
  await collectHostParts(session);
  await collectLaunchTemplates(session);
  await collectStorage(session);
  await collectAccount(session);
  await collectNetwork(session);
  // functions that only see events are built without these reads
  session.draft.hasSurroundings = session.withSurroundings && session.reads.network !== undefined;
  cover(session);
}

/** A collector for one account and region; throws InvalidRequestError for a request that no read can answer. */
export function createCollect({ reads, place, now }: CollectorOptions): Collect {
  const definitions = new Map<string, DescribedTaskDefinition>();
  const hostCache = createHostCache();
  return async (requests, { policy }, settings) => {
    const draft: Draft = createDraft(place, now());
    const wanted = toWanted(requests, place);
    const progress = createProgress();
    const withSurroundings = wanted.everything || settings?.withSurroundings === true;
    const supposed = settings?.supposed ?? {};
    const withTags = needsTags(policy);
    const depth = { withTags, withSurroundings, takesOwned: takesOwned(policy) };
    const session = { reads, wanted, draft, ...depth, definitions, hostCache, progress };
    suppose(draft, supposed);
    await read(session);
    await collectSupposedHolders(session, supposed);
    return toSnapshot(draft);
  };
}
