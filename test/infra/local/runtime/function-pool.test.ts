import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import { createFunctionPool, type FunctionPool } from '../../../../infra/local/runtime/functions/function-pool';

const START = new Date('2031-05-06T07:08:09Z');

/** Handlers as a bundle would export them; each test names one. */
const BUNDLE = `
exports.echo = async (event, context) => ({
  event,
  now: new Date().toISOString(),
  remaining: context.getRemainingTimeInMillis(),
  name: context.functionName,
  arn: context.invokedFunctionArn,
  variables: process.env,
});
let calls = 0;
exports.count = async () => ++calls;
exports.fails = async () => { throw new RangeError('too much'); };
exports.hangs = () => new Promise(() => setInterval(() => undefined, 1000));
exports.exits = async () => process.exit(7);
exports.hungry = async () => { const kept = []; for (;;) kept.push(new Array(1e6).fill(Math.random())); };
exports.naps = async ({ milliseconds }) => {
  console.log('napping');
  const [date, flow] = [Date.now(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return { date: Date.now() - date, flow: performance.now() - flow };
};
exports.boasts = async ({ characters }) => 'x'.repeat(characters);
exports.speaks = async () => { console.log('one line'); return null; };
`;

let folder: string;
let pool: FunctionPool | undefined;
let onLine: (line: string) => void;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'function-'));
  await writeFile(path.join(folder, 'index.js'), BUNDLE);
  onLine = () => undefined;
});
afterEach(async () => {
  pool?.stop();
  await rm(folder, { recursive: true });
});

interface Settings {
  readonly timeoutSeconds?: number;
  readonly maxConcurrency?: number;
  readonly clock?: SimulatedClock;
}

function start(handler: string, settings: Settings = {}) {
  const { clock = new SimulatedClock({ running: false, start: START }) } = settings;
  pool = createFunctionPool({
    functionName: 'probe',
    functionArn: 'arn:aws:lambda:eu-west-2:111122223333:function:probe',
    codeFolder: folder,
    handler: `index.${handler}`,
    timeoutSeconds: settings.timeoutSeconds ?? 20,
    memoryMiB: 128,
    maxConcurrency: settings.maxConcurrency ?? 2,
    variables: { GREETING: 'hello' },
    log: (line) => onLine(line),
    clock,
  });
  return { pool, clock };
}

const parsed = (payload: string): Record<string, unknown> => JSON.parse(payload) as Record<string, unknown>;

describe('a function in a process of its own', () => {
  it('gets the event, the context, the account clock and its own variables, and nothing of this process', async () => {
    process.env['SECRET_OF_THE_PARENT'] = 'x';
    const { payload, functionError } = await start('echo').pool.invoke('{"a":1}');
    delete process.env['SECRET_OF_THE_PARENT'];
    expect(functionError).toBeUndefined();
    const answer = parsed(payload);
    expect(answer).toMatchObject({
      event: { a: 1 },
      name: 'probe',
      arn: 'arn:aws:lambda:eu-west-2:111122223333:function:probe',
      variables: { GREETING: 'hello', AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128' },
    });
    expect(answer['variables']).not.toHaveProperty('SECRET_OF_THE_PARENT');
    expect(String(answer['now'])).toMatch(/^2031-05-06T07:08:/);
    expect(answer['remaining']).toBeGreaterThan(10_000);
    expect(answer['remaining']).toBeLessThanOrEqual(20_000);
  });

  it('sees time pass when the account lets it pass', async () => {
    const { pool: started, clock } = start('echo');
    await started.invoke('{}');
    await clock.advance(3_600_000);
    expect(String(parsed((await started.invoke('{}')).payload)['now'])).toMatch(/^2031-05-06T08:08:/);
  });

  it('stays warm between invocations', async () => {
    const { pool: started } = start('count');
    expect([(await started.invoke('{}')).payload, (await started.invoke('{}')).payload]).toEqual(['1', '2']);
  });

  it('runs no more than allowed at once', async () => {
    const { pool: started } = start('count', { maxConcurrency: 1 });
    const answers = await Promise.all([1, 2, 3].map(() => started.invoke('{}')));
    expect(answers.map((answer) => answer.payload).sort()).toEqual(['1', '2', '3']);
  });

  it.each([
    ['fails', { errorType: 'RangeError', errorMessage: 'too much' }],
    ['exits', { errorType: 'Runtime.ExitError' }],
    ['hungry', { errorType: 'Runtime.ExitError' }],
    ['absent', { errorType: 'Runtime.HandlerNotFound' }],
  ])('reports the failure of a handler that %s', async (handler, error) => {
    const { payload, functionError } = await start(handler).pool.invoke('{}');
    expect(functionError).toBe('Unhandled');
    expect(parsed(payload)).toMatchObject(error);
  });

  it('answers with no more than Lambda takes: two of the bytes are quotation marks', async () => {
    const { pool: started } = start('boasts');
    const answerOf = (characters: number) => started.invoke(JSON.stringify({ characters }));
    expect((await answerOf(6_291_554)).functionError).toBeUndefined();
    const { payload, functionError } = await answerOf(6_291_555);
    expect(functionError).toBe('Unhandled');
    expect(parsed(payload)).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  it('ends a handler that runs past its timeout, and starts afresh', async () => {
    const { pool: started } = start('hangs', { timeoutSeconds: 0.5 });
    for (const attempt of [1, 2]) {
      const { payload } = await started.invoke(`{"attempt":${String(attempt)}}`);
      expect(parsed(payload)).toMatchObject({
        errorMessage: expect.stringContaining('Task timed out after 0.50 seconds'),
      });
    }
  });

  it('starts nothing that outlives it', async () => {
    const { pool: started } = start('count');
    const startingNow = started.invoke('{}');
    started.stop();
    for (const invocation of [startingNow, started.invoke('{}')]) {
      expect((await invocation).functionError).toBe('Unhandled');
    }
  });

  it('hands on what the function prints', async () => {
    const { pool: started } = start('speaks');
    const heard = new Promise<string>((resolve) => (onLine = resolve));
    await started.invoke('{}');
    expect(await heard).toBe('one line');
  });
});

describe('the time of a function', () => {
  const napOf = async (
    clock: SimulatedClock,
    milliseconds: number,
    meanwhile: () => Promise<void> | void = () => undefined,
  ) => {
    const { pool: started } = start('naps', { clock });
    await started.invoke('{"milliseconds":0}');
    onLine = () => void meanwhile();
    return parsed((await started.invoke(JSON.stringify({ milliseconds }))).payload) as { date: number; flow: number };
  };

  it("flows as fast as the account's", async () => {
    const clock = new SimulatedClock({ running: true, start: START, speed: 100 });
    const began = Date.now();
    const { date, flow } = await napOf(clock, 20_000);
    clock.stop();
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(date).toBeGreaterThanOrEqual(19_900);
    expect(flow).toBeGreaterThanOrEqual(19_900);
  });

  it('jumps with it, in the middle of an invocation too, and no timer is cut short', async () => {
    const clock = new SimulatedClock({ running: true, start: START });
    const { date, flow } = await napOf(clock, 400, async () => {
      await clock.advance(3_600_000);
    });
    clock.stop();
    expect(date).toBeGreaterThanOrEqual(3_600_000);
    expect(flow).toBeGreaterThanOrEqual(390);
    expect(flow).toBeLessThan(60_000);
  });

  it('stands still with it, while timers go on', async () => {
    const { date, flow } = await napOf(new SimulatedClock({ running: false, start: START }), 50);
    expect(date).toBe(0);
    expect(flow).toBeGreaterThanOrEqual(45);
  });
});
