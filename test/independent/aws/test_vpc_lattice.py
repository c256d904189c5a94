"""Target groups of VPC Lattice in the local account, judged by boto3 and the aws CLI."""

import pytest
from botocore.utils import parse_timestamp
from conftest import pages, refused


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
