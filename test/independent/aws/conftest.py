"""What every judge in this folder needs: strict boto3 clients, the aws CLI, the account's clock, a network, and checks of
refusals and pages.

Run by .ci/steps/aws.sh, which sets AWS_ENDPOINT_URL, LOCAL_ACCOUNT, a region and credentials."""

import contextlib
import ipaddress
import json
import os
import subprocess
import sys
import uuid
from importlib import metadata

import boto3
import ledger
import pytest
from account_clock import AccountClock
from botocore.config import Config
from botocore.exceptions import ClientError

clock = AccountClock()
ledger.watch_paginators()
ledger.watch_waiters(clock)


# Reads that the model asks no parameter for, and the service one of several. Their own files drive them.
NEEDS_ONE_OF_SEVERAL = {
    ("ec2", "DescribeLaunchTemplateVersions"),
    ("efs", "DescribeMountTargets"),
    ("elbv2", "DescribeListeners"),
    ("elbv2", "DescribeRules"),
}
LAST = ["test_reads.py", "test_coverage.py"]


def pytest_collection_modifyitems(items):
    """Reads come when there is much to be read; what has been driven is counted at the end."""
    items.sort(key=lambda item: LAST.index(item.path.name) if item.path.name in LAST else -1)


def pytest_unconfigure():
    """The last line of a run."""
    versions = [f"{name} {metadata.version(name)}" for name in ("boto3", "awscli")]
    print(f"- {ledger.summary()}; {', '.join(versions)}")


@pytest.fixture(scope="session")
def endpoint():
    """Address of the local account."""
    return os.environ["AWS_ENDPOINT_URL"]


@pytest.fixture(scope="session")
def client(endpoint):
    """`client("ecs")`: a boto3 client that refuses answers with anything the AWS model does not know.

    `client("ecs", parameter_validation=False)` sends what boto3 itself would refuse."""
    made = {}

    def make(service, **settings):
        key = (service, *sorted(settings.items()))
        if key not in made:
            config = Config(retries={"total_max_attempts": 1}, **settings)
            made[key] = boto3.client(service, endpoint_url=endpoint, config=config)
            made[key].meta.events.register("after-call", ledger.judge)
            made[key].meta.events.register("after-call", ledger.note_call)
        return made[key]

    return make


@pytest.fixture(scope="session")
def aws(endpoint):
    """`aws("ec2", "describe-vpcs")`: runs the aws CLI and gives its JSON; raises CliError if it fails."""
    program = os.path.join(os.path.dirname(__file__), "command_line.py")
    process = subprocess.Popen([sys.executable, program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(*arguments):
        words = ["--output", "json", *map(str, arguments)]
        if arguments[0] == "sqs":
            # For SQS alone the CLI passes over AWS_ENDPOINT_URL: it has a host of its own for this service.
            words += ["--endpoint-url", endpoint]
        process.stdin.write(json.dumps(words) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        ledger.by_command_line.update(tuple(each) for each in answer["succeeded"])
        if answer["code"] != 0:
            raise CliError(answer["complained"].strip())
        return json.loads(answer["said"]) if answer["said"].strip() else None

    yield run
    process.stdin.close()
    process.wait()


class CliError(Exception):
    """The aws CLI ended with an error; the text is what it said."""


@pytest.fixture
def name():
    """A name that no other test uses."""
    return f"t-{uuid.uuid4().hex[:12]}"


@contextlib.contextmanager
def refused(code, *words):
    """The block's call is answered with this error code, and a message with all of these words."""
    with pytest.raises((ClientError, CliError)) as caught:
        yield caught
    said = str(caught.value)
    assert f"({code})" in said, f"expected {code}: {said}"
    for word in words:
        assert word in said


def pages(client, operation, key, size=5, **parameters):
    """Every item under `key` (`Reservations` or `Reservations[].Instances[]`), through boto3's paginator."""
    paginator = client.get_paginator(operation)
    found = list(paginator.paginate(PaginationConfig={"PageSize": size}, **parameters).search(key))
    return [item for item in found if item is not None]


def eventually(look, seconds=120):
    """What `look` finds, once it finds something; the account's time passes meanwhile."""
    for _ in range(seconds):
        if found := look():
            return found
        clock.sleep(1)
    raise AssertionError(f"nothing after {seconds} s of the account's time")


@pytest.fixture
def network(client):
    """A VPC with IPv6 and a way to the internet: an IPv6-only subnet in zone a, dual-stack subnets in zones a and b, an IPv4
    subnet in zone c. `vpc`, `native`, `dual`, `ipv4` are ids, `zone` is the name of zone a."""
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]
    ec2.get_waiter("vpc_available").wait(VpcIds=[vpc])
    [association] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"]
    blocks = list(ipaddress.ip_network(association["Ipv6CidrBlock"]).subnets(new_prefix=64))
    zones = [zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]]

    def subnet(zone, third, **settings):
        given = {"VpcId": vpc, "AvailabilityZone": zones[zone], **settings}
        if third is not None:
            given["Ipv6CidrBlock"] = str(blocks[third])
        return ec2.create_subnet(**given)["Subnet"]["SubnetId"]

    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    made = {
        "vpc": vpc,
        "zone": zones[0],
        "native": subnet(0, 1, Ipv6Native=True),
        "dual": [subnet(index, 2 + index, CidrBlock=f"10.0.{2 + index}.0/24") for index in (0, 1)],
        "ipv4": subnet(2, None, CidrBlock="10.0.4.0/24"),
    }
    ec2.get_waiter("subnet_available").wait(SubnetIds=[made["native"], *made["dual"], made["ipv4"]])
    return made


@pytest.fixture(scope="session")
def image(client):
    """The newest ECS-optimized Amazon Linux 2023 image for x86_64."""
    filters = [
        {"Name": "name", "Values": ["al2023-ami-ecs-hvm-*-x86_64"]},
        {"Name": "state", "Values": ["available"]},
    ]
    images = pages(client("ec2"), "describe_images", "Images", Owners=["amazon"], Filters=filters)
    return max(images, key=lambda each: each["CreationDate"])["ImageId"]


@pytest.fixture
def instance(client, image, network):
    """`instance(primary=True)`: id of a running instance with an IPv6 address, a primary one or not."""
    ec2 = client("ec2")

    def launch(primary):
        interface = {"DeviceIndex": 0, "SubnetId": network["dual"][0], "Ipv6AddressCount": 1, "PrimaryIpv6": primary}
        settings = {"ImageId": image, "InstanceType": "m5.large", "MinCount": 1, "MaxCount": 1}
        [made] = ec2.run_instances(NetworkInterfaces=[interface], **settings)["Instances"]
        ec2.get_waiter("instance_running").wait(InstanceIds=[made["InstanceId"]])
        return made["InstanceId"]

    return launch
