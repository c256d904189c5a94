/** Calls as they went over the wire, repeated attempts included. */
export interface CallCounts {
  /** By IAM action, e.g. `{"ecs:DescribeTasks": 3}`. */
  readonly apiCalls: Readonly<Record<string, number>>;
  /** How many of them AWS refused for their rate. */
  readonly throttled: number;
}

export interface CallMeter {
  called(action: string): void;
  throttled(): void;
  /** What was counted since the last time, in alphabetical order. */
  take(): CallCounts;
}

export function createCallMeter(): CallMeter {
  const calls = new Map<string, number>();
  let throttled = 0;
  return {
    called(action) {
      calls.set(action, (calls.get(action) ?? 0) + 1);
    },
    throttled() {
      throttled += 1;
    },
    take() {
      const counts = { apiCalls: Object.fromEntries([...calls].sort()), throttled };
      calls.clear();
      throttled = 0;
      return counts;
    },
  };
}
