"""Launch templates and Auto Scaling of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import eventually, pages, refused


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def autoscaling(client):
    return client("autoscaling")


@pytest.fixture
def image(ec2):
    """An ECS-optimized Amazon Linux 2023 image for x86_64."""
    filters = [{"Name": "name", "Values": ["al2023-ami-ecs-hvm-*-x86_64"]}]
    return pages(ec2, "describe_images", "Images", Owners=["amazon"], Filters=filters)[0]["ImageId"]


@pytest.fixture
def subnet(ec2):
    """Id of an IPv6-only subnet."""
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
    [vpc] = ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"]
    block = vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].replace("::/56", "::/64")
    made = ec2.create_subnet(VpcId=vpc["VpcId"], Ipv6Native=True, Ipv6CidrBlock=block)
    return made["Subnet"]["SubnetId"]


@pytest.fixture
def template(ec2, image, name):
    """A launch template whose instances have a primary IPv6 address."""
    interface = {"DeviceIndex": 0, "Ipv6AddressCount": 1, "PrimaryIpv6": True}
    made = ec2.create_launch_template(
        LaunchTemplateName=name,
        VersionDescription="first",
        LaunchTemplateData={
            "ImageId": image,
            "InstanceType": "m5.large",
            "UserData": "IyEvYmluL3No",
            "IamInstanceProfile": {"Name": "ecsInstanceRole"},
            "MetadataOptions": {"HttpTokens": "required", "HttpProtocolIpv6": "enabled"},
            "NetworkInterfaces": [interface],
            "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": name}]}],
        },
        TagSpecifications=[{"ResourceType": "launch-template", "Tags": [{"Key": "Name", "Value": name}]}],
    )
    return made["LaunchTemplate"]


@pytest.fixture
def group(autoscaling, template, subnet, name):
    """A group that wants one instance, and is taken away afterwards."""
    autoscaling.create_auto_scaling_group(
        AutoScalingGroupName=name,
        MinSize=0,
        MaxSize=3,
        DesiredCapacity=1,
        LaunchTemplate={"LaunchTemplateId": template["LaunchTemplateId"], "Version": "$Latest"},
        VPCZoneIdentifier=subnet,
        Tags=[{"Key": "team", "Value": name, "PropagateAtLaunch": True}],
    )
    yield name
    autoscaling.delete_auto_scaling_group(AutoScalingGroupName=name, ForceDelete=True)


def instances(autoscaling, group):
    """The group's instances, through boto3's paginator."""
    [shown] = pages(autoscaling, "describe_auto_scaling_groups", "AutoScalingGroups", AutoScalingGroupNames=[group])
    return shown["Instances"]


def wait_for(autoscaling, group, count):
    """Waits until `count` instances are in service, and nothing else is there."""

    def there():
        found = instances(autoscaling, group)
        return len(found) == count and all(each["LifecycleState"] == "InService" for each in found) and [found]

    return eventually(there)[0]


class TestLaunchTemplates:
    def test_versions_are_read_back(self, ec2, template):
        named = {"LaunchTemplateId": template["LaunchTemplateId"]}
        made = ec2.create_launch_template_version(
            **named, SourceVersion="1", LaunchTemplateData={"InstanceType": "m5.xlarge"}
        )["LaunchTemplateVersion"]
        assert (made["VersionNumber"], made["DefaultVersion"]) == (2, False)
        assert made["LaunchTemplateData"]["NetworkInterfaces"][0]["PrimaryIpv6"] is True
        versions = pages(ec2, "describe_launch_template_versions", "LaunchTemplateVersions", size=1, **named)
        assert [each["VersionNumber"] for each in versions] == [2, 1]
        ec2.modify_launch_template(**named, DefaultVersion="2")
        [shown] = pages(
            ec2,
            "describe_launch_templates",
            "LaunchTemplates",
            Filters=[{"Name": "tag:Name", "Values": [template["LaunchTemplateName"]]}],
        )
        assert (shown["DefaultVersionNumber"], shown["LatestVersionNumber"]) == (2, 2)
        gone = ec2.delete_launch_template_versions(**named, Versions=["1", "2"])
        assert [each["VersionNumber"] for each in gone["SuccessfullyDeletedLaunchTemplateVersions"]] == [1]
        assert [each["VersionNumber"] for each in gone["UnsuccessfullyDeletedLaunchTemplateVersions"]] == [2]

    def test_the_cli_reads_them(self, aws, template):
        name = template["LaunchTemplateName"]
        [version] = aws(
            "ec2", "describe-launch-template-versions", "--launch-template-name", name, "--versions", "$Default"
        )["LaunchTemplateVersions"]
        assert version["LaunchTemplateData"]["MetadataOptions"]["HttpProtocolIpv6"] == "enabled"
        with refused("InvalidLaunchTemplateName.NotFoundException", "does not exist"):
            aws("ec2", "delete-launch-template", "--launch-template-name", f"{name}-gone")

    def test_an_instance_is_launched_from_one(self, ec2, template, subnet):
        named = {"LaunchTemplateId": template["LaunchTemplateId"]}
        interface = {"DeviceIndex": 0, "SubnetId": subnet, "Ipv6AddressCount": 1, "PrimaryIpv6": True}
        [instance] = ec2.run_instances(
            MinCount=1, MaxCount=1, LaunchTemplate=named, InstanceType="t3.micro", NetworkInterfaces=[interface]
        )["Instances"]
        tags = {each["Key"]: each["Value"] for each in instance["Tags"]}
        assert tags["aws:ec2launchtemplate:id"] == template["LaunchTemplateId"]
        assert tags["Name"] == template["LaunchTemplateName"]
        assert instance["InstanceType"] == "t3.micro"
        ec2.terminate_instances(InstanceIds=[instance["InstanceId"]])

    def test_refusals(self, ec2, template, image):
        data = {"ImageId": image}
        with refused("InvalidLaunchTemplateName.AlreadyExistsException"):
            ec2.create_launch_template(LaunchTemplateName=template["LaunchTemplateName"], LaunchTemplateData=data)
        with refused("InvalidLaunchTemplateName.MalformedException"):
            ec2.create_launch_template(LaunchTemplateName="a name", LaunchTemplateData=data)
        with refused("InvalidLaunchTemplateId.NotFound"):
            ec2.describe_launch_templates(LaunchTemplateIds=["lt-0123456789abcdef0"])
        with refused("InvalidLaunchTemplateId.VersionNotFound"):
            ec2.modify_launch_template(LaunchTemplateId=template["LaunchTemplateId"], DefaultVersion="666")


class TestAutoScaling:
    def test_a_group_launches(self, autoscaling, ec2, group, template):
        [instance] = wait_for(autoscaling, group, 1)
        assert instance["LaunchTemplate"]["Version"] == "1"
        [reservation] = ec2.describe_instances(InstanceIds=[instance["InstanceId"]])["Reservations"]
        [shown] = reservation["Instances"]
        [address] = shown["NetworkInterfaces"][0]["Ipv6Addresses"]
        assert address["IsPrimaryIpv6"] is True
        tags = {each["Key"]: each["Value"] for each in shown["Tags"]}
        assert (tags["aws:autoscaling:groupName"], tags["team"], tags["Name"]) == (group, group, group)
        [details] = pages(
            autoscaling,
            "describe_auto_scaling_instances",
            "AutoScalingInstances",
            InstanceIds=[instance["InstanceId"]],
        )
        assert (details["AutoScalingGroupName"], details["HealthStatus"]) == (group, "HEALTHY")

    def test_a_group_replaces(self, autoscaling, ec2, group):
        [first] = wait_for(autoscaling, group, 1)
        ec2.terminate_instances(InstanceIds=[first["InstanceId"]])
        eventually(lambda: wait_for(autoscaling, group, 1)[0]["InstanceId"] != first["InstanceId"])
        activities = pages(autoscaling, "describe_scaling_activities", "Activities", AutoScalingGroupName=group)
        causes = [each["Cause"] for each in activities]
        assert any("health check" in cause for cause in causes), causes

    def test_a_group_shrinks_by_request(self, autoscaling, group):
        autoscaling.set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=2)
        first, second = wait_for(autoscaling, group, 2)
        activity = autoscaling.terminate_instance_in_auto_scaling_group(
            InstanceId=first["InstanceId"], ShouldDecrementDesiredCapacity=True
        )["Activity"]
        assert activity["StatusCode"] == "InProgress"
        [left] = wait_for(autoscaling, group, 1)
        assert left["InstanceId"] == second["InstanceId"]
        with refused("ResourceInUse"):
            autoscaling.delete_auto_scaling_group(AutoScalingGroupName=group)

    def test_tags_and_processes(self, autoscaling, aws, group):
        tag = {"ResourceId": group, "ResourceType": "auto-scaling-group", "Key": "stage"}
        autoscaling.create_or_update_tags(Tags=[{**tag, "Value": "test", "PropagateAtLaunch": False}])
        filters = [{"Name": "auto-scaling-group", "Values": [group]}]
        tags = {each["Key"]: each["Value"] for each in pages(autoscaling, "describe_tags", "Tags", Filters=filters)}
        assert tags == {"team": group, "stage": "test"}
        autoscaling.delete_tags(Tags=[tag])
        aws("autoscaling", "suspend-processes", "--auto-scaling-group-name", group, "--scaling-processes", "Launch")
        [shown] = aws("autoscaling", "describe-auto-scaling-groups", "--auto-scaling-group-names", group)[
            "AutoScalingGroups"
        ]
        assert [each["ProcessName"] for each in shown["SuspendedProcesses"]] == ["Launch"]
        aws("autoscaling", "resume-processes", "--auto-scaling-group-name", group)

    def test_refusals(self, autoscaling, group, template, subnet):
        known = {"LaunchTemplateId": template["LaunchTemplateId"]}
        create = autoscaling.create_auto_scaling_group
        sizes = {"MinSize": 0, "MaxSize": 1}
        with refused("AlreadyExists"):
            create(AutoScalingGroupName=group, LaunchTemplate=known, VPCZoneIdentifier=subnet, **sizes)
        with refused("ValidationError", "At least one Availability Zone or VPC Subnet is required"):
            create(AutoScalingGroupName=f"{group}-2", LaunchTemplate=known, **sizes)
        with refused("ValidationError", "does not exist"):
            gone = {"LaunchTemplateName": "gone"}
            create(AutoScalingGroupName=f"{group}-2", LaunchTemplate=gone, VPCZoneIdentifier=subnet, **sizes)
        with refused("ValidationError", "above max value"):
            autoscaling.set_desired_capacity(AutoScalingGroupName=group, DesiredCapacity=9)
