"""Target groups of VPC Lattice in the local account, judged by boto3 and the aws CLI."""

import pytest
from botocore.utils import parse_timestamp
from conftest import eventually, pages, refused


@pytest.fixture
def lattice(client):
    return client("vpc-lattice")


@pytest.fixture
def group(lattice, network, name):
    """`group()`: a new target group for IPv6 addresses."""
    count = 0

    def make():
        nonlocal count
        count += 1
        config = {"port": 80, "protocol": "HTTP", "vpcIdentifier": network["vpc"], "ipAddressType": "IPV6"}
        return lattice.create_target_group(name=f"{name}-{count}", type="IP", config=config, tags={"team": "web"})

    return make


def test_group_comes_and_goes(lattice, aws, group):
    made = group()
    shown = aws("vpc-lattice", "get-target-group", "--target-group-identifier", made["id"])
    assert lattice.get_target_group(targetGroupIdentifier=made["id"])["createdAt"] == parse_timestamp(shown["createdAt"])
    assert (shown["arn"], shown["config"]["ipAddressType"], shown["status"]) == (made["arn"], "IPV6", "ACTIVE")
    health = {"enabled": True, "protocol": "HTTP", "path": "/health"}
    changed = lattice.update_target_group(targetGroupIdentifier=made["id"], healthCheck=health)
    assert changed["config"]["healthCheck"]["path"] == "/health"
    lattice.delete_target_group(targetGroupIdentifier=made["id"])
    with refused("ResourceNotFoundException"):
        lattice.get_target_group(targetGroupIdentifier=made["id"])


def test_targets(lattice, group):
    made = group()["id"]
    targets = [{"id": f"2600:1f00::{index}", "port": 80} for index in range(1, 4)]
    answer = lattice.register_targets(targetGroupIdentifier=made, targets=targets)
    assert (len(answer["successful"]), answer["unsuccessful"]) == (3, [])
    found = pages(lattice, "list_targets", "items", 1, targetGroupIdentifier=made)
    assert sorted(each["id"] for each in found) == [each["id"] for each in targets]
    with refused("ConflictException"):
        lattice.delete_target_group(targetGroupIdentifier=made)
    answer = lattice.deregister_targets(targetGroupIdentifier=made, targets=[*targets, {"id": "2600:1f00::9", "port": 80}])
    assert (len(answer["successful"]), len(answer["unsuccessful"])) == (3, 1)


def test_groups_are_listed_in_pages(lattice, group, network):
    made = {group()["id"] for _ in range(3)}
    assert set(pages(lattice, "list_target_groups", "items[].id", 1, vpcIdentifier=network["vpc"])) == made


def test_tags(lattice, group):
    arn = group()["arn"]
    lattice.tag_resource(resourceArn=arn, tags={"stage": "beta"})
    lattice.untag_resource(resourceArn=arn, tagKeys=["team"])
    assert lattice.list_tags_for_resource(resourceArn=arn)["tags"] == {"stage": "beta"}


def test_ecs_registers_tasks_by_address(lattice, client, group, network, name):
    ecs = client("ecs")
    web = group()["arn"]
    ecs.create_cluster(clusterName=name)
    mapping = {"containerPort": 8080, "name": "web"}
    ecs.register_task_definition(
        family=name, networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
        containerDefinitions=[{"name": "app", "image": "nginx", "portMappings": [mapping]}],
    )
    role = "arn:aws:iam::111122223333:role/ecsInfrastructureRole"
    configuration = [{"roleArn": role, "targetGroupArn": web, "portName": "web"}]
    service = {
        "cluster": name, "serviceName": name, "taskDefinition": name, "desiredCount": 1, "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": [network["native"]]}},
    }
    with refused("InvalidParameterException", "admin"):
        ecs.create_service(**service, vpcLatticeConfigurations=[{**configuration[0], "portName": "admin"}])
    made = ecs.create_service(**service, vpcLatticeConfigurations=configuration)["service"]
    assert made["deployments"][0]["vpcLatticeConfigurations"] == configuration
    [target] = eventually(lambda: lattice.list_targets(targetGroupIdentifier=web)["items"])
    assert (target["port"], target["id"].startswith("2600:"), target["status"]) == (8080, True, "UNUSED")
    ecs.update_service(cluster=name, service=name, desiredCount=0, vpcLatticeConfigurations=[])
    eventually(lambda: not lattice.list_targets(targetGroupIdentifier=web)["items"], seconds=600)
