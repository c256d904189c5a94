/**
 * How many tasks a service starts and which it stops: the rolling update of
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */

/** A task that is meant to run. */
export interface TaskFact {
  readonly id: string;
  /** Of the primary deployment, on a host that may keep it. */
  readonly current: boolean;
  readonly running: boolean;
  /** Running, and its load balancers agree. */
  readonly healthy: boolean;
  /** May not be stopped, whatever is wanted. */
  readonly spared?: boolean;
}

export interface ServiceFacts {
  readonly desired: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  /** Oldest first. */
  readonly tasks: readonly TaskFact[];
}

export interface Decision {
  readonly start: number;
  readonly stop: readonly string[];
  /** The two percentages leave no way forward. */
  readonly stuck: boolean;
}

export function decide({ desired, tasks, ...percent }: ServiceFacts): Decision {
  const lower = Math.ceil((desired * percent.minimumHealthyPercent) / 100);
  const upper = Math.floor((desired * percent.maximumPercent) / 100);
  const current = tasks.filter((task) => task.current);
  const old = tasks.filter((task) => !task.current);

  const excess = surplus(current.filter(mayStop), current.length - desired);
  const replaced = replaceable(
    old.filter(mayStop),
    tasks.filter(({ healthy }) => healthy).length - excess.filter(isHealthy).length - lower,
  );
  const stop = [...excess, ...replaced];
  const missing = Math.max(0, desired - current.length);
  // Room that stopping makes is used in the next pass.
  const start = Math.max(0, Math.min(missing, upper - tasks.length));
  const idle = start === 0 && stop.length === 0 && tasks.every(({ running }) => running);
  return { start, stop: stop.map(({ id }) => id), stuck: idle && missing > 0 };
}

/** Those that matter least go first: not running yet, not healthy, then the newest. */
function surplus(current: readonly TaskFact[], count: number): readonly TaskFact[] {
  if (count <= 0) return [];
  return [...current]
    .reverse()
    .sort((one, other) => worth(one) - worth(other))
    .slice(0, count);
}

/** Old tasks that serve nobody go at once; healthy ones as far as the lower limit allows. */
function replaceable(old: readonly TaskFact[], spare: number): readonly TaskFact[] {
  const useless = old.filter((task) => !task.healthy);
  return [...useless, ...old.filter(isHealthy).slice(0, Math.max(0, spare))];
}

function isHealthy({ healthy }: TaskFact): boolean {
  return healthy;
}

function mayStop({ spared }: TaskFact): boolean {
  return spared !== true;
}

function worth({ running, healthy }: TaskFact): number {
  return Number(running) + Number(healthy);
}
