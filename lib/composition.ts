/** The only place that makes clients and reads the environment. */
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ServiceDiscoveryClient } from '@aws-sdk/client-servicediscovery';
import { createCallMeter, type CallMeter } from './aws/call-meter';
import type { Clients } from './aws/clients';
import { createPace } from './aws/pace';
import { watchCalls } from './aws/watch-calls';

/** A call that takes longer is given up, and tried again by the SDK. */
const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_SOCKETS = 50;

export interface ClientOptions {
  /** As the SDK finds it (AWS_REGION, profile) if absent. */
  readonly region?: string;
  /** Share of the account's request rates to stay below; `none`: as fast as it goes. */
  readonly share?: number | 'none';
  /** 30 s if absent. */
  readonly requestTimeoutMs?: number;
}

export interface MeteredClients extends Clients {
  readonly meter: CallMeter;
  /** Closes their connections. */
  destroy(): void;
}

function requestHandler(requestTimeout: number) {
  const agent = { keepAlive: true, maxSockets: MAX_SOCKETS };
  // without throwOnRequestTimeout the SDK only logs that the time is over, and waits on
  const timeouts = { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout, throwOnRequestTimeout: true };
  return { ...timeouts, httpAgent: agent, httpsAgent: agent };
}

const timer = {
  now: () => performance.now(),
  sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

/** Clients with the SDK's own settings: region, credentials, retries and AWS_ENDPOINT_URL come from where it looks. */
export function createClients(options: ClientOptions = {}): MeteredClients {
  const { region, share, requestTimeoutMs = REQUEST_TIMEOUT_MS } = options;
  const meter = createCallMeter();
  const pace = share === 'none' ? undefined : createPace({ timer, share });
  const watch = { meter, pace };
  const ecs = new ECSClient({ region, requestHandler: requestHandler(requestTimeoutMs) });
  // one pool of connections for all of them
  const shared = { region, requestHandler: ecs.config.requestHandler };
  const clients = {
    autoScaling: watchCalls(new AutoScalingClient(shared), 'autoscaling', watch),
    ec2: watchCalls(new EC2Client(shared), 'ec2', watch),
    ecs: watchCalls(ecs, 'ecs', watch),
    elbv2: watchCalls(new ElasticLoadBalancingV2Client(shared), 'elasticloadbalancing', watch),
    serviceDiscovery: watchCalls(new ServiceDiscoveryClient(shared), 'servicediscovery', watch),
  };
  return { ...clients, meter, destroy: () => ecs.destroy() };
}
