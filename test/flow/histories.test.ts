/** A short game of what `.ci/steps/histories.sh` plays at length: docs/histories.md. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { createLives } from '../independent/histories/live';
import { play } from '../independent/histories/play';
import { plants } from '../independent/histories/plants';

const game = { seed: 1, histories: 6, seconds: 300, shrinks: false };

afterAll(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
});

describe('random histories', () => {
  it('come to the same end in any weather', async () => {
    const { histories, failure } = await play(game, await createLives());
    expect({ histories, failure }).toEqual({ histories: game.histories, failure: undefined });
  }, 300_000);

  it('do not where the controller forgets what is over', async () => {
    const { failure } = await play(game, await createLives(plants['endings']));
    expect(failure?.wrong.join()).toContain('remembered, and not there');
  }, 300_000);
});
