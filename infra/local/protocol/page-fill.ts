/**
 * How much of what it could a page holds. Some services promise less than they usually give: fewer items than asked for
 * although more follow, or none at all and a token.
 */
import type { Place } from './page-tokens';
import type { Fields } from './wire';

interface Promised {
  /** Member of the input with the size of a page. */
  readonly size: string;
  /** Size if none is asked for; absent: only a call that asks for a size is paged. */
  readonly usual?: number;
  /** Least that may be asked for. */
  readonly least: number;
  /** A page may hold nothing and still have a successor. */
  readonly mayBeEmpty: boolean;
}

/** By IAM prefix, or by action where not all operations of a service say so. */
const PROMISED: Readonly<Record<string, Promised>> = {
  // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html
  autoscaling: { size: 'MaxRecords', least: 1, mayBeEmpty: false },
  // "even if you receive less than MaxResults items, including zero items":
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination
  ec2: { size: 'MaxResults', least: 5, mayBeEmpty: true },
  // "It's possible the number of results to be fewer": https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
  ecs: { size: 'maxResults', least: 1, mayBeEmpty: false },
  // "between zero and the value of MaxResults":
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html
  'ssm:DescribeParameters': { size: 'MaxResults', usual: 50, least: 1, mayBeEmpty: true },
  // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html
  'ssm:GetParametersByPath': { size: 'MaxResults', usual: 10, least: 1, mayBeEmpty: true },
};

/** How many of the pages that may be empty are. */
const EMPTY_SHARE = 0.5;
/** How many of the short pages hold hardly anything, so that small lists have several of them too. */
const TINY_SHARE = 0.5;
const TINY_SPREAD = 3;

/** Numbers from 0 to 1 that decide; absent: pages are as full as they can be. */
export interface PageChances {
  readonly short?: (() => number) | undefined;
  readonly empty?: (() => number) | undefined;
}

export interface PageFill {
  /** From now on. */
  readonly vary: (chances: PageChances) => void;
  /** The input, asking for a smaller page. */
  shortened(input: Fields, place: Place): Fields;
  /** Whether nothing of a page is given out this time; its items come with a later one. */
  isHeldBack(output: Fields, input: Fields, place: Place): boolean;
}

function promisedBy({ service, call }: Place): Promised | undefined {
  return PROMISED[`${service}:${call.operation}`] ?? PROMISED[service];
}

function sizeOf(input: Fields, { size, usual }: Promised): number | undefined {
  const asked = input[size] ?? usual;
  return typeof asked === 'number' ? asked : undefined;
}

const holdsItems = (output: Fields): boolean =>
  Object.values(output).some((value) => Array.isArray(value) && value.length > 0);

export function createPageFill(): PageFill {
  let chances: PageChances = {};
  return {
    vary(wanted) {
      chances = wanted;
    },
    shortened(input, place) {
      const promised = promisedBy(place);
      const most = promised && sizeOf(input, promised);
      if (!chances.short || !promised || most === undefined || most <= promised.least) return input;
      const { least, size } = promised;
      const spread = most - least + 1;
      const within = chances.short() < TINY_SHARE ? Math.min(TINY_SPREAD, spread) : spread;
      return { ...input, [size]: least + Math.floor(chances.short() * within) };
    },
    isHeldBack(output, input, place) {
      const promised = promisedBy(place);
      if (!chances.empty || !promised?.mayBeEmpty || sizeOf(input, promised) === undefined) return false;
      return holdsItems(output) && chances.empty() < EMPTY_SHARE;
    },
  };
}

export const withoutItems = (output: Fields): Fields =>
  Object.fromEntries(Object.entries(output).map(([name, value]) => [name, Array.isArray(value) ? [] : value]));
