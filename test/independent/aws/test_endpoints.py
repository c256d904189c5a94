"""VPC endpoints and flow logs of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import eventually, pages


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def groups(ec2, network, name):
    """Ids of two security groups."""
    return [
        ec2.create_security_group(VpcId=network["vpc"], GroupName=f"{name}-{index}", Description="judge")["GroupId"]
        for index in range(2)
    ]


def test_interface_endpoint(ec2, aws, network, groups):
    made = ec2.create_vpc_endpoint(
        VpcEndpointType="Interface", VpcId=network["vpc"], ServiceName="com.amazonaws.eu-west-2.ecr.api",
        SubnetIds=[network["dual"][0]], SecurityGroupIds=groups[:1], IpAddressType="dualstack",
        DnsOptions={"DnsRecordIpType": "dualstack"}, PrivateDnsEnabled=False,
    )["VpcEndpoint"]
    identity = made["VpcEndpointId"]

    def available():
        [seen] = ec2.describe_vpc_endpoints(VpcEndpointIds=[identity])["VpcEndpoints"]
        return seen["State"].lower() == "available" and seen

    seen = eventually(available)
    assert (seen["IpAddressType"], seen["SubnetIds"]) == ("dualstack", [network["dual"][0]])
    [interface] = ec2.describe_network_interfaces(NetworkInterfaceIds=seen["NetworkInterfaceIds"])["NetworkInterfaces"]
    assert interface["InterfaceType"] == "vpc_endpoint"
    assert ec2.modify_vpc_endpoint(
        VpcEndpointId=identity, AddSubnetIds=[network["dual"][1]], AddSecurityGroupIds=groups[1:]
    )["Return"] is True
    [seen] = aws("ec2", "describe-vpc-endpoints", "--vpc-endpoint-ids", identity)["VpcEndpoints"]
    assert sorted(each["GroupId"] for each in seen["Groups"]) == sorted(groups)
    answer = ec2.delete_vpc_endpoints(VpcEndpointIds=[identity, "vpce-00000000000000000"])
    assert [each["ResourceId"] for each in answer["Unsuccessful"]] == ["vpce-00000000000000000"]


def test_gateway_endpoint(ec2, network):
    made = ec2.create_vpc_endpoint(VpcId=network["vpc"], ServiceName="com.amazonaws.eu-west-2.s3")["VpcEndpoint"]
    assert made["VpcEndpointType"] == "Gateway"


def test_services(ec2):
    names = [each["ServiceName"] for each in pages(ec2, "describe_vpc_endpoint_services", "ServiceDetails", 5)]
    assert "com.amazonaws.eu-west-2.ecr.dkr" in names


def test_flow_logs(ec2, aws, network):
    asked = {
        "ResourceType": "Subnet", "TrafficType": "ALL", "LogDestinationType": "cloud-watch-logs", "LogGroupName": "flow",
        "DeliverLogsPermissionArn": "arn:aws:iam::111122223333:role/flow",
    }
    subnets = [network["native"], *network["dual"], network["ipv4"]]
    made = ec2.create_flow_logs(**asked, ResourceIds=subnets)
    assert (len(made["FlowLogIds"]), made["Unsuccessful"]) == (4, [])
    again = ec2.create_flow_logs(**asked, ResourceIds=subnets[:1])
    assert [each["Error"]["Code"] for each in again["Unsuccessful"]] == ["FlowLogAlreadyExists"]
    filters = f"Name=resource-id,Values={subnets[0]}"
    [seen] = aws("ec2", "describe-flow-logs", "--filter", filters)["FlowLogs"]
    assert (seen["ResourceId"], seen["FlowLogStatus"]) == (subnets[0], "ACTIVE")
    assert ec2.delete_flow_logs(FlowLogIds=made["FlowLogIds"])["Unsuccessful"] == []
