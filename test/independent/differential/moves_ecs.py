"""Clusters, task definitions, and services that want no tasks: moto starts none."""

from plan import fresh, needs, read, write


def make_cluster(rng, world):
    return write('ecs', 'create_cluster', {'cluster': 'cluster.clusterArn'}, clusterName=fresh(rng, 'cluster'))


@needs('cluster')
def describe_cluster(rng, cluster):
    return read('ecs', 'describe_clusters', clusters=[cluster, 'nobody'], include=['TAGS', 'SETTINGS'])


def register(rng, world):
    mode = rng.choice(['awsvpc', 'bridge', 'host'])
    port = {'containerPort': 80, 'protocol': 'tcp'}
    container = {'name': 'web', 'image': 'web:1', 'memory': 128, 'essential': True, 'portMappings': [port]}
    fargate = {'requiresCompatibilities': ['FARGATE'], 'cpu': '256', 'memory': '512'} if mode == 'awsvpc' else {}
    return write(
        'ecs',
        'register_task_definition',
        {'definition': 'taskDefinition.taskDefinitionArn'},
        family=fresh(rng, 'family'),
        networkMode=mode,
        containerDefinitions=[container],
        **fargate,
    )


@needs('definition')
def describe_definition(rng, definition):
    return read('ecs', 'describe_task_definition', taskDefinition=definition, include=['TAGS'])


@needs('definition')
def deregister(rng, definition):
    return write('ecs', 'deregister_task_definition', ends=[definition], taskDefinition=definition)


@needs('cluster', 'definition', 'subnet')
def make_service(rng, cluster, definition, subnet):
    return write(
        'ecs',
        'create_service',
        {'service': 'service.serviceArn', 'service-cluster': 'service.clusterArn'},
        cluster=cluster,
        serviceName=fresh(rng, 'service'),
        taskDefinition=definition,
        desiredCount=0,
        launchType='FARGATE',
        networkConfiguration={'awsvpcConfiguration': {'subnets': [subnet]}},
    )


@needs('service')
def describe_service(rng, service):
    return read('ecs', 'describe_services', cluster=cluster_of(service), services=[service], include=['TAGS'])


def cluster_of(service):
    """The cluster's name lies in the service's ARN, the same in both accounts."""
    return service.ours.split('/')[1]


@needs('cluster')
def services_of(rng, cluster):
    return read('ecs', 'list_services', cluster=cluster)


@needs('cluster')
def tasks_of(rng, cluster):
    return read('ecs', 'list_tasks', cluster=cluster)


@needs('cluster')
def instances_of(rng, cluster):
    return read('ecs', 'list_container_instances', cluster=cluster)


@needs('cluster')
def tag(rng, cluster):
    tags = [{'key': rng.choice(['Name', 'team']), 'value': rng.choice(['a', 'b'])}]
    return write('ecs', 'tag_resource', resourceArn=cluster, tags=tags)


@needs('cluster')
def untag(rng, cluster):
    return write('ecs', 'untag_resource', resourceArn=cluster, tagKeys=[rng.choice(['Name', 'team'])])


@needs('cluster')
def tags_of(rng, cluster):
    return read('ecs', 'list_tags_for_resource', resourceArn=cluster)


@needs('service')
def delete_service(rng, service):
    return write('ecs', 'delete_service', ends=[service], cluster=cluster_of(service), service=service)


@needs('cluster')
def delete_cluster(rng, cluster):
    return write('ecs', 'delete_cluster', ends=[cluster], cluster=cluster)


def no_cluster(rng, world):
    return read('ecs', 'list_services', cluster='nobody')


ECS = [
    *[make_cluster, register, make_service] * 2,
    *[describe_cluster, describe_definition, deregister, describe_service, services_of, tasks_of, instances_of],
    *[tag, untag, tags_of, delete_service, delete_cluster, no_cluster],
]
