"""Service Connect of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import eventually, refused


@pytest.fixture
def cloud_map(client):
    return client("servicediscovery")


@pytest.fixture
def namespace(cloud_map, name):
    asked = cloud_map.create_http_namespace(Name=name)["OperationId"]
    eventually(lambda: cloud_map.get_operation(OperationId=asked)["Operation"]["Status"] == "SUCCESS")
    return name


@pytest.fixture
def service(client, namespace, network, name):
    """What a service `name` of one task is created with: it is found as `web` in the namespace."""
    ecs = client("ecs")
    ecs.create_cluster(clusterName=name)
    ecs.register_task_definition(
        family=name, networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
        containerDefinitions=[
            {"name": "app", "image": "nginx", "portMappings": [{"containerPort": 8080, "name": "http"}]}
        ],
    )
    return {
        "cluster": name, "serviceName": name, "taskDefinition": name, "desiredCount": 1, "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": [network["native"]]}},
        "serviceConnectConfiguration": {
            "enabled": True,
            "namespace": namespace,
            "services": [
                {"portName": "http", "discoveryName": "web", "clientAliases": [{"port": 80, "dnsName": "web"}]}
            ],
        },
    }


def test_tasks_are_found_by_name(client, cloud_map, aws, service, name):
    ecs = client("ecs")
    [deployment] = ecs.create_service(**service)["service"]["deployments"]
    assert deployment["serviceConnectConfiguration"] == service["serviceConnectConfiguration"]
    [resource] = deployment["serviceConnectResources"]
    made = aws("servicediscovery", "get-service", "--id", resource["discoveryArn"].split("/")[-1])["Service"]
    assert (made["Name"], made["Type"]) == ("web", "HTTP")
    [found] = eventually(lambda: cloud_map.list_instances(ServiceId=made["Id"])["Instances"])
    assert found["Attributes"]["AWS_INSTANCE_PORT"] == "8080"
    [task] = ecs.list_tasks(cluster=name)["taskArns"]
    [described] = ecs.describe_tasks(cluster=name, tasks=[task])["tasks"]
    [address] = [each["ipv6Address"] for each in described["containers"][0]["networkInterfaces"]]
    assert found["Attributes"]["AWS_INSTANCE_IPV6"] == address
    ecs.update_service(cluster=name, service=name, serviceConnectConfiguration={"enabled": False})
    eventually(lambda: not cloud_map.list_instances(ServiceId=made["Id"])["Instances"])
    ecs.delete_service(cluster=name, service=name, force=True)


def test_what_could_not_be_found_is_refused(client, service, name):
    ecs = client("ecs")
    connect = service["serviceConnectConfiguration"]

    def create(**changes):
        ecs.create_service(**{**service, "serviceConnectConfiguration": {**connect, **changes}})

    with refused("NamespaceNotFoundException", "elsewhere"):
        create(namespace="elsewhere")
    with refused("InvalidParameterException", "grpc"):
        create(services=[{"portName": "grpc"}])
    ecs.create_service(**service)
    with refused("InvalidParameterException", "web is in use"):
        ecs.create_service(**{**service, "serviceName": f"{name}-2"})
    ecs.delete_service(cluster=name, service=name, force=True)
