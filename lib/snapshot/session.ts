import type { Cluster as EcsCluster } from '@aws-sdk/client-ecs';
import type { DescribedTaskDefinition } from '../aws/ecs-reads';
import type { Reads } from '../aws/reads';
import type { Draft } from './draft';
import type { Image, InstanceType } from './host-resources';
import type { Service } from './snapshot';
import type { Wanted } from './wanted';

/** One pass of collecting: what is wanted, how to read it, and what was read. */
export interface Session {
  readonly reads: Reads;
  readonly wanted: Wanted;
  readonly draft: Draft;
  /** Tags of target groups, Cloud Map services and task definitions are read, at a call of their own. */
  readonly withTags: boolean;
  /**
   * What the judged things stand on is judged as well: networks, launch templates, file systems, the account. Events do
   * without, so that a burst of them costs a handful of calls; sweeps and people get it.
   */
  readonly withSurroundings: boolean;
  /** What ECS registered may be removed: then it is looked at as closely as what looks like an orphan. */
  readonly takesOwned: boolean;
  /** Revisions never change, so they are kept from pass to pass; their tags do. */
  readonly definitions: Map<string, DescribedTaskDefinition>;
  /** Neither do images and instance types. */
  readonly hostCache: HostCache;
  readonly progress: Progress;
}

export interface HostCache {
  /** By id. */
  readonly images: Map<string, Image>;
  /** By name. */
  readonly instanceTypes: Map<string, InstanceType>;
}

/** What later steps have to know of earlier ones. */
export interface Progress {
  /** Clusters that are read as a whole, with their counters where they could be described. */
  readonly wholeClusters: Map<string, EcsCluster | undefined>;
  /** Of those, the ones of which something could not be read. */
  readonly incompleteClusters: Set<string>;
  /** Every cluster of the account and region, once listed. */
  allClusters?: Promise<ReadonlyMap<string, EcsCluster | undefined>>;
  /** Every service of the account and region, once looked through. */
  allServices?: Promise<readonly Service[]>;
  /** Clusters all of whose services are in the draft, or were tried to be. */
  readonly servicesListed: Set<string>;
  /** Clusters all of whose container instances are in the draft, or were tried to be. */
  readonly hostsListed: Set<string>;
  /** Services that were looked for, found or not. */
  readonly servicesSought: Set<string>;
  /** Services whose tasks are needed. */
  readonly servicesWithTasks: Set<string>;
  /** Clusters of the hosts that were asked for. */
  readonly hostClusters: Set<string>;
}

export function createProgress(): Progress {
  return {
    wholeClusters: new Map(),
    incompleteClusters: new Set(),
    servicesListed: new Set(),
    hostsListed: new Set(),
    servicesSought: new Set(),
    servicesWithTasks: new Set(),
    hostClusters: new Set(),
  };
}
