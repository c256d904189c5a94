import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../infra/local/kernel/api-error';
import { isAccessDenied, isTargetGroupNotFound, isThrottling } from '../../lib/aws/failure';
import { writePorts } from '../../lib/aws/write-ports';
import { anOrphanedSite } from '../support/an-orphaned-site';
import { workloadClients } from '../support/workload-clients';

/** Longer than Cloud Map takes for anything. */
const OPERATION_MS = 60_000;

async function aWorkload() {
  const site = await anOrphanedSite();
  return { ...site, ports: writePorts(workloadClients(site.account)) };
}
const fault = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error);

describe('targets', () => {
  it('are deregistered by id and port, and nothing else is', async () => {
    const { ports, orphan, targets } = await aWorkload();
    const owned = (await targets()).filter((target) => !target.startsWith(orphan.targetId));
    expect(owned).toEqual([expect.stringMatching(/ healthy$/), expect.stringMatching(/ healthy$/)]);
    expect(await ports.describeTarget(orphan)).toBe('unhealthy');
    await ports.deregisterTarget(orphan);
    expect(['absent', 'draining']).toContain(await ports.describeTarget(orphan));
    expect((await targets()).filter((target) => !target.startsWith(orphan.targetId))).toEqual(owned);
  });

  it('of another port stay, and the write succeeds all the same: reading back tells', async () => {
    const { ports, orphan, targets } = await aWorkload();
    const before = await targets();
    await ports.deregisterTarget({ ...orphan, port: 81 });
    expect(await targets()).toEqual(before);
    expect(await ports.describeTarget({ ...orphan, port: 81 })).toBe('absent');
    expect(await ports.describeTarget(orphan)).toBe('unhealthy');
  });

  it('that were never registered are absent', async () => {
    const { ports, orphan } = await aWorkload();
    expect(await ports.describeTarget({ ...orphan, targetId: '2001:db8::1' })).toBe('absent');
  });

  it('of a group that is gone, or that may not be written, fail by their kind', async () => {
    const { ports, orphan, account, targets } = await aWorkload();
    const gone = { ...orphan, targetGroupArn: orphan.targetGroupArn.replace(/[^/]+$/, 'ffffffffffffffff') };
    expect(isTargetGroupNotFound(await fault(ports.deregisterTarget(gone)))).toBe(true);
    const before = await targets();
    const refusals = ['AccessDenied', 'Throttling'];
    account.interceptors.push(({ operation }) => {
      if (operation === 'DeregisterTargets') throw new ApiError(refusals.shift() ?? '', 'no', 403);
    });
    expect(isAccessDenied(await fault(ports.deregisterTarget(orphan)))).toBe(true);
    expect(isThrottling(await fault(ports.deregisterTarget(orphan)))).toBe(true);
    expect(await targets()).toEqual(before);
  });
});

describe('Cloud Map instances', () => {
  const operationOf = (started: { readonly operationId: string } | 'absent'): string =>
    started === 'absent' ? 'absent' : started.operationId;

  it('are gone once the operation ends', async () => {
    const { ports, stray, clock, instances } = await aWorkload();
    expect(await ports.hasCloudMapInstance(stray)).toBe(true);
    const before = await instances();
    const id = operationOf(await ports.deregisterCloudMapInstance(stray));
    expect(await ports.describeOperation(id)).toBe('running');
    await clock.advance(OPERATION_MS);
    expect(await ports.describeOperation(id)).toBe('succeeded');
    expect(await ports.hasCloudMapInstance(stray)).toBe(false);
    expect(await instances()).toEqual(before.filter((one) => one !== 'gone'));
  });

  it('that are being removed already are waited for', async () => {
    const { ports, stray, clock } = await aWorkload();
    const first = operationOf(await ports.deregisterCloudMapInstance(stray));
    expect(operationOf(await ports.deregisterCloudMapInstance(stray))).toBe(first);
    await clock.advance(OPERATION_MS);
    expect(await ports.deregisterCloudMapInstance(stray)).toBe('absent');
  });

  it('that may not be read are not gone', async () => {
    const { ports, stray, account, instances } = await aWorkload();
    account.interceptors.push(({ operation }) => {
      if (operation === 'GetInstance' || operation === 'DeregisterInstance')
        throw new ApiError('AccessDenied', 'no', 403);
    });
    expect(isAccessDenied(await fault(ports.hasCloudMapInstance(stray)))).toBe(true);
    expect(isAccessDenied(await fault(ports.deregisterCloudMapInstance(stray)))).toBe(true);
    expect(await instances()).toContain('gone');
  });
});
