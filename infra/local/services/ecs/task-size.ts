import { clientError } from './ecs-error';

/** CPU units in a vCPU, MiB in a GB: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size */
const UNITS = 1_024;

export interface TaskSize {
  /** CPU units. */
  readonly cpu: number | undefined;
  /** MiB. */
  readonly memory: number | undefined;
}

/** Reads `256`, `.25 vCPU`, `512`, `0.5GB`. */
export function taskSize(given: { readonly cpu?: string | undefined; readonly memory?: string | undefined }): TaskSize {
  return {
    cpu: given.cpu === undefined ? undefined : units(given.cpu, /^([\d.]+)\s*vcpu$/i, 'cpu'),
    memory: given.memory === undefined ? undefined : units(given.memory, /^([\d.]+)\s*gb$/i, 'memory'),
  };
}

function units(text: string, large: RegExp, setting: string): number {
  const inLarge = large.exec(text.trim())?.[1];
  const amount = inLarge === undefined ? Number(text) : Number(inLarge) * UNITS;
  if (!Number.isInteger(amount) || amount <= 0) throw clientError(`Invalid '${setting}' setting for task. ${text}`);
  return amount;
}

interface FargateSize {
  readonly cpu: number;
  /** MiB: each of `sizes`, or every `step` from `min` to `max`. */
  readonly sizes?: readonly number[];
  readonly range?: { readonly min: number; readonly max: number; readonly step: number };
}

const gb = (amount: number): number => amount * UNITS;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const FARGATE_SIZES: readonly FargateSize[] = [
  { cpu: 256, sizes: [512, gb(1), gb(2)] },
  { cpu: 512, range: { min: gb(1), max: gb(4), step: gb(1) } },
  { cpu: 1_024, range: { min: gb(2), max: gb(8), step: gb(1) } },
  { cpu: 2_048, range: { min: gb(4), max: gb(16), step: gb(1) } },
  { cpu: 4_096, range: { min: gb(8), max: gb(30), step: gb(1) } },
  { cpu: 8_192, range: { min: gb(16), max: gb(60), step: gb(4) } },
  { cpu: 16_384, range: { min: gb(32), max: gb(120), step: gb(8) } },
];

/** Does Fargate offer this combination? */
export function fitsFargate(cpu: number, memory: number): boolean {
  const offer = FARGATE_SIZES.find((each) => each.cpu === cpu);
  if (!offer) return false;
  if (offer.sizes) return offer.sizes.includes(memory);
  const { min, max, step } = offer.range ?? { min: 0, max: -1, step: 1 };
  return memory >= min && memory <= max && (memory - min) % step === 0;
}
