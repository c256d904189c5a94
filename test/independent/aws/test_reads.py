"""Everything that can be read without a parameter, out of the account as the other tests have left it: the aws CLI has to
show what boto3 shows, and pages together have to be the whole. Runs after the other files."""

import base64

import jmespath
import ledger
import pytest
from botocore import xform_name
from botocore.utils import parse_timestamp
from conftest import NEEDS_ONE_OF_SEVERAL

READS = [each for each in ledger.reads() if each not in NEEDS_ONE_OF_SEVERAL]
LISTINGS = [each for each in ledger.paginators() if each in READS]
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
SMALLEST_PAGE_OF_EC2 = 5
# https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html
SNS_PAGE = 100


def ids(pairs):
    return [" ".join(each) for each in pairs]


# A reservation may begin on one page and end on the next, and a service of two kinds has its name on both.
ITEMS = {
    ("ec2", "DescribeInstances"): ["Reservations[].Instances[]"],
    ("ec2", "DescribeVpcEndpointServices"): ["ServiceDetails[]"],
}


@pytest.fixture(scope="module", autouse=True)
def enough(client):
    """Three pages of what the other tests leave too little of, and the cluster where ECS looks if none is named."""
    client("ecs").create_cluster()
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    for index in range(11):
        own = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.create_vpc_endpoint(VpcId=own, ServiceName="com.amazonaws.eu-west-2.s3")
        ec2.create_flow_logs(ResourceIds=[own], ResourceType="VPC", TrafficType="ALL", LogDestinationType="s3",
                             LogDestination="arn:aws:s3:::flow")
        ec2.create_egress_only_internet_gateway(VpcId=vpc)
        ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")
        ec2.create_launch_template(LaunchTemplateName=f"many-{index}", LaunchTemplateData={"InstanceType": "m5.large"})
    for index in range(3):
        client("events").put_rule(Name=f"many-{index}", ScheduleExpression="rate(1 day)")
    sns = client("sns")
    for index in range(2 * SNS_PAGE + 1):
        topic = sns.create_topic(Name=f"many-{index}")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:eu-west-2:111122223333:none")


# Of these few come with the account, and AWS states no smallest page.
FEW = {"DescribeImages", "DescribeVpcEndpointServices"}


def smallest_page(service, operation):
    return SMALLEST_PAGE_OF_EC2 if service == "ec2" and operation not in FEW else 1


def whole(caller, operation):
    """The answer with all of its pages."""
    method = xform_name(operation)
    if caller.can_paginate(method):
        return caller.get_paginator(method).paginate().build_full_result()
    answer = getattr(caller, method)()
    del answer["ResponseMetadata"]
    return answer


def expect_same(shown, read, place):
    """`shown` by the CLI, with times and bytes as they came over the wire; `read` by boto3."""
    if isinstance(read, dict):
        assert set(shown) == set(read), place
        for key in read:
            expect_same(shown[key], read[key], f"{place}.{key}")
    elif isinstance(read, list):
        assert len(shown) == len(read), place
        for index, each in enumerate(read):
            expect_same(shown[index], each, f"{place}[{index}]")
    elif isinstance(read, bytes):
        assert base64.b64decode(shown) == read, place
    elif hasattr(read, "utcoffset"):
        assert parse_timestamp(shown) == read, place
    else:
        assert shown == read, place


@pytest.mark.parametrize(("service", "operation"), READS, ids=ids(READS))
def test_command_shows_what_boto3_shows(aws, client, service, operation):
    expect_same(aws(service, xform_name(operation, "-")), whole(client(service), operation), operation)


@pytest.mark.parametrize(("service", "operation"), LISTINGS, ids=ids(LISTINGS))
def test_pages_are_the_whole(client, service, operation):
    caller = client(service)
    paginator = caller.get_paginator(xform_name(operation))
    # SNS alone decides itself how much a page holds
    config = {} if service == "sns" else {"PageSize": smallest_page(service, operation)}
    keys = ITEMS.get((service, operation)) or [f"{each.expression}[]" for each in paginator.paginate().result_keys]
    expected = paginator.paginate().build_full_result()
    for key in keys:
        # a walk ends with the token of its last page: each key needs one of its own
        walked = paginator.paginate(PaginationConfig=config).search(key)
        assert list(walked) == jmespath.search(key, expected)
