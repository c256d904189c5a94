import { CreateFileSystemCommand, CreateMountTargetCommand } from '@aws-sdk/client-efs';
import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../infra/local/kernel/api-error';
import { surroundingReads } from '../../lib/composition';
import { aSite } from '../infra/local/services/ecs/a-site';
import { efsOf } from '../support/efs-client';
import { workloadClients } from '../support/workload-clients';

async function aFileSystem() {
  const site = await aSite();
  const client = efsOf(site.account);
  const { FileSystemId: id = '' } = await client.send(new CreateFileSystemCommand({ CreationToken: 'a' }));
  await site.clock.advance(60_000);
  for (const { id: SubnetId } of [site.dualA, site.dualB]) {
    await client.send(new CreateMountTargetCommand({ FileSystemId: id, SubnetId, IpAddressType: 'DUAL_STACK' }));
  }
  const clients = workloadClients(site.account);
  return { ...site, id, clients, reads: surroundingReads(clients).efs };
}

describe('describeMountTargets', () => {
  it('asks for each file system, counts and names what is gone', async () => {
    const { id, clients, reads } = await aFileSystem();
    const read = await reads.describeMountTargets([id, 'fs-0123456789abcdef0']);
    expect(read).toMatchObject({ items: [{ fileSystemId: id }], missing: ['fs-0123456789abcdef0'], failures: [] });
    expect(read.items[0]?.mountTargets).toHaveLength(2);
    expect(clients.meter.take().apiCalls).toEqual({ 'elasticfilesystem:DescribeMountTargets': 2 });
  });

  it('names the file system that it may not look at', async () => {
    const { account, id, reads } = await aFileSystem();
    account.interceptors.push(({ operation }) => {
      if (operation === 'DescribeMountTargets') throw new ApiError('AccessDeniedException', 'not authorized', 403);
    });
    expect(await reads.describeMountTargets([id])).toMatchObject({
      items: [],
      missing: [],
      failures: [{ action: 'elasticfilesystem:DescribeMountTargets', kind: 'AccessDenied', keys: [id] }],
    });
  });
});
