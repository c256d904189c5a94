import { CreateFileSystemCommand, CreateMountTargetCommand } from '@aws-sdk/client-efs';
import { describe, expect, it } from '@jest/globals';
import { aDefinition, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { efsOf } from '../support/efs-client';
import { aCollector, aRequest, deny, everything, judged } from './a-collector';

async function aFileSystem({ account, clock, dualA }: Site, token: string): Promise<string> {
  const efs = efsOf(account);
  const { FileSystemId = '' } = await efs.send(new CreateFileSystemCommand({ CreationToken: token }));
  await clock.advance(60_000);
  await efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId: dualA.id, IpAddressType: 'DUAL_STACK' }));
  return FileSystemId;
}

/** A service with a volume of one file system, and another file system that nobody uses. */
async function aStore() {
  const site = await aSite();
  const fileSystemId = await aFileSystem(site, 'used');
  await aFileSystem(site, 'unused');
  const volumes = [{ name: 'store', efsVolumeConfiguration: { fileSystemId } }];
  const taskDefinition = await aDefinition(site, { volumes });
  const service = await aService(site, { taskDefinition });
  return { ...site, fileSystemId, arn: service.serviceArn ?? '' };
}

describe('file systems', () => {
  it('come with the revisions of judged services, with their mount targets, and are judged', async () => {
    const site = await aStore();
    const snapshot = await aCollector(site).collect([everything]);
    expect(judged(snapshot, 'file-system')).toEqual([site.fileSystemId]);
    const [target, ...others] = snapshot.fileSystems.get(site.fileSystemId)?.mountTargets ?? [];
    expect(others).toEqual([]);
    expect(target).toMatchObject({
      subnetId: site.dualA.id,
      vpcId: site.vpc.id,
      availabilityZone: 'eu-west-2a',
      ipv4Address: expect.stringMatching(/^10\.0\.3\./),
      ipv6Address: expect.stringContaining(':'),
    });
  });

  it('are not read for an event', async () => {
    const site = await aStore();
    const collector = aCollector(site);
    const snapshot = await collector.collect([aRequest('service', site.arn)]);
    expect(snapshot.fileSystems.size).toBe(0);
    expect(collector.calls()).not.toHaveProperty(['elasticfilesystem:DescribeMountTargets']);
  });

  it('leave a gap that names them', async () => {
    const site = await aStore();
    deny(site, 'elasticfilesystem:DescribeMountTargets');
    const snapshot = await aCollector(site).collect([everything]);
    expect(snapshot.gaps).toMatchObject([
      { call: 'elasticfilesystem:DescribeMountTargets', collection: 'fileSystems', resources: [site.fileSystemId] },
    ]);
    // so that a finding says so
    expect(judged(snapshot, 'file-system')).toEqual([site.fileSystemId]);
  });
});
