"""EFS of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import eventually, pages, refused


@pytest.fixture
def efs(client):
    return client("efs")


@pytest.fixture
def file_system(efs, name):
    """`file_system()`: id of a new file system that is available."""
    count = 0

    def make():
        nonlocal count
        count += 1
        made = efs.create_file_system(CreationToken=f"{name}-{count}", Encrypted=True, Tags=[{"Key": "Name", "Value": name}])
        identity = made["FileSystemId"]

        def available():
            [shown] = efs.describe_file_systems(FileSystemId=identity)["FileSystems"]
            return shown["LifeCycleState"] == "available"

        eventually(available)
        return identity

    return make


def mount(efs, file_system, subnet, kind):
    """Id of a mount target that is available."""
    made = efs.create_mount_target(FileSystemId=file_system, SubnetId=subnet, IpAddressType=kind)["MountTargetId"]

    def available():
        [shown] = efs.describe_mount_targets(MountTargetId=made)["MountTargets"]
        return shown["LifeCycleState"] == "available"

    eventually(available)
    return made


def test_file_system_comes_and_goes(efs, aws, file_system, name):
    identity = file_system()
    [shown] = aws("efs", "describe-file-systems", "--creation-token", f"{name}-1")["FileSystems"]
    assert (shown["FileSystemId"], shown["Name"], shown["NumberOfMountTargets"]) == (identity, name, 0)
    with refused("FileSystemAlreadyExists"):
        efs.create_file_system(CreationToken=f"{name}-1")
    efs.delete_file_system(FileSystemId=identity)
    with refused("FileSystemNotFound"):
        eventually(lambda: not efs.describe_file_systems(FileSystemId=identity))


def test_mount_targets_have_a_family(efs, aws, file_system, network, client, name):
    identity = file_system()
    targets = [mount(efs, identity, network["native"], "IPV6_ONLY"), mount(efs, identity, network["dual"][1], "DUAL_STACK"),
               mount(efs, identity, network["ipv4"], "IPV4_ONLY")]
    found = {each["MountTargetId"]: each for each in pages(efs, "describe_mount_targets", "MountTargets", 1,
                                                           FileSystemId=identity)}
    assert set(found) == set(targets)
    assert [("IpAddress" in found[each], "Ipv6Address" in found[each]) for each in targets] == [
        (False, True), (True, True), (True, False),
    ]
    assert len(aws("efs", "describe-mount-targets", "--file-system-id", identity)["MountTargets"]) == 3
    with refused("FileSystemInUse"):
        efs.delete_file_system(FileSystemId=identity)
    groups = efs.describe_mount_target_security_groups(MountTargetId=targets[0])["SecurityGroups"]
    own = client("ec2").create_security_group(VpcId=network["vpc"], GroupName=name, Description="judge")["GroupId"]
    efs.modify_mount_target_security_groups(MountTargetId=targets[0], SecurityGroups=[own])
    assert efs.describe_mount_target_security_groups(MountTargetId=targets[0])["SecurityGroups"] == [own] != groups
    with refused("MountTargetConflict"):
        efs.create_mount_target(FileSystemId=identity, SubnetId=network["dual"][0])
    for each in targets:
        efs.delete_mount_target(MountTargetId=each)
    eventually(lambda: not efs.describe_mount_targets(FileSystemId=identity)["MountTargets"])
    with refused("MountTargetNotFound"):
        efs.describe_mount_targets(MountTargetId=targets[0])


def test_access_points(efs, file_system, name):
    identity = file_system()
    points = [
        efs.create_access_point(ClientToken=f"{name}-{index}", FileSystemId=identity, RootDirectory={"Path": f"/{index}"},
                                PosixUser={"Uid": 1000, "Gid": 1000})["AccessPointId"]
        for index in range(3)
    ]
    found = pages(efs, "describe_access_points", "AccessPoints[].AccessPointId", 1, FileSystemId=identity)
    assert sorted(found) == sorted(points)
    efs.delete_access_point(AccessPointId=points[0])
    with refused("AccessPointNotFound"):
        efs.describe_access_points(AccessPointId=points[0])


def test_file_systems_are_listed_in_pages(efs, file_system):
    made = {file_system() for _ in range(3)}
    assert made <= set(pages(efs, "describe_file_systems", "FileSystems[].FileSystemId", 1))


def test_tags(efs, file_system, name):
    identity = file_system()
    efs.tag_resource(ResourceId=identity, Tags=[{"Key": "team", "Value": "web"}])
    efs.untag_resource(ResourceId=identity, TagKeys=["Name"])
    assert efs.list_tags_for_resource(ResourceId=identity)["Tags"] == [{"Key": "team", "Value": "web"}]
