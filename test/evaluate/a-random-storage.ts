import fc from 'fast-check';
import type { FileSystem } from '../../lib/snapshot/storage-resources';
import { aFileSystem, aMountTarget } from '../support/builders';

const mountTarget = fc
  .record({
    availabilityZone: fc.constantFrom('eu-west-2a', 'eu-west-2b'),
    vpcId: fc.constantFrom('vpc-1', 'vpc-1', 'vpc-2'),
    state: fc.constantFrom('available', 'deleting'),
    ipv6Address: fc.constantFrom(undefined, '2001:db8:0:1::f'),
  })
  .map((over) => aMountTarget(over));

/** `fs-1` or `fs-2`, with mount targets of any kind. */
export const aFileSystemSomewhere: fc.Arbitrary<FileSystem> = fc
  .record({ id: fc.constantFrom('fs-1', 'fs-2'), mountTargets: fc.array(mountTarget, { maxLength: 2 }) })
  .map((over) => aFileSystem(over));
