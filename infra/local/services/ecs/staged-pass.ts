/**
 * A deployment that brings up all new tasks beside the old ones and then moves the traffic, stage by stage:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html
 */
import type { ServiceDeploymentLifecycleStage } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { enterStage } from './deployment';
import { failDeployment } from './deployment-failure';
import type { DeploymentRecord, ServiceRecord } from './records';
import type { ServiceDeploymentRecord } from './rollout-records';
import { isHealthy } from './task-health';
import { isWanted } from './task-status';
import { shiftTraffic, trafficFault } from './traffic';

const MINUTE_MS = 60_000;

interface Step {
  readonly scope: Scope;
  readonly service: ServiceRecord;
  readonly deployment: DeploymentRecord;
  readonly record: ServiceDeploymentRecord;
}

interface Stage {
  readonly name: ServiceDeploymentLifecycleStage;
  /** What the stage brings about once it is over. */
  readonly act?: (step: Step) => void;
  /** Milliseconds that the stage still takes; Infinity if it waits for tasks. */
  readonly left?: (step: Step) => number;
}

const STAGES: readonly Stage[] = [
  { name: 'RECONCILE_SERVICE', left: (step) => (hasStrangers(step) ? Infinity : 0) },
  { name: 'PRE_SCALE_UP', act: checkTraffic },
  { name: 'SCALE_UP', left: (step) => (isUp(step) ? 0 : Infinity) },
  { name: 'POST_SCALE_UP' },
  {
    name: 'TEST_TRAFFIC_SHIFT',
    act: ({ scope, deployment }) => shiftTraffic(scope, deployment, 'testListenerRule'),
  },
  { name: 'POST_TEST_TRAFFIC_SHIFT' },
  {
    name: 'PRODUCTION_TRAFFIC_SHIFT',
    act: ({ scope, service, deployment }) => {
      shiftTraffic(scope, deployment, 'productionListenerRule');
      service.serving = deployment;
    },
  },
  { name: 'POST_PRODUCTION_TRAFFIC_SHIFT' },
  { name: 'BAKE_TIME', left: bakeTimeLeft },
  { name: 'CLEAN_UP' },
];

/** The stage that a deployment is in, if tasks of two revisions must live side by side in it. */
export function stagedStep(scope: Scope, service: ServiceRecord, deployment: DeploymentRecord): Step | undefined {
  const { serviceDeployment: record, rolloutState } = deployment;
  if (!record?.stage || record.stage === 'CLEAN_UP' || record.rollback || rolloutState !== 'IN_PROGRESS')
    return undefined;
  return { scope, service, deployment, record };
}

/** Which tasks are wanted now: the new ones, those that have the traffic, and no others. */
export function keptDeployments({ service, deployment, record }: Step): readonly DeploymentRecord[] {
  const blue = service.deployments.find((each) => each === deployment.blue);
  if (record.stage === 'RECONCILE_SERVICE') return blue ? [blue] : [];
  return blue ? [deployment, blue] : [deployment];
}

/** Goes on to the next stage if the present one is over; answers when to look again. */
export function advance(step: Step): number | undefined {
  const { scope, record } = step;
  const index = STAGES.findIndex(({ name }) => name === record.stage);
  const { left = () => 0, act = () => undefined }: Partial<Stage> = STAGES[index] ?? {};
  const wait = left(step);
  if (wait > 0) return Number.isFinite(wait) ? wait : undefined;
  act(step);
  if (isGoingOn(record)) enterStage(scope, record, STAGES[index + 1]?.name ?? 'CLEAN_UP');
  return 0;
}

/** Acting may have ended the deployment. */
function isGoingOn({ rollback, status }: ServiceDeploymentRecord): boolean {
  return rollback === undefined && status === 'IN_PROGRESS';
}

function checkTraffic({ scope, service, deployment }: Step): void {
  const why = trafficFault(scope, deployment);
  if (why !== undefined) failDeployment(scope, service, { deployment, why, rollback: true });
}

function isUp({ scope, service, deployment }: Step): boolean {
  const tasks = [...service.tasks].filter((task) => isWanted(task) && task.deployment === deployment);
  return tasks.length === service.desiredCount && tasks.every((task) => isHealthy(scope, task));
}

/** Tasks of a deployment that was given up half-way. */
function hasStrangers({ service, deployment }: Step): boolean {
  return [...service.tasks].some((task) => task.deployment !== deployment && task.deployment !== deployment.blue);
}

/** Nothing has to be watched beside what came first: a guess. */
function bakeTimeLeft({ scope, deployment, record }: Step): number {
  if (!deployment.blue) return 0;
  const due = record.stageSince.getTime() + (record.configuration.bakeTimeInMinutes ?? 0) * MINUTE_MS;
  return Math.max(0, due - scope.clock.now().getTime());
}
