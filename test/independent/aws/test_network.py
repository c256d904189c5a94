"""Gateways, routes, addresses and network ACLs of the local account, judged by boto3 and the aws CLI."""

import ipaddress

import pytest
from botocore.exceptions import WaiterError
from conftest import clock, eventually, refused


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def vpc(ec2):
    made = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    ec2.get_waiter("vpc_exists").wait(VpcIds=[made])
    return made


@pytest.fixture
def subnet(ec2, vpc):
    return ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]


def test_a_vpc_and_its_subnet_get_ipv6_later(ec2, vpc, subnet):
    ec2.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)

    def associated():
        [association] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0].get("Ipv6CidrBlockAssociationSet", [])
        return association["Ipv6CidrBlockState"]["State"] == "associated" and association["Ipv6CidrBlock"]

    block = next(ipaddress.ip_network(eventually(associated)).subnets(new_prefix=64))
    answer = ec2.associate_subnet_cidr_block(SubnetId=subnet, Ipv6CidrBlock=str(block))
    association = answer["Ipv6CidrBlockAssociation"]
    assert association["Ipv6CidrBlock"] == str(block)
    gone = ec2.disassociate_subnet_cidr_block(AssociationId=association["AssociationId"])
    assert gone["SubnetId"] == subnet
    [of_vpc] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"]
    assert ec2.disassociate_vpc_cidr_block(AssociationId=of_vpc["AssociationId"])["VpcId"] == vpc
    ec2.delete_subnet(SubnetId=subnet)
    with refused("InvalidSubnetID.NotFound"):
        ec2.describe_subnets(SubnetIds=[subnet])
    ec2.delete_vpc(VpcId=vpc)
    with refused("InvalidVpcID.NotFound"):
        ec2.describe_vpcs(VpcIds=[vpc])


def test_internet_gateway(ec2, aws, vpc):
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.get_waiter("internet_gateway_exists").wait(InternetGatewayIds=[gateway])
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    [shown] = aws("ec2", "describe-internet-gateways", "--internet-gateway-ids", gateway)["InternetGateways"]
    assert shown["Attachments"] == [{"State": "available", "VpcId": vpc}]
    with refused("DependencyViolation"):
        ec2.delete_internet_gateway(InternetGatewayId=gateway)
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)
    with refused("InvalidInternetGatewayID.NotFound"):
        ec2.describe_internet_gateways(InternetGatewayIds=[gateway])


def test_egress_only_gateway(ec2, vpc):
    made = ec2.create_egress_only_internet_gateway(VpcId=vpc)["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
    assert ec2.delete_egress_only_internet_gateway(EgressOnlyInternetGatewayId=made)["ReturnCode"] is True
    with refused("InvalidGatewayID.NotFound"):
        ec2.describe_egress_only_internet_gateways(EgressOnlyInternetGatewayIds=[made])


def test_nat_gateway_and_its_address(ec2, subnet):
    allocation = ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=allocation)["NatGateway"]["NatGatewayId"]
    ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
    [shown] = ec2.describe_addresses(AllocationIds=[allocation])["Addresses"]
    assert shown["NetworkInterfaceId"].startswith("eni-")
    with refused("InvalidIPAddress.InUse"):
        ec2.release_address(AllocationId=allocation)
    assert ec2.delete_nat_gateway(NatGatewayId=nat)["NatGatewayId"] == nat
    ec2.get_waiter("nat_gateway_deleted").wait(NatGatewayIds=[nat])
    with pytest.raises(WaiterError, match="terminal failure"):
        ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
    ec2.release_address(AllocationId=allocation)
    with refused("InvalidAllocationID.NotFound"):
        ec2.describe_addresses(AllocationIds=[allocation])


def test_routes_and_tables(ec2, vpc, subnet):
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    egress = ec2.create_egress_only_internet_gateway(VpcId=vpc)["EgressOnlyInternetGateway"]["EgressOnlyInternetGatewayId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    everywhere = {"RouteTableId": table, "DestinationIpv6CidrBlock": "::/0"}
    ec2.create_route(**everywhere, GatewayId=gateway)
    with refused("RouteAlreadyExists"):
        ec2.create_route(**everywhere, GatewayId=gateway)
    ec2.replace_route(**everywhere, EgressOnlyInternetGatewayId=egress)
    [shown] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    assert egress in [route.get("EgressOnlyInternetGatewayId") for route in shown["Routes"]]
    ec2.delete_route(**everywhere)
    association = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)["AssociationId"]
    with refused("DependencyViolation"):
        ec2.delete_route_table(RouteTableId=table)
    other = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    association = ec2.replace_route_table_association(AssociationId=association, RouteTableId=other)["NewAssociationId"]
    ec2.disassociate_route_table(AssociationId=association)
    ec2.delete_route_table(RouteTableId=table)
    with refused("InvalidRouteTableID.NotFound"):
        ec2.describe_route_tables(RouteTableIds=[table])


def test_egress_rules_of_a_security_group(ec2, vpc, name):
    group = ec2.create_security_group(VpcId=vpc, GroupName=name, Description="judge")["GroupId"]
    web = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "Ipv6Ranges": [{"CidrIpv6": "64:ff9b::/96"}]}
    answer = ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[web])
    [rule] = answer["SecurityGroupRules"]
    assert (rule["IsEgress"], rule["CidrIpv6"], rule["GroupId"]) == (True, "64:ff9b::/96", group)
    [shown] = ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])["SecurityGroupRules"]
    assert shown == rule
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[web])
    with refused("InvalidPermission.NotFound"):
        ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[web])


def test_network_acl(ec2, aws, vpc, subnet):
    acl = ec2.create_network_acl(VpcId=vpc)["NetworkAcl"]["NetworkAclId"]
    deny = {"NetworkAclId": acl, "Egress": False, "RuleNumber": 100, "Protocol": "-1", "Ipv6CidrBlock": "::/0"}
    ec2.create_network_acl_entry(**deny, RuleAction="deny")
    with refused("NetworkAclEntryAlreadyExists"):
        ec2.create_network_acl_entry(**deny, RuleAction="deny")
    ec2.replace_network_acl_entry(**deny, RuleAction="allow")
    [shown] = aws("ec2", "describe-network-acls", "--network-acl-ids", acl)["NetworkAcls"]
    assert [each["RuleAction"] for each in shown["Entries"] if each["RuleNumber"] == 100] == ["allow"]

    filters = [{"Name": "association.subnet-id", "Values": [subnet]}]
    [former] = ec2.describe_network_acls(Filters=filters)["NetworkAcls"]
    [association] = [each for each in former["Associations"] if each["SubnetId"] == subnet]
    moved = ec2.replace_network_acl_association(
        AssociationId=association["NetworkAclAssociationId"], NetworkAclId=acl
    )["NewAssociationId"]
    with refused("DependencyViolation"):
        ec2.delete_network_acl(NetworkAclId=acl)
    ec2.replace_network_acl_association(AssociationId=moved, NetworkAclId=former["NetworkAclId"])
    ec2.delete_network_acl_entry(NetworkAclId=acl, Egress=False, RuleNumber=100)
    with refused("InvalidNetworkAclEntry.NotFound"):
        ec2.delete_network_acl_entry(NetworkAclId=acl, Egress=False, RuleNumber=100)
    ec2.delete_network_acl(NetworkAclId=acl)
    with refused("InvalidNetworkAclID.NotFound"):
        ec2.describe_network_acls(NetworkAclIds=[acl])


def test_a_second_interface(ec2, network, instance):
    host = instance(True)
    made = ec2.create_network_interface(SubnetId=network["dual"][0])["NetworkInterface"]["NetworkInterfaceId"]
    ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=[made])
    attachment = ec2.attach_network_interface(NetworkInterfaceId=made, InstanceId=host, DeviceIndex=1)["AttachmentId"]
    [shown] = ec2.describe_network_interfaces(NetworkInterfaceIds=[made])["NetworkInterfaces"]
    assert (shown["Status"], shown["Attachment"]["InstanceId"]) == ("in-use", host)
    with refused("InvalidParameterValue"):
        ec2.delete_network_interface(NetworkInterfaceId=made)
    ec2.detach_network_interface(AttachmentId=attachment)
    ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=[made])
    ec2.delete_network_interface(NetworkInterfaceId=made)
    with pytest.raises(WaiterError, match="terminal failure"):
        ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=[made])


def test_metadata_options(ec2, instance):
    host = instance(True)
    answer = ec2.modify_instance_metadata_options(InstanceId=host, HttpProtocolIpv6="enabled", HttpTokens="required")
    assert answer["InstanceId"] == host
    [shown] = ec2.describe_instances(InstanceIds=[host])["Reservations"][0]["Instances"]
    assert (shown["MetadataOptions"]["HttpProtocolIpv6"], shown["MetadataOptions"]["HttpTokens"]) == ("enabled", "required")


def test_images(ec2, image):
    ec2.get_waiter("image_exists").wait(ImageIds=[image])
    ec2.get_waiter("image_available").wait(ImageIds=[image])


def test_waiters_of_instances_fail_where_they_lead_elsewhere(ec2, instance):
    host = [instance(True)]
    ec2.get_waiter("system_status_ok").wait(InstanceIds=host)
    ec2.stop_instances(InstanceIds=host)
    with pytest.raises(WaiterError, match="terminal failure"):
        ec2.get_waiter("instance_terminated").wait(InstanceIds=host)
    ec2.get_waiter("instance_stopped").wait(InstanceIds=host)
    ec2.terminate_instances(InstanceIds=host)
    for waiter in ("instance_running", "instance_stopped"):
        clock.sleep(60)
        with pytest.raises(WaiterError, match="terminal failure"):
            ec2.get_waiter(waiter).wait(InstanceIds=host)
