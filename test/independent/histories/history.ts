/** A history: what people and the world do, one deed after the other, and the weather in which the controller sees it. */
import type { CallFault, Moment } from '../../../infra/local/weather/call-rule';

export const serviceNames = ['web', 'edge', 'legacy'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Where strangers register: in the group of `web` (addresses) or `edge` (hosts), in the Cloud Map service of `web`. */
export const holderNames = ['web', 'edge', 'registry'] as const;
export type HolderName = (typeof holderNames)[number];

/** `exempt`: strangers of number 1 are; `narrow`: it is about another cluster; `broken`: it is invalid. */
export const flavours = ['plain', 'exempt', 'narrow', 'dual-stack', 'broken'] as const;

export interface PolicyTerms {
  readonly mode: 'observe' | 'tag' | 'enforce';
  readonly flavour: (typeof flavours)[number];
  readonly perRun: number;
  readonly perHour: number;
  readonly orphanMinutes: number;
}

export type Deed =
  | { readonly do: 'create'; readonly service: ServiceName; readonly exec: boolean }
  | { readonly do: 'delete' | 'stop-task'; readonly service: ServiceName }
  | { readonly do: 'scale'; readonly service: ServiceName; readonly count: number }
  | { readonly do: 'deploy'; readonly service: ServiceName; readonly exec: boolean; readonly revision: number }
  | { readonly do: 'launch'; readonly primaryIpv6: boolean; readonly agent: string }
  | { readonly do: 'terminate' }
  /** `theirs`: an address that an interface holds, or the name of somebody else's service: never to be removed. */
  | { readonly do: 'register'; readonly where: HolderName; readonly number: number; readonly theirs: boolean }
  | { readonly do: 'deregister'; readonly where: HolderName; readonly number: number }
  /** What a task owns is taken out by hand: ECS puts it back. */
  | { readonly do: 'take-out'; readonly where: HolderName }
  | { readonly do: 'policy'; readonly terms: PolicyTerms }
  | { readonly do: 'switch'; readonly to: 'on' | 'off' | 'gone' }
  /** Somebody takes the controller's tags off. */
  | { readonly do: 'untag'; readonly service: ServiceName };

/** A deed, so many minutes after the one before. */
export type Step = Deed & { readonly after: number };

/** What becomes of an event on its way: how many minutes late it is, or that it comes twice, or never. */
export type Fate = number | 'twice' | 'never';

interface Span {
  /** Steps during which it lasts, from 0. */
  readonly from: number;
  readonly until: number;
  /** Of the calls that it is about, from 0 to 1. */
  readonly share: number;
}

/** `repeat`: the SDK sends the call once more, because no answer to the first one came: both take effect. */
export interface CallWeather extends Span {
  readonly match: string;
  readonly fault: Exclude<CallFault, 'kill'> | 'repeat';
  readonly when: Moment;
}

/**
 * Of the state store. `before`, `after`: it fails, and the write was made or not; `doubt`: the write was made, tried once
 * more by the SDK, and refused then because of itself.
 */
export interface StoreWeather extends Span {
  readonly fault: 'before' | 'after' | 'doubt';
}

export interface Weather {
  /** Of the first event, the second, and so on, over and over; none: all come at once. */
  readonly fates: readonly Fate[];
  /** The newest event of a batch comes first. */
  readonly reversed: boolean;
  /** Every batch, and every sweep, is worked off by two functions at the same time. */
  readonly twins: boolean;
  readonly calls: readonly CallWeather[];
  readonly store: readonly StoreWeather[];
}

export interface History {
  /** Of the policy that there is at first. */
  readonly terms: PolicyTerms;
  readonly steps: readonly Step[];
  readonly weather: Weather;
}

export const fairWeather: Weather = { fates: [], reversed: false, twins: false, calls: [], store: [] };
