import { expect, it } from '@jest/globals';
import { healthyObjection } from '../../lib/guard/healthy-left';
import type { DeregisterGuard } from '../../lib/policy/policy';
import type { Target } from '../../lib/snapshot/snapshot';
import { aTargetRemoval } from '../support/action-builders';
import { anInstance, aTarget } from '../support/builders';
import { aPolicy } from '../support/policy-builders';
import { aSnapshot } from '../support/snapshot-builder';

const at = (zone: string, ...ids: readonly string[]): readonly Target[] =>
  ids.map((targetId) => aTarget({ targetId, availabilityZone: `eu-west-2${zone}` }));

interface Case {
  readonly targets: readonly Target[];
  /** Of the first, if absent. */
  readonly removed?: Target;
  readonly settings?: Partial<DeregisterGuard>;
  readonly baseline?: number;
}

function objection({ targets, removed = targets[0], settings, baseline }: Case): string | undefined {
  const { key: resource, targetId, availabilityZone } = removed ?? aTarget();
  const action = aTargetRemoval({ resource, targetId, availabilityZone });
  const deregister = { ...aPolicy().guard.deregister, ...settings };
  const instances = [anInstance({ id: 'i-1', availabilityZone: 'eu-west-2a' })];
  const facts = { snapshot: aSnapshot({ targets, instances }), settings: deregister };
  const found = healthyObjection(action, facts, baseline === undefined ? undefined : () => baseline);
  return found && `${found.code}: ${found.reason}`;
}

const sick = aTarget({ targetId: 'sick', state: 'unhealthy' });
const host = aTarget({ targetId: 'i-1', availabilityZone: undefined });
const cases: readonly (readonly [string, Case, string | undefined])[] = [
  ['one of three in its zone goes', { targets: at('a', '1', '2', '3') }, undefined],
  ['an unhealthy one costs nothing', { targets: [sick, ...at('a', '1')] }, undefined],
  [
    'nor does one that was not read again',
    { targets: at('a', '1'), removed: aTarget({ targetId: 'gone' }) },
    undefined,
  ],
  ['in a group without a healthy one nothing goes', { targets: [sick] }, 'no healthy target'],
  [
    'targets of other groups do not count',
    { targets: [sick, aTarget({ targetGroupArn: 'other' })] },
    'no healthy target',
  ],
  [
    'fewer than the share must not be left',
    { targets: at('a', '1', '2', '3'), baseline: 5 },
    '2 healthy targets would',
  ],
  ['exactly the share may be left', { targets: at('a', '1', '2', '3'), baseline: 4 }, undefined],
  [
    'the last of a zone stays',
    { targets: [...at('b', '1'), ...at('a', '2', '3')] },
    '0 healthy targets would be left in',
  ],
  [
    'unless zones do not matter',
    { targets: [...at('b', '1'), ...at('a', '2', '3')], settings: { minHealthyPerZone: 0 } },
    undefined,
  ],
  ['a host is in the zone of its instance', { targets: [host, ...at('a', '2', '3')] }, undefined],
  [
    'a zone that nobody knows spares nothing',
    { targets: [aTarget({ targetId: 'i-2', availabilityZone: undefined }), ...at('a', '2', '3')] },
    'its Availability Zone is not known',
  ],
  [
    'one whose zone was told otherwise leaves none there',
    { targets: at('a', '1', '2', '3'), removed: { ...aTarget({ targetId: '1' }), availabilityZone: 'eu-west-2c' } },
    '0 healthy targets would be left in eu-west-2c',
  ],
];

it.each(cases)('%s', (_, one, expected) => {
  const said = objection(one);
  if (expected === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(expected);
});
