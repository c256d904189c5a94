/** A removal, its trace in the ledger, and a person who takes it back. */
import { describe, expect, it } from '@jest/globals';
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
