import { expect, it } from '@jest/globals';
import { buildFloor } from '../../../scripts/bench/cold/floor';
import { functionParts } from '../../../scripts/bench/cold/function-parts';

/** What a function may load until it is ready, over its clients and commands alone. */
const MAX_RATIO = 1.3;

const BUILD_MS = 120_000;

it.each(['notify', 'reconcile-instances', 'reconcile-tasks'])(
  '%s loads little before it is ready, and nothing of the rules',
  async (name) => {
    const { ready, whole } = await functionParts(name);
    const floor = await buildFloor(ready.calls);
    expect([...ready.calls.keys()]).toEqual(['@aws-sdk/client-ssm']);
    expect(ready.bytes / floor.length).toBeLessThanOrEqual(MAX_RATIO);
    expect(whole.bytes).toBeGreaterThan(2 * ready.bytes);
  },
  BUILD_MS,
);
