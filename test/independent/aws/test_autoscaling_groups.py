"""Auto Scaling groups of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import eventually, pages, refused


@pytest.fixture
def autoscaling(client):
    return client("autoscaling")


@pytest.fixture
def target_group(client, network, name):
    made = client("elbv2").create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=network["vpc"])
    return made["TargetGroups"][0]["TargetGroupArn"]


@pytest.fixture
def template(client, image, name):
    """Id of a launch template whose instances have a primary IPv6 address."""
    interface = {"DeviceIndex": 0, "PrimaryIpv6": True, "Ipv6AddressCount": 1}
    settings = {"ImageId": image, "InstanceType": "m5.large", "NetworkInterfaces": [interface]}
    made = client("ec2").create_launch_template(LaunchTemplateName=name, LaunchTemplateData=settings)
    return made["LaunchTemplate"]["LaunchTemplateId"]


@pytest.fixture
def group(autoscaling, network, template, name):
    """`group(2)`: name of a new group with so many instances in service."""

    def make(size, suffix=""):
        autoscaling.create_auto_scaling_group(
            AutoScalingGroupName=name + suffix, MinSize=0, MaxSize=5, DesiredCapacity=size,
            LaunchTemplate={"LaunchTemplateId": template, "Version": "$Latest"}, VPCZoneIdentifier=network["dual"][0],
        )
        eventually(lambda: len(in_service(autoscaling, name + suffix)) == size)
        return name + suffix

    return make


def shown(autoscaling, group):
    [found] = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[group])["AutoScalingGroups"]
    return found


def in_service(autoscaling, group):
    """Ids of a group's instances that are in service."""
    return [each["InstanceId"] for each in shown(autoscaling, group)["Instances"] if each["LifecycleState"] == "InService"]


def test_group_and_its_target_groups(autoscaling, aws, group, template, target_group, name):
    group(0)
    with refused("AlreadyExists", name):
        autoscaling.create_auto_scaling_group(
            AutoScalingGroupName=name, MinSize=0, MaxSize=1, LaunchTemplate={"LaunchTemplateId": template}
        )
    named = {"AutoScalingGroupName": name, "TargetGroupARNs": [target_group]}
    autoscaling.attach_load_balancer_target_groups(**named)
    [seen] = aws("autoscaling", "describe-auto-scaling-groups", "--auto-scaling-group-names", name)["AutoScalingGroups"]
    assert (seen["TargetGroupARNs"], seen["MaxSize"]) == ([target_group], 5)
    autoscaling.detach_load_balancer_target_groups(**named)
    assert shown(autoscaling, name)["TargetGroupARNs"] == []
    autoscaling.delete_auto_scaling_group(AutoScalingGroupName=name)
    assert autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"] == []


def test_sizes(autoscaling, group):
    name = group(1)
    autoscaling.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=2)
    eventually(lambda: len(in_service(autoscaling, name)) == 2)
    autoscaling.update_auto_scaling_group(AutoScalingGroupName=name, MaxSize=1)
    eventually(lambda: len(shown(autoscaling, name)["Instances"]) == 1)
    with refused("ValidationError"):
        autoscaling.set_desired_capacity(AutoScalingGroupName=name, DesiredCapacity=9)
    with refused("ResourceInUse"):
        autoscaling.delete_auto_scaling_group(AutoScalingGroupName=name)
    autoscaling.delete_auto_scaling_group(AutoScalingGroupName=name, ForceDelete=True)


def test_instances(autoscaling, client, group):
    name = group(2)
    first, second = in_service(autoscaling, name)
    [instance] = client("ec2").describe_instances(InstanceIds=[first])["Reservations"][0]["Instances"]
    assert instance["NetworkInterfaces"][0]["Ipv6Addresses"][0]["IsPrimaryIpv6"] is True
    own = {"AutoScalingGroupName": name, "InstanceIds": [first]}
    autoscaling.set_instance_protection(**own, ProtectedFromScaleIn=True)
    [seen] = autoscaling.describe_auto_scaling_instances(InstanceIds=[first])["AutoScalingInstances"]
    assert (seen["AutoScalingGroupName"], seen["ProtectedFromScaleIn"]) == (name, True)
    [activity] = autoscaling.detach_instances(**own, ShouldDecrementDesiredCapacity=True)["Activities"]
    assert activity["AutoScalingGroupName"] == name
    eventually(lambda: [each["InstanceId"] for each in shown(autoscaling, name)["Instances"]] == [second])
    autoscaling.attach_instances(**own)
    eventually(lambda: set(in_service(autoscaling, name)) == {first, second})
    autoscaling.set_instance_health(InstanceId=first, HealthStatus="Unhealthy", ShouldRespectGracePeriod=False)
    eventually(lambda: first not in in_service(autoscaling, name))
    ended = autoscaling.terminate_instance_in_auto_scaling_group(InstanceId=second, ShouldDecrementDesiredCapacity=True)
    assert ended["Activity"]["AutoScalingGroupName"] == name
    eventually(lambda: second not in in_service(autoscaling, name))
    found = pages(autoscaling, "describe_scaling_activities", "Activities", 1, AutoScalingGroupName=name)
    assert {each["AutoScalingGroupName"] for each in found} == {name}
    assert len(found) == len({each["ActivityId"] for each in found}) > 2


def test_processes(autoscaling, group):
    name = group(0)
    assert "Launch" in [each["ProcessName"] for each in autoscaling.describe_scaling_process_types()["Processes"]]
    asked = {"AutoScalingGroupName": name, "ScalingProcesses": ["Launch"]}
    autoscaling.suspend_processes(**asked)
    assert [each["ProcessName"] for each in shown(autoscaling, name)["SuspendedProcesses"]] == ["Launch"]
    autoscaling.resume_processes(**asked)
    assert shown(autoscaling, name)["SuspendedProcesses"] == []


def test_tags(autoscaling, group):
    name = group(0)
    tags = [
        {"ResourceId": name, "ResourceType": "auto-scaling-group", "Key": key, "Value": "1", "PropagateAtLaunch": True}
        for key in ("a", "b", "c")
    ]
    autoscaling.create_or_update_tags(Tags=tags)
    filters = [{"Name": "auto-scaling-group", "Values": [name]}]
    assert pages(autoscaling, "describe_tags", "Tags", 1, Filters=filters) == tags
    autoscaling.delete_tags(Tags=tags[:1])
    assert autoscaling.describe_tags(Filters=filters)["Tags"] == tags[1:]


def test_groups_and_instances_are_listed_in_pages(autoscaling, group):
    names = [group(1, f"-{index}") for index in range(3)]
    asked = {"AutoScalingGroupNames": names}
    found = pages(autoscaling, "describe_auto_scaling_groups", "AutoScalingGroups[].AutoScalingGroupName", 1, **asked)
    assert found == names
    ids = [in_service(autoscaling, each)[0] for each in names]
    asked = {"InstanceIds": ids}
    found = pages(autoscaling, "describe_auto_scaling_instances", "AutoScalingInstances[].InstanceId", 1, **asked)
    assert sorted(found) == sorted(ids)


def test_capacity_provider(client, autoscaling, group, name):
    ecs = client("ecs")
    arn = shown(autoscaling, group(0))["AutoScalingGroupARN"]
    provider = {"autoScalingGroupArn": arn, "managedScaling": {"status": "DISABLED"}}
    made = ecs.create_capacity_provider(name=name, autoScalingGroupProvider=provider)["capacityProvider"]
    assert (made["name"], made["status"], made["autoScalingGroupProvider"]["autoScalingGroupArn"]) == (name, "ACTIVE", arn)
    changed = {"managedScaling": {"status": "ENABLED", "targetCapacity": 90}}
    ecs.update_capacity_provider(name=name, autoScalingGroupProvider=changed)
    ecs.create_cluster(clusterName=name)
    strategy = [{"capacityProvider": name, "weight": 1}]
    ecs.put_cluster_capacity_providers(cluster=name, capacityProviders=[name], defaultCapacityProviderStrategy=strategy)
    [cluster] = ecs.describe_clusters(clusters=[name])["clusters"]
    assert cluster["capacityProviders"] == [name]
    ecs.put_cluster_capacity_providers(cluster=name, capacityProviders=[], defaultCapacityProviderStrategy=[])
    [seen] = ecs.describe_capacity_providers(capacityProviders=[name])["capacityProviders"]
    assert seen["autoScalingGroupProvider"]["managedScaling"]["targetCapacity"] == 90
    assert ecs.delete_capacity_provider(capacityProvider=name)["capacityProvider"]["name"] == name
