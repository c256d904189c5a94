/** Launching an instance of a group: which subnet it goes to, and what becomes of a refusal. */
import type { RequestLaunchTemplateData, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import type { Instance } from '../ec2/instance';
import { requireTemplate, requireVersion } from '../ec2/launch-template';
import { launch } from '../ec2/run-instances';
import { requireSubnet } from '../ec2/subnet';
import type { Subnet } from '../ec2/subnet';
import type { Tags } from '../ec2/tag';
import { beginActivity, endActivity, type Activity } from './activity';
import { publishScaling } from './scaling-event';
import type { AutoScalingGroup, Member } from './state';
import { isWanted } from './state';

/** Full subnets are passed over for others; everything else is as wrong there. */
const FULL = 'InsufficientFreeAddressesInSubnet';

/** Launches one instance. Answers false if EC2 refused, which is told and noted. */
export function launchMember(scope: Scope, group: AutoScalingGroup, cause: string): boolean {
  for (const subnetId of byNeed(scope, group)) {
    const zone = findZone(scope, subnetId);
    const description = 'Launching a new EC2 instance';
    const activity = beginActivity(scope, group, { description, cause, status: 'PreInService', subnetId, zone });
    try {
      admit(scope, group, { instance: start(scope, group, subnetId), activity });
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      noteFailure(scope, group, { activity, error });
      if (error.code !== FULL) return false;
    }
  }
  return false;
}

/** The group's subnets: those first in whose zone, and which themselves, have the fewest of its instances. */
function byNeed(scope: Scope, group: AutoScalingGroup): readonly string[] {
  const members = [...group.members.values()].filter(isWanted);
  const inSubnet = (id: string): number => members.filter(({ subnetId }) => subnetId === id).length;
  const inZone = (id: string): number => members.filter(({ zone }) => zone.name === findZone(scope, id)).length;
  return [...group.subnetIds].sort((a, b) => inZone(a) - inZone(b) || inSubnet(a) - inSubnet(b));
}

/** A subnet may have been deleted since the group was made. */
function findZone(scope: Scope, subnetId: string): string | undefined {
  return attempt(() => requireSubnet(scope, subnetId))?.zone.name;
}

function attempt(find: () => Subnet): Subnet | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function start(scope: Scope, group: AutoScalingGroup, subnetId: string): Instance {
  const { LaunchTemplateId, Version } = group.launchTemplate;
  const { content } = requireVersion(requireTemplate(scope, { LaunchTemplateId }), Version);
  const request = { MinCount: 1, MaxCount: 1, LaunchTemplate: { LaunchTemplateId, Version } };
  const [instance] = launch(scope, { ...request, ...placed(content, subnetId) }, tagsOf(group));
  if (!instance) throw new Error(`no instance was launched for ${group.name}`);
  return instance;
}

/** The group's subnet takes the place of any that the template names: what AWS says of network interfaces there. */
function placed({ NetworkInterfaces = [] }: RequestLaunchTemplateData, SubnetId: string): Partial<RunInstancesRequest> {
  if (NetworkInterfaces.length === 0) return { SubnetId };
  return { NetworkInterfaces: NetworkInterfaces.map((each) => ({ ...each, SubnetId })) };
}

/** The group's tags win over the template's: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html */
function tagsOf({ name, tags }: AutoScalingGroup): Tags {
  const own = [...tags].filter(([, { propagate }]) => propagate).map(([key, { value }]) => [key, value] as const);
  return new Map([...own, ['aws:autoscaling:groupName', name]]);
}

interface Launched {
  readonly instance: Instance;
  readonly activity: Activity;
}

function admit(scope: Scope, group: AutoScalingGroup, { instance, activity }: Launched): void {
  const { LaunchTemplateId, Version } = group.launchTemplate;
  const { number } = requireVersion(requireTemplate(scope, { LaunchTemplateId }), Version);
  activity.description = `Launching a new EC2 instance: ${instance.id}`;
  group.members.set(instance.id, {
    ...memberOf(scope, instance),
    launchTemplate: { ...group.launchTemplate, Version: String(number) },
    protected: group.protectNew,
    activity,
  });
  group.failures.count = 0;
  group.failures.notBefore = undefined;
}

/** What a group knows of an instance that just came to it. */
export function memberOf(scope: Scope, { id, subnetId, zone, type, image }: Instance): Member {
  return {
    ...{ instanceId: id, subnetId, zone, type: type.name, imageId: image.id },
    launchTemplate: undefined,
    joinedAt: scope.clock.now(),
    registeredIn: new Set(),
    state: 'Pending',
    health: 'Healthy',
    protected: false,
    inServiceAt: undefined,
    activity: undefined,
  };
}

/** AWS states neither the first nor the longest wait between tries. */
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 15 * 60_000;

interface Refused {
  readonly activity: Activity;
  readonly error: ApiError;
}

function noteFailure(scope: Scope, group: AutoScalingGroup, { activity, error }: Refused): void {
  activity.statusMessage = `${error.message} Launching EC2 instance failed.`;
  activity.description = `Launching a new EC2 instance.  Status Reason: ${activity.statusMessage}`;
  endActivity(scope, activity, 'Failed');
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** group.failures.count, LONGEST_RETRY_MS);
  group.failures.count += 1;
  group.failures.notBefore = new Date(scope.clock.now().getTime() + waitMs);
  publishScaling(scope, group, { kind: 'notLaunched', activity });
}
