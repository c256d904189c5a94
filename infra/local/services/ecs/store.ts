import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { ClusterRecord, DefinitionRecord, TaskRecord } from './records';

/** Everything that ECS keeps for one account and region. */
export interface EcsState {
  /** By name. */
  readonly clusters: Map<string, ClusterRecord>;
  /** Revisions by family, oldest first; revision n is at n - 1. */
  readonly families: Map<string, DefinitionRecord[]>;
  /** RunTask calls by cluster and client token: their parameters and tasks. */
  readonly runTokens: Map<string, { readonly request: string; readonly tasks: readonly TaskRecord[] }>;
  /** Clusters, services, tasks and container instances made so far. */
  made: number;
  /** Values that differ from the default, by principal ARN (`default` for everyone) and setting. */
  readonly settings: Map<string, Map<string, string>>;
}

export const ecsState = defineReplicatedStore<EcsState>(() => ({
  clusters: new Map(),
  families: new Map(),
  runTokens: new Map(),
  made: 0,
  settings: new Map(),
}));

/** The next number in the order of making, from 1 on. */
export function nextSequence(scope: Scope): number {
  const state = ecsState(scope);
  state.made += 1;
  return state.made;
}
