/** The controller over the unmodified SDK, on a simulated site, with what it wrote and what became of it. */
import { DescribeInstancesCommand, EC2Client, type Instance } from '@aws-sdk/client-ec2';
import { assembleController } from '../../lib/assemble';
import { createReads } from '../../lib/aws/reads';
import { writePorts } from '../../lib/aws/write-ports';
import { surroundingReads } from '../../lib/composition';
import type { Outcome } from '../../lib/apply/outcome';
import type { LoadedPolicy, Policy } from '../../lib/policy/policy';
import { createCollect } from '../../lib/snapshot/collect';
import type { RunSettings } from '../../lib/stages';
import type { ItemStore } from '../../lib/state/item-store';
import { createMemoryStore } from '../../lib/state/memory-store';
import type { Request } from '../../lib/trigger/request';
import type { Site } from '../infra/local/services/ecs/a-site';
import { aRequest } from '../snapshot/a-collector';
import { place } from '../support/action-builders';
import { clientSettings } from '../support/local-account';
import { aLoadedPolicy } from '../support/policy-builders';
import { workloadClients } from '../support/workload-clients';

const running: RunSettings = { dryRun: false };
const READS = /^(Describe|List|Get)/;

export interface Healing {
  readonly policy?: Partial<Policy>;
  readonly enforcementOn?: boolean;
  /** The policy as it is read right before a write. */
  readonly fresh?: (loaded: LoadedPolicy) => LoadedPolicy;
  /** Right before the last look: the world may move. */
  readonly meanwhile?: () => unknown;
  /** Of its own if absent. */
  readonly store?: ItemStore;
}

/** With the surroundings that a sweep has. */
export function aHealingController(site: Site, options: Healing = {}) {
  const { policy = {}, enforcementOn = true, fresh = (same: LoadedPolicy) => same, meanwhile } = options;
  const clients = workloadClients(site.account);
  const { clock } = site;
  const now = () => clock.now();
  const loaded = { ...aLoadedPolicy({ mode: 'enforce', ...policy }), enforcementOn };
  const load = () => Promise.resolve(loaded);
  const collect = createCollect({
    reads: { ...createReads(clients), ...surroundingReads(clients) },
    place: { ...place, partition: 'aws' },
    now,
  });
  let looks = 0;
  const controller = assembleController({
    ...{ now, meter: clients.meter, writes: writePorts(clients) },
    store: options.store ?? createMemoryStore({ now }),
    async collect(...asked) {
      if (looks++ > 0) await meanwhile?.();
      return collect(...asked);
    },
    policy: { load, loadForPart: load, loadFresh: () => Promise.resolve(fresh(loaded)) },
    sleep: (milliseconds) => clock.advance(milliseconds),
  });
  const written: string[] = [];
  // a refused write counts as one: nobody else writes while the controller runs
  let isRunning = false;
  site.account.interceptors.push(({ operation }) => {
    if (isRunning && !READS.test(operation)) written.push(operation);
  });
  const pass = async (settings = running, request: Request = aRequest('account', place.account)) => {
    written.length = 0;
    looks = 0;
    isRunning = true;
    const { report } = await controller.reconcile([request], settings);
    isRunning = false;
    return report;
  };
  return { pass, written };
}

/** As a run's report has it, tags aside. */
export const changes = (actions: readonly Outcome[]): readonly Outcome[] =>
  actions.filter(({ action }) => action.kind !== 'tag' && action.kind !== 'untag');

export const inShort = ({ action, status, code }: Outcome): readonly string[] => [action.kind, status, code ?? ''];

export function ec2Of({ account }: Site): EC2Client {
  return new EC2Client(clientSettings(account));
}

export async function describeInstance(site: Site, id: string): Promise<Instance> {
  const { Reservations = [] } = await ec2Of(site).send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations[0]?.Instances?.[0] ?? {};
}

/** Ids of the instance's interfaces that have a primary IPv6 address. */
export async function primariesOf(site: Site, id: string): Promise<readonly (string | undefined)[]> {
  const { NetworkInterfaces = [] } = await describeInstance(site, id);
  return NetworkInterfaces.filter(({ Ipv6Addresses = [] }) =>
    Ipv6Addresses.some(({ IsPrimaryIpv6 }) => IsPrimaryIpv6),
  ).map(({ NetworkInterfaceId }) => NetworkInterfaceId);
}
