/** What ECS keeps of service revisions, service deployments and task sets. */
import type {
  DeploymentConfiguration,
  Scale,
  ServiceDeploymentLifecycleStage,
  ServiceDeploymentStatus,
} from '@aws-sdk/client-ecs';
import type { DeploymentRecord, Revision, Tags } from './records';

/** A revision under its name in the API; a rollback leads back to the same one. */
export interface ServiceRevisionRecord {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly revision: Revision;
}

/** One attempt to bring a revision out, its rollback included. */
export interface ServiceDeploymentRecord {
  readonly sequence: number;
  readonly arn: string;
  readonly createdAt: Date;
  updatedAt: Date;
  finishedAt: Date | undefined;
  stoppedAt: Date | undefined;
  status: ServiceDeploymentStatus;
  statusReason: string | undefined;
  /** Rolling deployments have none. */
  stage: ServiceDeploymentLifecycleStage | undefined;
  stageSince: Date;
  readonly target: ServiceRevisionRecord;
  readonly sources: readonly ServiceRevisionRecord[];
  readonly configuration: DeploymentConfiguration;
  /** Tasks of the target that failed. */
  failures: number;
  breakerTripped: boolean;
  rollback: { readonly reason: string; readonly startedAt: Date; readonly target: ServiceRevisionRecord } | undefined;
}

/** Which of the two target groups of a blue/green load balancer the tasks of a deployment are in. */
export type Side = 'primary' | 'alternate';

export interface TaskSetRecord {
  /** `ecs-svc/` and digits, which `startedBy` of its tasks has too. */
  readonly id: string;
  readonly arn: string;
  readonly externalId: string | undefined;
  /** Who made it: `CODE_DEPLOY`, or nothing for external controllers. */
  readonly startedBy: string | undefined;
  status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
  scale: Required<Scale>;
  /** What its tasks were started with. */
  readonly rollout: DeploymentRecord;
  readonly createdAt: Date;
  updatedAt: Date;
  stability: 'STEADY_STATE' | 'STABILIZING';
  stabilityAt: Date;
  tags: Tags;
  /** Tells a repeated creation from a different one. */
  readonly clientToken: string | undefined;
}
