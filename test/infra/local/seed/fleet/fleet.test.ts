import { describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import { createWorld } from '../../../../../infra/local/kernel/world';
import { createFleet } from '../../../../../infra/local/seed/fleet/fleet';
import { planFleet } from '../../../../../infra/local/seed/fleet/fleet-plan';

async function aFleet(tasks: number) {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const scope = createWorld({ clock }).scope('111122223333', 'eu-west-2');
  return { clock, ...(await createFleet({ scope, clock }, planFleet(tasks))) };
}

describe('a fleet', () => {
  it.each([1, 12, 1_000])('of %d tasks has as many, in services that are at rest and stay so', async (tasks) => {
    const { services, clock } = await aFleet(tasks);
    const running = () => services.flatMap(({ service }) => [...service.tasks].map(({ arn }) => arn));
    const before = running();
    expect(before).toHaveLength(tasks);
    await clock.advance(300_000);
    expect(running()).toEqual(before);
    const states = services.map(({ service }) => [service.steady, service.deployments[0]?.rolloutState]);
    expect(new Set(states.map(String))).toEqual(new Set(['true,COMPLETED']));
  });

  it('is the same each time', async () => {
    const arns = async () => (await aFleet(40)).services.flatMap(({ tasks }) => tasks.map(({ arn }) => arn));
    expect(await arns()).toEqual(await arns());
  });
});
