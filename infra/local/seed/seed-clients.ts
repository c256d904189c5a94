import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EFSClient } from '@aws-sdk/client-efs';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { SSMClient } from '@aws-sdk/client-ssm';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import type { LocalAccount } from '../local-account';

/** Clients of a local account's administrator. */
export function createSeedClients({ endpoint, region, account }: LocalAccount) {
  const settings = { endpoint, region, credentials: { accessKeyId: account, secretAccessKey: 'local' } };
  return {
    autoScaling: new AutoScalingClient(settings),
    ec2: new EC2Client(settings),
    ecs: new ECSClient(settings),
    efs: new EFSClient(settings),
    elb: new ElasticLoadBalancingClient(settings),
    elbv2: new ElasticLoadBalancingV2Client(settings),
    lambda: new LambdaClient(settings),
    secrets: new SecretsManagerClient(settings),
    serviceDiscovery: new ServiceDiscoveryClient(settings),
    ssm: new SSMClient(settings),
    vpcLattice: new VPCLatticeClient(settings),
  };
}

export type SeedClients = ReturnType<typeof createSeedClients>;

/** For members that an answer always has and the SDK's types do not promise. */
export function need<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the local account answered without ${what}`);
  return value;
}
