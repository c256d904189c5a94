import type {
  DescribeInstancesRequest,
  DescribeInstanceStatusRequest,
  DescribeInstanceStatusResult,
  InstanceStateChange,
  InstanceStatus,
  StartInstancesRequest,
  StopInstancesRequest,
  TerminateInstancesRequest,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { invalidCombination } from './ec2-error';
import type { Instance } from './instance';
import { allInstances, INSTANCE, requireInstances } from './instance';
import { describeInstanceAttribute } from './instance-attribute';
import { startInstance, stopInstance, terminateInstance } from './instance-lifecycle';
import { INSTANCES, STATE_FILTERS } from './instance-listing';
import { modifyInstanceMetadataOptions } from './instance-metadata-options';
import type { AnyInstanceShape } from './instance-shape';
import { instanceShape, stateShape } from './instance-shape';
import type { Listing } from './listing';
import { checkId, list } from './listing';
import type { Reservation } from './run-instances';
import { runInstances } from './run-instances';

interface ReservationPage {
  readonly Reservations: readonly Reservation[];
  readonly NextToken: string | undefined;
}

const describeInstances = operation<DescribeInstancesRequest, ReservationPage>({
  accepts: ['InstanceIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, INSTANCES, {
      ids: input.InstanceIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { Reservations: reservations(scope, items), NextToken: token };
  },
});

/** A page counts instances; one reservation may go on on the next page. */
function reservations(scope: Scope, instances: readonly Instance[]): Reservation[] {
  const byId = new Map<string, AnyInstanceShape[]>();
  for (const instance of instances) {
    const together = byId.get(instance.reservationId) ?? [];
    together.push(instanceShape(scope, instance));
    byId.set(instance.reservationId, together);
  }
  return [...byId].map(([id, shapes]) => ({
    ReservationId: id,
    OwnerId: scope.account,
    Groups: [],
    Instances: shapes,
  }));
}

/** Reachability is checked for a while after the start; AWS takes minutes. */
const CHECK_MS = 5_000;
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceStatus.html */
const MAX_STATUS_IDS = 100;

type Health = 'not-applicable' | 'initializing' | 'ok';

function healthOf(scope: Scope, { state, stateSince }: Instance): Health {
  if (state !== 'running') return 'not-applicable';
  return scope.clock.now().getTime() - stateSince.getTime() < CHECK_MS ? 'initializing' : 'ok';
}

const STATUSES: Listing<Instance> = {
  ...INSTANCES,
  taggable: false,
  filters: {
    ...STATE_FILTERS,
    'instance-status.status': (instance, scope) => healthOf(scope, instance),
    'system-status.status': (instance, scope) => healthOf(scope, instance),
  },
};

const describeInstanceStatus = operation<DescribeInstanceStatusRequest, DescribeInstanceStatusResult>({
  accepts: ['InstanceIds', 'IncludeAllInstances', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { IncludeAllInstances: withAll = false, Filters: filters, MaxResults, NextToken: nextToken } = input;
    const named = new Set(statusIds(scope, input));
    const all = (): readonly Instance[] =>
      allInstances(scope)
        .filter(({ id }) => named.size === 0 || named.has(id))
        .filter(({ state }) => withAll || state === 'running');
    const { items, token } = list(scope, { ...STATUSES, all }, { filters, maxResults: MaxResults, nextToken });
    return { InstanceStatuses: items.map((instance) => statusShape(scope, instance)), NextToken: token };
  },
});

/** The instances that the request names; they exist, but need not be shown. */
function statusIds(scope: Scope, { InstanceIds: ids = [], MaxResults }: DescribeInstanceStatusRequest): string[] {
  if (ids.length > 0 && MaxResults !== undefined) {
    throw invalidCombination('The parameter instancesSet cannot be used with the parameter maxResults');
  }
  if (ids.length > MAX_STATUS_IDS) {
    const limit = String(MAX_STATUS_IDS);
    const message = `${String(ids.length)} exceeds the maximum number of instance IDs that can be specified (${limit}).`;
    throw new ApiError('InvalidRequest', message);
  }
  for (const id of ids) checkId(INSTANCE, id);
  requireInstances(scope, ids);
  return ids;
}

const REACHABILITY = { ok: 'passed', initializing: 'initializing' } as const;

function statusShape(scope: Scope, instance: Instance): InstanceStatus {
  const health = healthOf(scope, instance);
  const summary =
    health === 'not-applicable'
      ? { Status: health }
      : { Status: health, Details: [{ Name: 'reachability' as const, Status: REACHABILITY[health] }] };
  return {
    InstanceId: instance.id,
    AvailabilityZone: instance.zone.name,
    AvailabilityZoneId: instance.zone.id,
    InstanceState: stateShape(instance.state),
    InstanceStatus: summary,
    SystemStatus: summary,
  };
}

interface ChangeRequest {
  readonly InstanceIds: readonly string[] | undefined;
}

/** Applies a change of state to all instances of a request; an unknown id stops it before anything changes. */
function change(scope: Scope, { InstanceIds = [] }: ChangeRequest, apply: typeof startInstance): InstanceStateChange[] {
  for (const id of InstanceIds) checkId(INSTANCE, id);
  return requireInstances(scope, InstanceIds).map((instance) => {
    const PreviousState = stateShape(instance.state);
    apply(scope, instance);
    return { InstanceId: instance.id, PreviousState, CurrentState: stateShape(instance.state) };
  });
}

const startInstances = operation<StartInstancesRequest, { StartingInstances: InstanceStateChange[] }>({
  accepts: ['InstanceIds'],
  run: (input, { scope }) => ({ StartingInstances: change(scope, input, startInstance) }),
});

const stopInstances = operation<StopInstancesRequest, { StoppingInstances: InstanceStateChange[] }>({
  accepts: ['InstanceIds', 'Force'],
  run: (input, { scope }) => ({ StoppingInstances: change(scope, input, stopInstance) }),
});

const terminateInstances = operation<TerminateInstancesRequest, { TerminatingInstances: InstanceStateChange[] }>({
  accepts: ['InstanceIds'],
  run: (input, { scope }) => ({ TerminatingInstances: change(scope, input, terminateInstance) }),
});

export const instanceOperations: Operations = {
  DescribeInstanceAttribute: describeInstanceAttribute,
  DescribeInstanceStatus: describeInstanceStatus,
  DescribeInstances: describeInstances,
  ModifyInstanceMetadataOptions: modifyInstanceMetadataOptions,
  RunInstances: runInstances,
  StartInstances: startInstances,
  StopInstances: stopInstances,
  TerminateInstances: terminateInstances,
};
