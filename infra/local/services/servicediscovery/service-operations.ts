import type {
  DeleteServiceRequest,
  GetServiceRequest,
  GetServiceResponse,
  ListServicesRequest,
  ListServicesResponse,
  ServiceChange,
  ServiceSummary,
  UpdateServiceRequest,
  UpdateServiceResponse,
} from '@aws-sdk/client-servicediscovery';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onService } from './access';
import { startOperation } from './async-operation';
import { hasInstanceOperation } from './instances';
import { invalidInput, required } from './invalid-input';
import type { Filter } from './paging';
import { pageOf, select } from './paging';
import { checkedHealthCheck, checkedRecords, createService, serviceView } from './services';
import type { CloudMapRecord, CloudMapService } from './state';
import { cloudMap, dnsRecords, namespaceOf, serviceOf } from './state';

const getService = operation<GetServiceRequest, GetServiceResponse>({
  accepts: ['Id'],
  authorize: ({ Id }, call) => onService(Id, call),
  run: ({ Id }, { scope }) => ({ Service: serviceView(scope, serviceOf(scope, required(Id, 'Id'))) }),
});

/** A summary names no namespace: https://docs.aws.amazon.com/cloud-map/latest/api/API_ServiceSummary.html */
function summary(scope: Scope, service: CloudMapService): ServiceSummary {
  const { NamespaceId, CreatorRequestId, ...rest } = serviceView(scope, service);
  const { routingPolicy, records } = service;
  const dns = routingPolicy ? { RoutingPolicy: routingPolicy, DnsRecords: dnsRecords(records) } : undefined;
  return { ...rest, DnsConfig: dns };
}

const FILTERS: Readonly<Record<string, Filter<CloudMapService>>> = {
  NAMESPACE_ID: {
    conditions: ['EQ'],
    test: ({ namespaceId }, [id = '']) => id.slice(id.lastIndexOf('/') + 1) === namespaceId,
  },
  RESOURCE_OWNER: { conditions: ['EQ'], test: (_, [owner]) => owner === 'SELF' },
};

const listServices = operation<ListServicesRequest, ListServicesResponse>({
  accepts: ['Filters', 'MaxResults', 'NextToken'],
  run(request, { scope }) {
    // AWS filters what is on the page: a page may be empty and still have a successor
    const { items, token } = pageOf([...cloudMap(scope).services.values()], request);
    const wanted = select(items, request.Filters, FILTERS);
    return { Services: wanted.map((service) => summary(scope, service)), NextToken: token };
  },
});

const deleteService = operation<DeleteServiceRequest, object>({
  accepts: ['Id'],
  authorize: ({ Id }, call) => onService(Id, call),
  run({ Id }, { scope }) {
    const service = serviceOf(scope, required(Id, 'Id'));
    if (service.instances.size > 0 || hasInstanceOperation(scope, service)) {
      throw new ApiError(
        'ResourceInUse',
        'Service contains registered instances; delete the instances before deleting the service',
      );
    }
    cloudMap(scope).services.delete(service.id);
    cloudMap(scope).tags.delete(service.arn);
    return {};
  },
});

/** Records after the change: TTLs may differ, types may only fall away. */
function changedRecords(service: CloudMapService, { DnsConfig }: ServiceChange): readonly CloudMapRecord[] {
  const records = DnsConfig ? checkedRecords(required(DnsConfig.DnsRecords, 'DnsRecords')) : [];
  const present = new Set(service.records.map(({ type }) => type));
  const added = records.find(({ type }) => !present.has(type));
  if (added) {
    throw invalidInput(`The record types of a service cannot be changed: it has no ${added.type} record to update.`);
  }
  return records;
}

const updateService = operation<UpdateServiceRequest, UpdateServiceResponse>({
  accepts: ['Id', 'Service'],
  authorize: ({ Id }, call) => onService(Id, call),
  run({ Id, Service }, { scope }) {
    const service = serviceOf(scope, required(Id, 'Id'));
    const change = required(Service, 'Service');
    const records = changedRecords(service, change);
    const namespace = namespaceOf(scope, service.namespaceId);
    const healthCheck = checkedHealthCheck(namespace, records, change.HealthCheckConfig);
    const OperationId = startOperation(scope, {
      type: 'UPDATE_SERVICE',
      targets: { SERVICE: service.id, NAMESPACE: service.namespaceId },
      subject: service.id,
      complete: () => {
        service.records = records;
        service.healthCheck = healthCheck;
        service.description = change.Description ?? service.description;
        return undefined;
      },
    });
    return { OperationId };
  },
});

export const serviceOperations = {
  CreateService: createService,
  DeleteService: deleteService,
  GetService: getService,
  ListServices: listServices,
  UpdateService: updateService,
};
