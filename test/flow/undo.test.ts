/** A removal, its trace in the ledger, and a person who takes it back. */
import { EC2Client, CreateNetworkInterfaceCommand } from '@aws-sdk/client-ec2';
import { DeleteServiceCommand as DeleteEcsServiceCommand } from '@aws-sdk/client-ecs';
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { acquireLease } from '../../lib/state/group-leases';
import { elbOf } from '../infra/local/services/ecs/a-load-balancer';
import { deny } from '../snapshot/a-collector';
import { clientSettings } from '../support/local-account';
import { aTargetRemoval } from '../support/action-builders';
import { MINUTE } from '../support/adjustable-clock';
import { ANNA, anUndoWorld } from './undo-world';

const HOUR = 60 * MINUTE;
const both = (rest: string): readonly string[] => [`deregister-cloudmap-instance ${rest}`, `deregister-target ${rest}`];

describe('a removal that a person takes back', () => {
  it('restores what was registered, is left alone while the hold lasts, and is removed again after it', async () => {
    const { removeBoth, registrations, ledger, pass, removal, undo, clock, orphan, told, options } =
      await anUndoWorld();
    const policyVersion = await options.policyVersion();
    const before = await registrations();
    expect(await removeBoth()).toEqual(both('applied'));
    expect(await registrations()).not.toEqual(before);
    expect(await ledger.list()).toEqual(
      ['deregister-target', 'deregister-cloudmap-instance'].map((kind) =>
        expect.objectContaining({
          action: expect.objectContaining({ kind }),
          policyVersion,
          origin: { requestId: 'invocation-1' },
          outcome: expect.objectContaining({ status: 'applied' }),
        }),
      ),
    );

    const target = await removal('deregister-target');
    const instance = await removal('deregister-cloudmap-instance');
    expect(await undo(target.id, 2)).toMatchObject({ status: 'restored', resource: target.action.resource });
    expect(told).toEqual([expect.stringContaining(`${orphan.targetId}:80 is draining`)]);
    expect(await undo(instance.id, 2)).toMatchObject({ status: 'restored' });
    expect(await registrations()).toEqual(before);
    expect(await removal('register-target')).toMatchObject({
      ...{ undoes: target.id, origin: { requestedBy: ANNA }, outcome: { status: 'applied' } },
    });

    await clock.advance(HOUR);
    expect(await pass()).toEqual(both('withheld held'));
    await clock.advance(MINUTE);
    expect(await pass()).toEqual(both('withheld held'));
    expect(await registrations()).toEqual(before);
    await clock.advance(HOUR);
    expect(await pass()).toEqual(both('applied'));
  });
});

type World = Awaited<ReturnType<typeof anUndoWorld>>;
type Kind = 'deregister-target' | 'deregister-cloudmap-instance';

/** Longer than the group drains. */
const DRAINED = 6 * MINUTE;

const holdAddress = ({ account, ipv6A, orphan }: World) =>
  new EC2Client(clientSettings(account)).send(
    new CreateNetworkInterfaceCommand({ SubnetId: ipv6A.id, Ipv6Addresses: [{ Ipv6Address: orphan.targetId }] }),
  );

const deleteService = async ({ ecs, clock }: World) => {
  await ecs.send(new DeleteEcsServiceCommand({ cluster: 'prod', service: 'web', force: true }));
  await clock.advance(DRAINED);
};

const refusals: Readonly<Record<string, readonly [Kind, (world: World) => unknown, object]>> = {
  'an interface holds the address of the target': [
    'deregister-target',
    holdAddress,
    { status: 'refused', reason: expect.stringMatching(/network interface eni-\w+ holds .*dead now/) },
  ],
  'an interface holds the address of the Cloud Map instance': [
    'deregister-cloudmap-instance',
    holdAddress,
    { status: 'refused', reason: expect.stringMatching(/network interface eni-\w+ holds .*dead now/) },
  ],
  'the service of the group is gone': [
    'deregister-target',
    deleteService,
    { status: 'refused', reason: 'no ECS service uses the target group any more' },
  ],
  'the service that registered it is gone': [
    'deregister-cloudmap-instance',
    deleteService,
    { status: 'refused', reason: expect.stringContaining('this account has no service') },
  ],
  'another run is at work there': [
    'deregister-target',
    ({ store, targetGroupArn, clock }) =>
      acquireLease({
        ...{ store, place: '111122223333/eu-west-2', resource: targetGroupArn },
        ...{ holder: 'other', now: () => clock.now() },
      }),
    { status: 'refused', reason: expect.stringContaining('try again in a minute') },
  ],
  'the tasks can not be read': [
    'deregister-target',
    (world) => {
      deny(world, 'ecs:ListTasks');
    },
    { status: 'unknown', reason: expect.stringContaining('ecs:ListTasks') },
  ],
};

describe('an undo', () => {
  it.each(Object.entries(refusals))('says why not: %s', async (_, [kind, happen, answer]) => {
    const world = await anUndoWorld();
    await world.removeBoth();
    await world.clock.advance(DRAINED);
    await happen(world);
    const before = await world.registrations();
    const { id } = await world.removal(kind);
    expect(await world.undo(id)).toMatchObject({ id, ...answer });
    expect(await world.registrations()).toEqual(before);
    expect(await world.store.list('hold#111122223333#eu-west-2')).toEqual([]);
  });

  it('of what somebody registered again only places the hold', async () => {
    const world = await anUndoWorld();
    await world.removeBoth();
    await world.clock.advance(DRAINED);
    const { targetGroupArn, orphan, clock, pass, removal, undo, ledger } = world;
    const Targets = [{ Id: orphan.targetId, Port: orphan.port }];
    await elbOf(world).send(new RegisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
    const { id } = await removal('deregister-target');
    expect(await undo(id)).toMatchObject({ status: 'back-already', heldUntil: expect.any(String) });
    expect((await ledger.list()).map(({ action }) => action.kind)).not.toContain('register-target');
    await clock.advance(16 * MINUTE);
    await pass();
    await clock.advance(16 * MINUTE);
    expect(await pass()).toEqual(['deregister-target withheld held']);
  });

  it('restores once, and not what it did itself', async () => {
    const { removeBoth, removal, undo, registrations, instances } = await anUndoWorld();
    await removeBoth();
    const { id } = await removal('deregister-cloudmap-instance');
    await undo(id);
    const restored = await registrations();
    expect(await undo(id)).toMatchObject({ status: 'refused', reason: expect.stringContaining('undone already') });
    const own = await removal('register-cloudmap-instance');
    expect(await undo(own.id)).toMatchObject({ status: 'refused', reason: 'it is an undo itself' });
    expect(await registrations()).toEqual(restored);
    expect(await instances()).toContain('gone');
  });

  it('of what was not applied, or is not settled yet, is refused', async () => {
    const { ledger, undo } = await anUndoWorld();
    const entry = await ledger.intend({ action: aTargetRemoval(), policyVersion: 'v1', nonce: 'n' });
    expect(await undo(entry.id)).toMatchObject({ status: 'refused', reason: expect.stringContaining('not known yet') });
    await ledger.conclude(entry, { status: 'failed', reason: 'still unhealthy when read back' });
    expect(await undo(entry.id)).toMatchObject({ status: 'refused', reason: expect.stringContaining('not applied') });
  });

  it('that AWS refuses is failed, in the ledger too', async () => {
    const world = await anUndoWorld();
    await world.removeBoth();
    await world.clock.advance(DRAINED);
    deny(world, 'elasticloadbalancing:RegisterTargets');
    const { id } = await world.removal('deregister-target');
    expect(await world.undo(id)).toMatchObject({ status: 'failed', reason: expect.stringContaining('not authorized') });
    expect(await world.removal('register-target')).toMatchObject({ outcome: { status: 'failed' } });
    expect((await world.removal('deregister-target')).undoneBy).toBeUndefined();
  });
});
