/** A person's process dies right before or right after each of its writes; the next sweep and the person end the work. */
import { describe, expect, it } from '@jest/globals';
import { undo, type UndoOptions } from '../../lib/apply/undo';
import type { ItemStore } from '../../lib/state/item-store';
import { LEASE_MS } from '../../lib/state/group-leases';
import { MINUTE } from '../support/adjustable-clock';
import { ANNA, anUndoWorld } from './undo-world';

type Kind = 'deregister-target' | 'deregister-cloudmap-instance';
interface Death {
  /** Of the writes, from 1. */
  readonly nth: number;
  readonly when: 'before' | 'after';
}

const DRAINED = 6 * MINUTE;
/** Of the lease (taken, renewed, ended), hold, intent (noted, ended), registration, outcome, mark at the removal. */
const WRITES = 9;

/** Dies at one of its writes; a process that is dead does nothing any more. */
function aLife(death?: Death) {
  const writes: string[] = [];
  let isDead = false;
  const alive = async <Answer>(take: () => Promise<Answer>): Promise<Answer> => {
    if (isDead) throw new Error('killed');
    return await take();
  };
  const write = <Answer>(name: string, take: () => Promise<Answer>): Promise<Answer> =>
    alive(async () => {
      writes.push(name);
      const isStruck = death?.nth === writes.length;
      isDead = isStruck && death.when === 'before';
      const answer = await alive(take);
      isDead = isStruck;
      return await alive(() => Promise.resolve(answer));
    });
  return { writes, alive, write };
}

function living({ store, ports, ...options }: UndoOptions, { alive, write }: ReturnType<typeof aLife>): UndoOptions {
  const mortal: ItemStore = {
    get: (...key) => alive(() => store.get(...key)),
    list: (partition) => alive(() => store.list(partition)),
    put: (item) => write(`put ${item.partition.split('#')[0] ?? ''}`, () => store.put(item)),
    remove: (...key) => write(`remove ${key[0].split('#')[0] ?? ''}`, () => store.remove(...key)),
  };
  return {
    ...options,
    store: mortal,
    ports: {
      describeTarget: (target) => alive(() => ports.describeTarget(target)),
      hasCloudMapInstance: (instance) => alive(() => ports.hasCloudMapInstance(instance)),
      describeOperation: (id) => alive(() => ports.describeOperation(id)),
      registerTarget: (target) => write('register', () => ports.registerTarget(target)),
      registerCloudMapInstance: (instance) => write('register', () => ports.registerCloudMapInstance(instance)),
    },
  };
}

async function story(kind: Kind, death?: Death) {
  const world = await anUndoWorld();
  const before = await world.registrations();
  await world.removeBoth();
  await world.clock.advance(DRAINED);
  const { id } = await world.removal(kind);
  const life = aLife(death);
  const request = { id, requestedBy: ANNA, holdHours: 24 };
  await undo(request, living(world.options, life)).catch((error: unknown) => {
    expect(error).toMatchObject({ message: 'killed' });
  });
  await world.clock.advance(LEASE_MS);
  await world.pass();
  const again = await world.undo(id);
  await world.clock.advance(MINUTE);
  const after = await world.registrations();
  const part = kind === 'deregister-target' ? ('targets' as const) : ('instances' as const);
  return { ...world, id, again, writes: life.writes, before: before[part], after: after[part] };
}

describe.each<Kind>(['deregister-target', 'deregister-cloudmap-instance'])('an undo of a %s', (kind) => {
  it('makes these writes', async () => {
    const { writes, again } = await story(kind);
    expect(writes).toHaveLength(WRITES);
    expect(writes).toEqual(expect.arrayContaining(['put lease', 'put hold', 'put intent', 'register', 'put ledger']));
    expect(again).toMatchObject({ status: 'refused', reason: expect.stringContaining('undone already') });
  });

  const deaths = Array.from({ length: WRITES }, (_, index) =>
    (['before', 'after'] as const).map((when): Death => ({ nth: index + 1, when })),
  ).flat();
  it.each(deaths)('that dies $when write $nth is done once in the end', async (death) => {
    const { before, after, ledger, id, store, again } = await story(kind, death);
    expect(after).toEqual(before);
    expect(['restored', 'back-already', 'refused']).toContain(again.status);
    const entries = await ledger.list();
    const done = entries.filter(({ undoes, outcome }) => undoes === id && outcome?.status === 'applied');
    expect(done).toHaveLength(1);
    expect((await ledger.find(id))?.undoneBy).toBe(done[0]?.id);
    expect(entries.filter(({ outcome }) => outcome === undefined)).toEqual([]);
    expect(await store.list('hold#111122223333#eu-west-2')).toHaveLength(1);
  });
});
