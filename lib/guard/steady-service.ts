import type { Service } from '../snapshot/snapshot';

/** Why the service had better be left alone for now: others deploy it, or ECS is at it. Nothing: it is at rest. */
export function whyUnsteady({ name, deploymentController, deployments }: Service): string | undefined {
  if (deploymentController !== 'ECS') return `${name} is deployed by ${deploymentController}, not by ECS`;
  const [deployment, ...others] = deployments;
  const isSteady = deployment !== undefined && others.length === 0 && deployment.rolloutState !== 'IN_PROGRESS';
  return isSteady ? undefined : `a deployment of ${name} is in progress`;
}
