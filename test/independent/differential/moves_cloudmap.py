"""Cloud Map: namespaces, services, instances."""

from plan import Plan, fresh, needs, read, write


def make_http_namespace(rng, world):
    return write('servicediscovery', 'create_http_namespace', {'operation': 'OperationId'}, Name=fresh(rng, 'space'))


@needs('vpc')
def make_private_namespace(rng, vpc):
    makes = {'operation': 'OperationId'}
    return write('servicediscovery', 'create_private_dns_namespace', makes, Name=fresh(rng, 'zone'), Vpc=vpc)


@needs('operation')
def look_at_operation(rng, operation):
    makes = {'namespace': "Operation.Targets.NAMESPACE"}
    plan = read('servicediscovery', 'get_operation', OperationId=operation)
    return Plan(plan.service, plan.operation, plan.parameters, makes, writes=False)


@needs('namespace')
def describe_namespace(rng, namespace):
    return read('servicediscovery', 'get_namespace', Id=namespace)


@needs('namespace')
def make_service(rng, namespace):
    records = rng.choice([[{'Type': 'A', 'TTL': 10}], [{'Type': 'A', 'TTL': 10}, {'Type': 'AAAA', 'TTL': 10}]])
    dns = rng.choice([{}, {'DnsConfig': {'DnsRecords': records, 'RoutingPolicy': 'MULTIVALUE'}}])
    makes = {'registry': 'Service.Id', 'registry-arn': 'Service.Arn'}
    return write('servicediscovery', 'create_service', makes, Name=fresh(rng, 'service'), NamespaceId=namespace, **dns)


@needs('registry')
def describe_service(rng, registry):
    return read('servicediscovery', 'get_service', Id=registry)


@needs('namespace')
def services_of(rng, namespace):
    wanted = [{'Name': 'NAMESPACE_ID', 'Values': [namespace], 'Condition': 'EQ'}]
    return read('servicediscovery', 'list_services', Filters=wanted)


@needs('registry')
def instances_of(rng, registry):
    return read('servicediscovery', 'list_instances', ServiceId=registry)


@needs('registry')
def no_instance(rng, registry):
    return read('servicediscovery', 'get_instance', ServiceId=registry, InstanceId='nobody')


@needs('registry')
def delete_service(rng, registry):
    return write('servicediscovery', 'delete_service', ends=[registry], Id=registry)


CLOUD_MAP = [
    *[make_private_namespace, look_at_operation, make_service] * 2,
    *[make_http_namespace, describe_namespace, describe_service, services_of, instances_of, no_instance],
    delete_service,
]
