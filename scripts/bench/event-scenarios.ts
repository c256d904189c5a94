/** The accounts in which the cost of the event path is measured. All of them are as they should be: nothing is found. */
import type { FleetPlan, ServicePlan } from '../../infra/local/seed/fleet/fleet-plan';

/** Tasks of every scenario, and events of every burst. */
const BURST = 1_000;

const oneService: FleetPlan = {
  clusters: [
    {
      name: 'one',
      services: [{ name: 'only', networkMode: 'awsvpc', tasks: BURST, targetGroup: true, registry: true }],
      hostFaults: [],
    },
  ],
};

const MIXED_SERVICES = 20;

/** Every second service runs in bridge mode on hosts, the first ten have a target group, every fourth a registry. */
const mixedServices = Array.from({ length: MIXED_SERVICES }, (_, index): ServicePlan => ({
  name: `mixed-${String(index)}`,
  networkMode: index % 2 === 0 ? 'awsvpc' : 'bridge',
  tasks: BURST / MIXED_SERVICES,
  targetGroup: index < 10,
  registry: index % 4 === 0,
}));

/** 2 clusters, 20 services and task definitions, 10 target groups, 5 registries, half of it in bridge mode. */
const mixed: FleetPlan = {
  clusters: ['left', 'right'].map((name, part) => ({
    name,
    services: mixedServices.filter((_, index) => Math.floor(index / 2) % 2 === part),
    hostFaults: [],
  })),
};

export const scenarios = { oneService, mixed } as const satisfies Record<string, FleetPlan>;
export type ScenarioName = keyof typeof scenarios;
