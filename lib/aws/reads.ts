import { createAutoScalingReads, type AutoScalingReads } from './auto-scaling-reads';
import type { Clients } from './clients';
import { createCloudMapReads, type CloudMapReads } from './cloudmap-reads';
import { createEc2Reads, type Ec2Reads } from './ec2-reads';
import { createEcsReads, type EcsReads } from './ecs-reads';
import { createElbv2Reads, type Elbv2Reads } from './elbv2-reads';
import type { SurroundingReads } from './surrounding-reads';
import { createHostReads, type HostReads } from './host-reads';

/** Everything that is read of a workload; nothing here writes. */
export interface Reads extends Partial<SurroundingReads> {
  readonly autoScaling: AutoScalingReads;
  readonly cloudMap: CloudMapReads;
  readonly ec2: Ec2Reads;
  readonly ecs: EcsReads;
  readonly elbv2: Elbv2Reads;
  readonly hosts: HostReads;
}

export function createReads(clients: Clients): Reads {
  return {
    autoScaling: createAutoScalingReads(clients.autoScaling),
    cloudMap: createCloudMapReads(clients.serviceDiscovery),
    ec2: createEc2Reads(clients.ec2),
    ecs: createEcsReads(clients.ecs),
    elbv2: createElbv2Reads(clients.elbv2),
    hosts: createHostReads(clients.ec2),
  };
}
