/** The conditions of a target that is an instance and a host port. */
import { describe, expect, it } from '@jest/globals';
import { guard } from '../../lib/guard/guard';
import type { PortBinding } from '../../lib/snapshot/snapshot';
import { aTargetRemoval, ORPHAN_KEY } from '../support/action-builders';
import { aBridgeTask, aContainerInstance, anInstance, aTargetGroup, aTaskDefinition } from '../support/builders';
import { aGap } from '../support/snapshot-builder';
import { input, type Case } from './guard-input';

const instanceGroup = { targetGroups: [aTargetGroup({ targetType: 'instance' })] } as const;

const onHost = { targetId: 'i-1', key: ORPHAN_KEY } as const;
const hosted = (bindings: readonly PortBinding[] | undefined, serviceName = 'api') => ({
  containerInstances: [aContainerInstance()],
  taskDefinitions: [aTaskDefinition({ networkMode: 'bridge' })],
  tasks: [aBridgeTask({ bindings, serviceName })],
});

const allowed: Readonly<Record<string, Case>> = {
  'an instance target, whose group needs no addresses': {
    contents: { ...instanceGroup, gaps: [aGap({ collection: 'vpcs' }), aGap({ collection: 'addressHolders' })] },
  },
  'an instance target on a container instance': {
    target: onHost,
    contents: { ...instanceGroup, containerInstances: [aContainerInstance()], instances: [anInstance()] },
  },
  'an instance target whose instance is gone': { target: onHost, contents: instanceGroup },
};

const withheld: Readonly<Record<string, readonly [Case, string, RegExp]>> = {
  'instance target, gap in container instances': [
    { contents: { ...instanceGroup, gaps: [aGap({ collection: 'containerInstances' })] } },
    'depends-on-gap',
    /ecs:DescribeTasks/,
  ],
  'instance target, gap in instances': [
    { contents: { ...instanceGroup, gaps: [aGap({ collection: 'instances' })] } },
    'depends-on-gap',
    /ecs:DescribeTasks/,
  ],
  'an instance that is no container instance': [
    { target: onHost, contents: { ...instanceGroup, instances: [anInstance()] } },
    'not-orphan-for-sure',
    /i-1 is no container instance/,
  ],
  'a task on the instance has the host port': [
    { target: onHost, contents: { ...instanceGroup, ...hosted([{ hostPort: 8080 }]) } },
    'not-orphan-for-sure',
    /owns it/,
  ],
  'a task on the instance does not report its ports yet': [
    { target: onHost, contents: { ...instanceGroup, ...hosted(undefined) } },
    'depends-on-gap',
    /port not known yet/,
  ],
  'the host port belongs to a task of another service': [
    { target: onHost, contents: { ...instanceGroup, ...hosted([{ hostPort: 8080 }], 'other') } },
    'not-orphan-for-sure',
    /another service/,
  ],
};

describe('removal of an orphaned instance target', () => {
  it.each(Object.entries(allowed))('is allowed: %s', (_, one) => {
    const { actions } = input(one);
    expect(guard(input(one))).toEqual({ allowed: actions, withheld: [] });
  });

  it.each(Object.entries(withheld))('is withheld: %s', (_, [one, code, reason]) => {
    expect(guard(input(one))).toEqual({
      allowed: [],
      withheld: [{ action: aTargetRemoval(), status: 'withheld', code, reason: expect.stringMatching(reason) }],
    });
  });
});
