/** Settings of a service apart from what a deployment rolls out: their defaults and their limits. */
import type { DeploymentConfiguration, PlacementConstraint, PlacementStrategy } from '@aws-sdk/client-ecs';
import { invalidParameter, notSimulated } from './ecs-error';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html */
const DEFAULTS = { maximumPercent: 200, minimumHealthyPercent: 100 };
const MAX_BAKE_MINUTES = 1_440;

/** Fills in what is left out from what holds so far, or from AWS's defaults. */
export function deploymentConfiguration(
  given: DeploymentConfiguration = {},
  present: DeploymentConfiguration = DEFAULTS,
): DeploymentConfiguration {
  const merged = {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    ...present,
    ...given,
  };
  checkStages(merged);
  const { maximumPercent = 0, minimumHealthyPercent = 0 } = merged;
  if (minimumHealthyPercent < 0 || maximumPercent < minimumHealthyPercent) {
    throw invalidParameter('maximumPercent must not be less than minimumHealthyPercent.');
  }
  if (maximumPercent === minimumHealthyPercent && maximumPercent === 100) {
    throw invalidParameter(
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    );
  }
  return merged;
}

/** Canary and linear shifting, lifecycle hooks and alarms are not there. */
function checkStages({ strategy = 'ROLLING', bakeTimeInMinutes = 0 }: DeploymentConfiguration): void {
  if (strategy !== 'ROLLING' && strategy !== 'BLUE_GREEN') throw notSimulated(`Deployment strategy ${strategy}`);
  if (bakeTimeInMinutes >= 0 && bakeTimeInMinutes <= MAX_BAKE_MINUTES) return;
  throw invalidParameter(`bakeTimeInMinutes must be between 0 and ${MAX_BAKE_MINUTES}.`);
}

const FIELDS: Readonly<Record<string, RegExp>> = {
  spread: /^(instanceId|host|attribute:.+)$/,
  binpack: /^(cpu|memory)$/i,
  random: /^$/,
};

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html */
export function placementStrategy(given: readonly PlacementStrategy[] = []): PlacementStrategy[] {
  return given.map(({ type = 'random', field = '' }) => {
    if (!FIELDS[type]?.test(field)) throw invalidParameter(`Placement strategy ${type} cannot use field '${field}'.`);
    if (type === 'binpack') return { type, field: field.toUpperCase() };
    return type === 'random' ? { type } : { type, field: field === 'host' ? 'instanceId' : field };
  });
}

/** `memberOf` needs the cluster query language, which is not there. */
export function placementConstraints(given: readonly PlacementConstraint[] = []): PlacementConstraint[] {
  if (given.some(({ type }) => type === 'memberOf')) throw notSimulated('Placement constraint memberOf');
  return [...given];
}
