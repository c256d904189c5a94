import type {
  DeregisterInstanceRequest,
  DeregisterInstanceResponse,
  GetInstanceRequest,
  GetInstanceResponse,
  ListInstancesRequest,
  ListInstancesResponse,
  RegisterInstanceRequest,
  RegisterInstanceResponse,
} from '@aws-sdk/client-servicediscovery';
import { operation } from '../../kernel/operation';
import { onService } from './access';
import { getInstancesHealthStatus, updateInstanceCustomHealthStatus } from './instance-health';
import type { InstanceKey } from './instances';
import { deregisterInstance, instanceOf, instancesOf, registerInstance } from './instances';
import { required } from './invalid-input';
import { pageOf } from './paging';

function keyOf({ ServiceId, InstanceId }: GetInstanceRequest): InstanceKey {
  return { serviceId: required(ServiceId, 'ServiceId'), instanceId: required(InstanceId, 'InstanceId') };
}

const register = operation<RegisterInstanceRequest, RegisterInstanceResponse>({
  accepts: ['ServiceId', 'InstanceId', 'CreatorRequestId', 'Attributes'],
  authorize: ({ ServiceId }, call) => onService(ServiceId, call),
  run: (request, { scope }) => ({
    OperationId: registerInstance(scope, {
      ...keyOf(request),
      attributes: required(request.Attributes, 'Attributes'),
      creatorRequestId: request.CreatorRequestId,
    }),
  }),
});

const deregister = operation<DeregisterInstanceRequest, DeregisterInstanceResponse>({
  accepts: ['ServiceId', 'InstanceId'],
  authorize: ({ ServiceId }, call) => onService(ServiceId, call),
  run: (request, { scope }) => ({ OperationId: deregisterInstance(scope, keyOf(request)) }),
});

const getInstance = operation<GetInstanceRequest, GetInstanceResponse>({
  accepts: ['ServiceId', 'InstanceId'],
  authorize: ({ ServiceId }, call) => onService(ServiceId, call),
  run(request, { scope }) {
    const { id, attributes, creatorRequestId } = instanceOf(scope, keyOf(request));
    return {
      ResourceOwner: scope.account,
      Instance: {
        Id: id,
        CreatorRequestId: creatorRequestId,
        Attributes: { ...attributes },
        CreatedByAccount: scope.account,
      },
    };
  },
});

const listInstances = operation<ListInstancesRequest, ListInstancesResponse>({
  accepts: ['ServiceId', 'MaxResults', 'NextToken'],
  authorize: ({ ServiceId }, call) => onService(ServiceId, call),
  run(request, { scope }) {
    const { items, token } = pageOf(instancesOf(scope, required(request.ServiceId, 'ServiceId')), request);
    return {
      ResourceOwner: scope.account,
      Instances: items.map(({ id, attributes }) => ({
        Id: id,
        Attributes: { ...attributes },
        CreatedByAccount: scope.account,
      })),
      NextToken: token,
    };
  },
});

export const instanceOperations = {
  DeregisterInstance: deregister,
  GetInstance: getInstance,
  GetInstancesHealthStatus: getInstancesHealthStatus,
  ListInstances: listInstances,
  RegisterInstance: register,
  UpdateInstanceCustomHealthStatus: updateInstanceCustomHealthStatus,
};
