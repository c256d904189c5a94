/** A snapshot in the making. */
import type { Read } from '../aws/read';
import type { Place } from './ec2-shapes';
import type { Gap } from './gap';
import type { CollectedKind, Collection, Collections, Snapshot } from './snapshot';

type Item<Map> = Map extends ReadonlyMap<string, infer Resource> ? Resource : never;
type Growing = { readonly [Name in keyof Collections]: Map<string, Item<Collections[Name]>> };

export interface Draft extends Growing {
  readonly place: Place;
  readonly takenAt: Date;
  readonly judged: Map<CollectedKind, Set<string>>;
  readonly covered: Set<string>;
  readonly gone: Set<string>;
  readonly unregisteredInstances: Set<string>;
  readonly registrars: {
    readonly primary: Map<string, string[]>;
    readonly secondary: Map<string, string[]>;
    readonly autoScalingGroups: Map<string, string[]>;
  };
  hasSurroundings: boolean;
  readonly gaps: Gap[];
}

export function createDraft(place: Place, takenAt: Date): Draft {
  return {
    ...{ place, takenAt },
    clusters: new Map(),
    services: new Map(),
    tasks: new Map(),
    taskDefinitions: new Map(),
    containerInstances: new Map(),
    instances: new Map(),
    subnets: new Map(),
    vpcs: new Map(),
    routeTables: new Map(),
    securityGroups: new Map(),
    networkAcls: new Map(),
    vpcEndpoints: new Map(),
    flowLogs: new Map(),
    accounts: new Map(),
    targetGroups: new Map(),
    loadBalancers: new Map(),
    targetGroupSettings: new Map(),
    latticeTargetGroups: new Map(),
    targets: new Map(),
    cloudMapServices: new Map(),
    cloudMapInstances: new Map(),
    images: new Map(),
    instanceTypes: new Map(),
    hostSettings: new Map(),
    capacityProviders: new Map(),
    autoScalingGroups: new Map(),
    launchTemplates: new Map(),
    fileSystems: new Map(),
    addressHolders: new Map(),
    judged: new Map(),
    covered: new Set(),
    gone: new Set(),
    unregisteredInstances: new Set(),
    registrars: { primary: new Map(), secondary: new Map(), autoScalingGroups: new Map() },
    hasSurroundings: false,
    gaps: [],
  };
}

/** Marks a resource as one that this snapshot was made to judge. */
export function judge({ judged }: Draft, kind: CollectedKind, key: string): void {
  const keys = judged.get(kind);
  if (keys) keys.add(key);
  else judged.set(kind, new Set([key]));
}

/** What could not be read becomes gaps; true if there was nothing of the kind. */
export function noteGaps(draft: Draft, collection: Collection, read: Pick<Read<unknown>, 'failures'>): boolean {
  for (const { action, kind, message, keys } of read.failures) {
    draft.gaps.push({ call: action, reason: kind, message, collection, resources: keys });
  }
  return read.failures.length === 0;
}

/** As `noteGaps`, for a list: nobody knows what it would have held. */
export function noteListGaps(draft: Draft, collection: Collection, read: Pick<Read<unknown>, 'failures'>): boolean {
  const failures = read.failures.map((failure) => {
    const of = failure.keys.length > 0 ? ` (${failure.keys.join(', ')})` : '';
    return { ...failure, message: `${failure.message}${of}`, keys: [] };
  });
  return noteGaps(draft, collection, { failures });
}

/** One gap for each call, reason and collection, however many calls failed alike. */
function merged(gaps: readonly Gap[]): readonly Gap[] {
  const byCause = new Map<string, Gap>();
  for (const gap of gaps) {
    const cause = [gap.call, gap.reason, gap.collection].join('|');
    const known = byCause.get(cause);
    const isWhole = gap.resources.length === 0 || known?.resources.length === 0;
    const resources = isWhole ? [] : [...new Set([...(known?.resources ?? []), ...gap.resources])];
    byCause.set(cause, { ...(known ?? gap), resources });
  }
  return [...byCause.values()];
}

/** What is known so far, as a snapshot of its own: lookups over it are built anew. */
export function toSnapshot(draft: Draft): Snapshot {
  const { place, ...rest } = draft;
  return { ...rest, ...place, gaps: merged(draft.gaps) };
}
