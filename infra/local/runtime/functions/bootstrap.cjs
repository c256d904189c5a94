/**
 * What runs inside a function's process: Lambda's Runtime API in plain JavaScript, around a built bundle that knows
 * nothing of it. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
'use strict';

const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');

const [host, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? '').split(':');
const base = '/2018-06-01/runtime';

/**
 * The bundle's time is the account's: `Date` always, and timers by the speed at which it flows. A jump of the clock moves
 * `Date` in the middle of an invocation too, and cuts no timer short: requests under way did not wait that long.
 */
const RealDate = Date;
const realSetTimeout = setTimeout;
const realSetInterval = setInterval;
const monotonic = performance.now.bind(performance);
let clock = { now: RealDate.now(), speed: 1, at: monotonic() };

/** Milliseconds that have flown by, jumps left out. */
let flown = 0;
const flow = () => flown + (monotonic() - clock.at) * (clock.speed || 1);

function readClock(text) {
  const { now, speed } = JSON.parse(text);
  flown = flow();
  clock = { now, speed, at: monotonic() };
}
if (process.env.LOCAL_CLOCK !== undefined) readClock(process.env.LOCAL_CLOCK);
delete process.env.LOCAL_CLOCK;

const accountTime = () => Math.floor(clock.now + (monotonic() - clock.at) * clock.speed);
// while the account's time stands still, waiting for it would be waiting for ever
const realDelay = (delay) => (clock.speed > 0 && delay > 0 ? delay / clock.speed : delay);

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(accountTime());
    else super(...args);
  }
  static now() {
    return accountTime();
  }
};
Object.defineProperty(performance, 'now', { value: flow });
globalThis.setTimeout = Object.assign(
  (task, delay, ...args) => realSetTimeout(task, realDelay(delay), ...args),
  realSetTimeout,
);
globalThis.setInterval = (task, delay, ...args) => realSetInterval(task, realDelay(delay), ...args);

function call(method, resource, { body, headers } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path: base + resource, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function describe(error) {
  const known = error instanceof Error;
  return {
    errorType: known ? error.name : typeof error,
    errorMessage: known ? error.message : String(error),
    trace: known ? (error.stack ?? '').split('\n') : [],
  };
}

function load() {
  const [file, name] = (process.env._HANDLER ?? '').split('.');
  const loaded = require(path.resolve(process.env.LAMBDA_TASK_ROOT ?? '.', `${file}.js`));
  const handler = loaded[name];
  if (typeof handler !== 'function') {
    throw Object.assign(new Error(`${process.env._HANDLER} is undefined or not a function`), {
      name: 'Runtime.HandlerNotFound',
    });
  }
  return handler;
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

async function work(handler) {
  for (;;) {
    const { headers, body } = await call('GET', '/invocation/next');
    if (headers['local-clock'] !== undefined) readClock(headers['local-clock']);
    const id = headers['lambda-runtime-aws-request-id'];
    process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    try {
      const answer = await handler(JSON.parse(body), contextOf(headers));
      await call('POST', `/invocation/${id}/response`, { body: JSON.stringify(answer) ?? 'null' });
    } catch (error) {
      const described = describe(error);
      process.stderr.write(`${described.trace.join('\n')}\n`);
      await call('POST', `/invocation/${id}/error`, {
        body: JSON.stringify(described),
        headers: { 'lambda-runtime-function-error-type': described.errorType },
      });
    }
  }
}

async function main() {
  let handler;
  try {
    handler = load();
  } catch (error) {
    await call('POST', '/init/error', { body: JSON.stringify(describe(error)) });
    process.exit(1);
  }
  await work(handler);
}

// a line of standard input for each jump of the clock; it ends when the account's process does, however it ended, and
// the function ends with it
readline.createInterface({ input: process.stdin }).on('line', readClock);
process.stdin.on('end', () => process.exit(1));
main().catch(() => process.exit(1));
