import { expect, it } from '@jest/globals';
import { services } from '../../../../infra/local/services';
import { parseForecast } from '../../../../infra/local/weather/parse-forecast';

const parse = (text: string) => parseForecast('storm.yaml', text, services);

it('reads every key', () => {
  const text = `
version: 1
seed: 7
calls:
  - { match: "ecs:Describe*", fault: throttle, probability: 0.1 }
  - { match: "elasticloadbalancing:*", caller: "*:assumed-role/*", fault: error, status: 503, when: after, times: 2 }
  - { match: "sqs:SendMessageBatch", fault: partial, items: 2, reason: Busy, nth: [1, 3] }
  - { match: "*", fault: kill, nth: 4 }
events:
  - { source: aws.ecs, detailType: "ECS *", fault: delay, seconds: 20, nth: 2 }
pages: { lifetimeSeconds: 60, short: true, empty: true }
`;
  expect(parse(text)).toEqual({
    ...{ version: 1, seed: '7', pages: { lifetimeSeconds: 60, short: true, empty: true } },
    calls: [
      { match: 'ecs:Describe*', fault: 'throttle', probability: 0.1 },
      {
        ...{ match: 'elasticloadbalancing:*', caller: '*:assumed-role/*', fault: 'error', status: 503 },
        ...{ when: 'after', times: 2 },
      },
      { match: 'sqs:SendMessageBatch', fault: 'partial', items: 2, reason: 'Busy', nth: [1, 3] },
      { match: '*', fault: 'kill', nth: 4 },
    ],
    events: [{ source: 'aws.ecs', detailType: 'ECS *', fault: 'delay', seconds: 20, nth: 2 }],
  });
});

it('JSON will do, and fair weather too', () => {
  expect(parse('{"version": 1}')).toEqual({ version: 1, seed: '0', calls: [], events: [], pages: {} });
});

it.each([
  ['', 'weather storm.yaml: must be a map that begins with version: 1'],
  ['- a', 'weather storm.yaml:1: must be a map that begins with version: 1'],
  ['calls: []', 'weather storm.yaml:1: version is missing'],
  ['version: 2', 'weather storm.yaml:1: version must be 1; found 2'],
  ['version: 1\ncalls: [', /^weather storm\.yaml:\d: /],
  ['version: 1\nversion: 1', /^weather storm\.yaml:\d: Map keys must be unique/],
  [
    'version: 1\nwind: strong',
    'weather storm.yaml:2: wind is no key of a weather file; allowed here: version, seed, calls, events, pages',
  ],
  [
    'version: 1\ncalls:\n  - match: "ecs:*"\n    fault: rain',
    'weather storm.yaml:4: calls[0].fault must be one of throttle, error, timeout, reset, partial, kill; found "rain"',
  ],
  ['version: 1\ncalls:\n  - match: "ecs:*"', 'weather storm.yaml:3: calls[0].fault is missing'],
  [
    'version: 1\ncalls:\n  - { match: "ecs:*", fault: throttle, chance: 1 }',
    /calls\[0\]\.chance is no key of a weather file; allowed here: match, caller, fault, when, /,
  ],
  [
    'version: 1\ncalls:\n  - { match: DescribeTasks, fault: throttle }',
    'weather storm.yaml:3: calls[0].match must be service:Operation, for example "ecs:Describe*"; found "DescribeTasks"',
  ],
  [
    'version: 1\ncalls:\n  - { match: "elb:*", fault: throttle }',
    /^weather storm\.yaml:3: calls\[0\]\.match "elb:\*" fits no operation of the local account; its services are .*ecs/,
  ],
  [
    'version: 1\ncalls:\n  - { match: "elasticloadbalancing:RegisterTargets", fault: partial }',
    /"elasticloadbalancing:RegisterTargets" is no batch that fails in part; those are ecs:DescribeClusters, /,
  ],
  [
    'version: 1\ncalls:\n  - { match: "ecs:*", fault: throttle, when: after }',
    'weather storm.yaml:3: calls[0].when means nothing for throttle, only for error, timeout, reset, kill',
  ],
  [
    'version: 1\ncalls: [{ match: "ecs:*", fault: throttle, probability: 2 }]',
    /probability must be at most 1; found 2/,
  ],
  ['version: 1\ncalls: [{ match: "ecs:*", fault: throttle, nth: 0 }]', /nth must be at least 1; found 0/],
  ['version: 1\ncalls: [{ match: "ecs:*", fault: throttle, nth: [1, x] }]', /nth\[1\] must be a number; found "x"/],
  ['version: 1\nevents: [{ fault: loss, seconds: 3 }]', /events\[0\]\.seconds means nothing for loss, only for delay/],
  ['version: 1\npages: { lifetimeSeconds: soon }', /pages\.lifetimeSeconds must be a number; found "soon"/],
])('%j is refused', (text, message) => {
  expect(() => parse(text)).toThrow(message);
});

it('says everything that is wrong at once', () => {
  const text =
    'version: 1\ncalls:\n  - { match: "x:*", fault: throttle, items: 2 }\nevents:\n  - { fault: loss, seconds: 1 }';
  expect(() => parse(text)).toThrow(/:3: .*\n.*:3: .*\n.*:5: /);
});
