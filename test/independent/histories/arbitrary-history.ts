import fc from 'fast-check';
import {
  flavours,
  holderNames,
  serviceNames,
  type CallWeather,
  type Deed,
  type Fate,
  type History,
  type PolicyTerms,
  type Step,
  type StoreWeather,
  type Weather,
} from './history';

const MAX_STEPS = 5;
const MAX_MINUTES = 20;

const service = fc.constantFrom(...serviceNames);
const where = fc.constantFrom(...holderNames);
const number = fc.integer({ min: 1, max: 3 });
const exec = fc.boolean();
const seldom = fc.oneof({ arbitrary: fc.constant(false), weight: 4 }, fc.constant(true));

const terms: fc.Arbitrary<PolicyTerms> = fc.record({
  mode: fc.oneof({ arbitrary: fc.constant('enforce' as const), weight: 2 }, fc.constantFrom('tag', 'observe')),
  flavour: fc.oneof({ arbitrary: fc.constant('plain' as const), weight: 4 }, fc.constantFrom(...flavours)),
  perRun: fc.constantFrom(5, 5, 1, 2),
  perHour: fc.constantFrom(20, 20, 1, 2),
  orphanMinutes: fc.constantFrom(15, 5, 0),
});

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constant('create' as const), service, exec }),
  fc.record({ do: fc.constantFrom('delete' as const, 'stop-task' as const), service }),
  fc.record({ do: fc.constant('scale' as const), service, count: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ do: fc.constant('deploy' as const), service, exec, revision: fc.integer({ min: 0, max: 1 }) }),
  fc.record({
    do: fc.constant('launch' as const),
    primaryIpv6: fc.boolean(),
    agent: fc.constantFrom('1.105.1', '1.98.0'),
  }),
  fc.record({ do: fc.constant('terminate' as const) }),
  // what is removed is what matters most
  { arbitrary: fc.record({ do: fc.constant('register' as const), where, number, theirs: seldom }), weight: 6 },
  fc.record({ do: fc.constant('deregister' as const), where, number }),
  fc.record({ do: fc.constant('take-out' as const), where }),
  { arbitrary: fc.record({ do: fc.constant('policy' as const), terms }), weight: 2 },
  {
    arbitrary: fc.record({ do: fc.constant('switch' as const), to: fc.constantFrom('off' as const, 'gone', 'on') }),
    weight: 2,
  },
  fc.record({ do: fc.constant('untag' as const), service }),
);

const after = fc.integer({ min: 0, max: MAX_MINUTES });
const step: fc.Arbitrary<Step> = fc.tuple(deed, after).map(([one, minutes]) => ({ ...one, after: minutes }));

const fate: fc.Arbitrary<Fate> = fc.oneof(after, fc.constantFrom('twice' as const, 'never' as const));

const span = {
  // most histories are short
  from: fc.integer({ min: 0, max: 2 }),
  until: fc.integer({ min: 0, max: MAX_STEPS - 1 }),
  share: fc.constantFrom(1, 0.5, 0.2, 0.05),
};

/** All of a service, or one operation of it: writes above all. */
const match = fc.constantFrom(
  ...['*:*', 'ecs:*', 'elasticloadbalancing:*', 'servicediscovery:*', 'ec2:*', 'ssm:*', 'autoscaling:*', 'events:*'],
  ...['ecs:List*', 'ecs:Describe*', 'elasticloadbalancing:DescribeTargetHealth', 'ec2:DescribeNetworkInterfaces'],
  ...['elasticloadbalancing:DeregisterTargets', 'servicediscovery:DeregisterInstance', 'servicediscovery:GetOperation'],
  ...['*:*Tag*', 'ec2:ModifyNetworkInterfaceAttribute', 'ecs:UpdateService'],
);

const callWeather: fc.Arbitrary<CallWeather> = fc.record({
  match,
  fault: fc.constantFrom('throttle', 'error', 'reset', 'timeout', 'partial', 'repeat'),
  when: fc.constantFrom('before', 'after'),
  ...span,
});

const storeWeather: fc.Arbitrary<StoreWeather> = fc.record({
  fault: fc.constantFrom('before', 'after', 'doubt'),
  ...span,
});

const weather: fc.Arbitrary<Weather> = fc.record({
  fates: fc.array(fate, { maxLength: 8 }),
  reversed: fc.boolean(),
  twins: seldom,
  calls: fc.array(callWeather, { maxLength: 4 }),
  store: fc.array(storeWeather, { maxLength: 2 }),
});

export const arbitraryHistory: fc.Arbitrary<History> = fc.record({
  terms,
  steps: fc.array(step, { minLength: 1, maxLength: MAX_STEPS }),
  weather,
});
