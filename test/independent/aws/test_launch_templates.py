"""Launch templates of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import pages, refused


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def template(ec2, image, name):
    """Id of a launch template with one version."""
    interface = {"DeviceIndex": 0, "PrimaryIpv6": True, "Ipv6AddressCount": 1}
    settings = {"ImageId": image, "InstanceType": "m5.large", "NetworkInterfaces": [interface]}
    made = ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=settings)["LaunchTemplate"]
    assert (made["LatestVersionNumber"], made["DefaultVersionNumber"]) == (1, 1)
    return made["LaunchTemplateId"]


def test_versions(ec2, aws, template, name):
    for kind in ("c5.large", "t3.micro"):
        ec2.create_launch_template_version(
            LaunchTemplateId=template, SourceVersion="1", LaunchTemplateData={"InstanceType": kind}
        )
    asked = ("--launch-template-id", template)
    shown = aws("ec2", "describe-launch-template-versions", *asked)["LaunchTemplateVersions"]
    kinds = {each["VersionNumber"]: each["LaunchTemplateData"]["InstanceType"] for each in shown}
    assert kinds == {1: "m5.large", 2: "c5.large", 3: "t3.micro"}
    changed = ec2.modify_launch_template(LaunchTemplateId=template, DefaultVersion="3")["LaunchTemplate"]
    assert changed["DefaultVersionNumber"] == 3
    deleted = ec2.delete_launch_template_versions(LaunchTemplateId=template, Versions=["2", "3"])
    assert [each["VersionNumber"] for each in deleted["SuccessfullyDeletedLaunchTemplateVersions"]] == [2]
    assert [each["VersionNumber"] for each in deleted["UnsuccessfullyDeletedLaunchTemplateVersions"]] == [3]
    with refused("InvalidLaunchTemplateName.AlreadyExistsException"):
        ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData={"InstanceType": "m5.large"})
    ec2.delete_launch_template(LaunchTemplateId=template)
    with refused("InvalidLaunchTemplateId.NotFound"):
        ec2.describe_launch_templates(LaunchTemplateIds=[template])


def test_an_instance_from_a_template(ec2, template, network):
    [made] = ec2.run_instances(
        LaunchTemplate={"LaunchTemplateId": template}, MinCount=1, MaxCount=1,
        NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": network["dual"][0], "Ipv6AddressCount": 1}],
    )["Instances"]
    ec2.get_waiter("instance_running").wait(InstanceIds=[made["InstanceId"]])
    assert made["InstanceType"] == "m5.large"
    said = ec2.get_launch_template_data(InstanceId=made["InstanceId"])["LaunchTemplateData"]
    [interface] = said["NetworkInterfaces"]
    assert (said["ImageId"], interface["SubnetId"]) == (made["ImageId"], network["dual"][0])
    assert interface["Ipv6Addresses"] == [{"Ipv6Address": made["NetworkInterfaces"][0]["Ipv6Addresses"][0]["Ipv6Address"]}]


def test_versions_are_listed_in_pages(ec2, template):
    for number in range(2, 5):
        ec2.create_launch_template_version(
            LaunchTemplateId=template, LaunchTemplateData={"InstanceType": "m5.large"}, VersionDescription=str(number)
        )
    found = pages(ec2, "describe_launch_template_versions", "LaunchTemplateVersions", 1, LaunchTemplateId=template)
    assert sorted(each["VersionNumber"] for each in found) == [1, 2, 3, 4]
