/** What a fleet consists of, before anything is made: services with their tasks and hosts, and the faults among them. */

/** What is wrong with a service, if anything. */
export type ServiceFault =
  /** Its subnets have IPv4 only, and so have its tasks and its target group. */
  | 'ipv4-network'
  /** Its image comes from a registry by an IPv4-only name. */
  | 'ipv4-image'
  /** A target stayed behind in its target group. */
  | 'orphan-target'
  /** An instance stayed behind in its Cloud Map service. */
  | 'orphan-registration';

/** `no-primary-ipv6`: nothing can be registered on it, so nothing runs there. */
export type HostFault = 'old-agent' | 'no-primary-ipv6';

export interface ServicePlan {
  readonly name: string;
  /** `awsvpc` runs on Fargate, `bridge` on the hosts of the cluster. */
  readonly networkMode: 'awsvpc' | 'bridge';
  readonly tasks: number;
  readonly targetGroup: boolean;
  readonly registry: boolean;
  readonly fault?: ServiceFault;
}

export interface ClusterPlan {
  readonly name: string;
  readonly services: readonly ServicePlan[];
  /** One for each host that is not as it should be. */
  readonly hostFaults: readonly HostFault[];
}

export interface FleetPlan {
  readonly clusters: readonly ClusterPlan[];
}

/** Bridge tasks on one host. */
export const TASKS_PER_HOST = 20;
/** As many as listeners fit on one load balancer, were all of them behind it. */
const SERVICES_PER_CLUSTER = 50;
/** Tasks of services in turn: small ones and large ones, as many on Fargate as on hosts. */
const SIZES = [12, 4, 100, 200, 25, 8, 60, 33, 50, 8] as const;
/** Services after which the faults come again. */
const PERIOD = 20;

const SERVICE_FAULTS: Readonly<Record<number, ServiceFault>> = {
  4: 'orphan-target',
  6: 'orphan-registration',
  8: 'ipv4-image',
  10: 'ipv4-network',
};
const HOST_FAULTS: Readonly<Record<number, HostFault>> = { 3: 'no-primary-ipv6', 13: 'old-agent' };

function servicePlan(index: number, left: number): ServicePlan {
  const place = index % PERIOD;
  const fault = SERVICE_FAULTS[place];
  return {
    name: `service-${String(index)}`,
    networkMode: index % 2 === 0 ? 'awsvpc' : 'bridge',
    tasks: Math.min(SIZES[index % SIZES.length] ?? 1, left),
    targetGroup: place % 4 < 2 || fault === 'ipv4-network',
    registry: (place % 4 === 2 && fault !== 'ipv4-network') || place % 8 === 7,
    ...(fault && { fault }),
  };
}

function servicePlans(tasks: number): readonly ServicePlan[] {
  const plans: ServicePlan[] = [];
  for (let left = tasks; left > 0;) {
    const plan = servicePlan(plans.length, left);
    plans.push(plan);
    left -= plan.tasks;
  }
  return plans;
}

/** A fleet of so many tasks; the same number gives the same fleet. About 50 tasks a service, 2,500 a cluster. */
export function planFleet(tasks: number): FleetPlan {
  const services = servicePlans(tasks);
  const clusters: ClusterPlan[] = [];
  for (let start = 0; start < services.length; start += SERVICES_PER_CLUSTER) {
    const some = services.slice(start, start + SERVICES_PER_CLUSTER);
    const hostFaults = some.flatMap((_, index) => HOST_FAULTS[(start + index) % PERIOD] ?? []);
    clusters.push({ name: `fleet-${String(clusters.length)}`, services: some, hostFaults });
  }
  return { clusters };
}
