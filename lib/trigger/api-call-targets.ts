/** API calls that change what a target group, a Cloud Map service, an ECS service or an instance is, and that no event tells of. */
import * as v from 'valibot';
import { formatArn, parseArn, parseEcsArn, partitionOf } from './arn';
import { ecsRequest, serviceArnOf } from './ecs-requests';
import type { Place } from './envelope';
import type { Request } from './request';
import { nothing, UNPLACED, type Trigger } from './trigger';

interface ApiCallName {
  readonly eventSource: string;
  readonly eventName: string;
  readonly requestParameters?: unknown;
}

const targetGroup = v.object({ targetGroupArn: v.string() });

function targetGroupRequest(parameters: unknown): Request | undefined {
  const parsed = v.safeParse(targetGroup, parameters);
  if (!parsed.success) return undefined;
  const id = parsed.output.targetGroupArn;
  const arn = parseArn(id);
  if (arn?.service !== 'elasticloadbalancing') return undefined;
  return { kind: 'target-group', account: arn.account, region: arn.region, id };
}

/** An id, or an ARN, as AWS allows for services shared by another account. */
const cloudMapService = v.object({ serviceId: v.string() });

function cloudMapRequest(parameters: unknown, { account, region }: Place): Request | undefined {
  const parsed = v.safeParse(cloudMapService, parameters);
  if (!parsed.success) return undefined;
  const { serviceId } = parsed.output;
  if (parseArn(serviceId)) return { kind: 'cloudmap-service', account, region, id: serviceId };
  if (!/^srv-[a-z0-9]+$/.test(serviceId)) return undefined;
  const partition = partitionOf(region);
  const id = formatArn({ partition, service: 'servicediscovery', region, account, resource: `service/${serviceId}` });
  return { kind: 'cloudmap-service', account, region, id };
}

/** `serviceName` on create, `service` on update; names or ARNs. Without a cluster, ECS takes the one named `default`. */
const ecsService = v.object({
  cluster: v.optional(v.string(), 'default'),
  service: v.optional(v.string()),
  serviceName: v.optional(v.string()),
});

function serviceRequest(parameters: unknown, { account, region }: Place): Request | undefined {
  const parsed = v.safeParse(ecsService, parameters);
  const named = parsed.success ? (parsed.output.service ?? parsed.output.serviceName) : undefined;
  if (!parsed.success || !named) return undefined;
  if (parseEcsArn(named)) return ecsRequest('service', named);
  const { cluster } = parsed.output;
  const clusterArn = parseArn(cluster)
    ? cluster
    : formatArn({ partition: partitionOf(region), service: 'ecs', region, account, resource: `cluster/${cluster}` });
  const arn = serviceArnOf(clusterArn, named);
  return arn === undefined ? undefined : ecsRequest('service', arn, clusterArn);
}

const networkInterface = v.object({ networkInterfaceId: v.pipe(v.string(), v.regex(/^eni-[0-9a-f]+$/)) });

function interfaceRequest(parameters: unknown, { account, region }: Place): Request | undefined {
  const parsed = v.safeParse(networkInterface, parameters);
  if (!parsed.success) return undefined;
  return { kind: 'network-interface', account, region, id: parsed.output.networkInterfaceId };
}

type Mapper = (parameters: unknown, place: Place) => Request | undefined;

const MAPPERS: ReadonlyMap<string, Mapper> = new Map<string, Mapper>([
  ['elasticloadbalancing.amazonaws.com RegisterTargets', targetGroupRequest],
  ['elasticloadbalancing.amazonaws.com DeregisterTargets', targetGroupRequest],
  ['servicediscovery.amazonaws.com RegisterInstance', cloudMapRequest],
  ['servicediscovery.amazonaws.com DeregisterInstance', cloudMapRequest],
  ['ecs.amazonaws.com CreateService', serviceRequest],
  ['ecs.amazonaws.com UpdateService', serviceRequest],
  ['ec2.amazonaws.com AssignIpv6Addresses', interfaceRequest],
  ['ec2.amazonaws.com ModifyNetworkInterfaceAttribute', interfaceRequest],
  ['ec2.amazonaws.com UnassignIpv6Addresses', interfaceRequest],
]);

/** The resource that a successful call changed; `place` is undefined where nobody knows where it was made. */
export function apiCallTargets(
  { eventSource, eventName, requestParameters }: ApiCallName,
  place: Place | undefined,
): Trigger {
  const label = `${eventSource} ${eventName}`;
  const mapper = MAPPERS.get(label);
  if (!mapper) return nothing(`${label} changes nothing that is looked after, or an event of its own tells of it`);
  if (!place) return nothing(UNPLACED);
  const request = mapper(requestParameters, place);
  return request ? { requests: [request] } : nothing(`${label} does not name its resource as expected`);
}
