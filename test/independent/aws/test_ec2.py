"""EC2 of the local account, judged by boto3 and the aws CLI."""

import base64
import ipaddress

import pytest
from conftest import eventually, pages, refused

def tags(name, kind):
    """TagSpecifications for one resource called `name`."""
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def vpc(ec2, name):
    """A VPC with an IPv6 CIDR block, as DescribeVpcs shows it."""
    made = ec2.create_vpc(
        CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True, TagSpecifications=tags(name, "vpc")
    )["Vpc"]
    ec2.get_waiter("vpc_available").wait(VpcIds=[made["VpcId"]])
    [vpc] = pages(ec2, "describe_vpcs", "Vpcs", Filters=[{"Name": "tag:Name", "Values": [name]}])
    return vpc


def subnet_blocks(vpc):
    """/64 blocks of the VPC."""
    [association] = vpc["Ipv6CidrBlockAssociationSet"]
    return [str(block) for block in ipaddress.ip_network(association["Ipv6CidrBlock"]).subnets(new_prefix=64)]


@pytest.fixture
def native(ec2, vpc):
    """An IPv6-only subnet, as DescribeSubnets shows it."""
    made = ec2.create_subnet(VpcId=vpc["VpcId"], Ipv6Native=True, Ipv6CidrBlock=subnet_blocks(vpc)[1])["Subnet"]
    ec2.get_waiter("subnet_available").wait(SubnetIds=[made["SubnetId"]])
    [subnet] = pages(ec2, "describe_subnets", "Subnets", Filters=[{"Name": "subnet-id", "Values": [made["SubnetId"]]}])
    return subnet


@pytest.fixture
def dual(ec2, vpc):
    """A dual-stack subnet that assigns IPv6 addresses on creation."""
    subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.1.0/24", Ipv6CidrBlock=subnet_blocks(vpc)[2])["Subnet"]
    ec2.modify_subnet_attribute(SubnetId=subnet["SubnetId"], AssignIpv6AddressOnCreation={"Value": True})
    return ec2.describe_subnets(SubnetIds=[subnet["SubnetId"]])["Subnets"][0]


def instances(ec2, *filters):
    return pages(ec2, "describe_instances", "Reservations[].Instances[]", Filters=list(filters))


class TestNetwork:
    def test_vpc_has_an_ipv6_block(self, ec2, vpc):
        [association] = vpc["Ipv6CidrBlockAssociationSet"]
        assert association["Ipv6CidrBlockState"] == {"State": "associated"}
        assert association["Ipv6Pool"] == "Amazon"
        block = ipaddress.ip_network(association["Ipv6CidrBlock"])
        assert block.prefixlen == 56
        assert block.is_global
        assert vpc["State"] == "available"
        assert vpc["CidrBlockAssociationSet"][0]["CidrBlockState"] == {"State": "associated"}

    def test_dns_attributes(self, ec2, vpc):
        vpc_id = vpc["VpcId"]
        ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsHostnames={"Value": True})
        assert ec2.describe_vpc_attribute(VpcId=vpc_id, Attribute="enableDnsHostnames")["EnableDnsHostnames"]["Value"]
        assert ec2.describe_vpc_attribute(VpcId=vpc_id, Attribute="enableDnsSupport")["EnableDnsSupport"]["Value"]

    def test_ipv6_only_subnet(self, native, vpc):
        assert "CidrBlock" not in native
        assert native["Ipv6Native"] is True
        assert native["AvailableIpAddressCount"] == 0
        assert native["AssignIpv6AddressOnCreation"] is True
        assert native["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlockState"] == {"State": "associated"}
        assert native["SubnetArn"].endswith(f":subnet/{native['SubnetId']}")
        assert native["PrivateDnsNameOptionsOnLaunch"]["HostnameType"] == "resource-name"

    def test_routes_of_both_families(self, ec2, vpc, native, dual):
        vpc_id = vpc["VpcId"]
        igw = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        ec2.attach_internet_gateway(InternetGatewayId=igw, VpcId=vpc_id)
        eigw = ec2.create_egress_only_internet_gateway(VpcId=vpc_id)["EgressOnlyInternetGateway"]
        eigw = eigw["EgressOnlyInternetGatewayId"]
        allocation = ec2.allocate_address(Domain="vpc")["AllocationId"]
        nat = ec2.create_nat_gateway(SubnetId=dual["SubnetId"], AllocationId=allocation)["NatGateway"]["NatGatewayId"]
        ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
        table = ec2.create_route_table(VpcId=vpc_id)["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=native["SubnetId"])
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=igw)
        ec2.create_route(RouteTableId=table, DestinationIpv6CidrBlock="::/0", EgressOnlyInternetGatewayId=eigw)
        ec2.create_route(RouteTableId=table, DestinationIpv6CidrBlock="64:ff9b::/96", NatGatewayId=nat)
        ec2.modify_subnet_attribute(SubnetId=native["SubnetId"], EnableDns64={"Value": True})

        filters = [{"Name": "association.subnet-id", "Values": [native["SubnetId"]]}]
        [found] = pages(ec2, "describe_route_tables", "RouteTables", Filters=filters)
        by_destination = {
            route.get("DestinationIpv6CidrBlock", route.get("DestinationCidrBlock")): route for route in found["Routes"]
        }
        assert by_destination["::/0"]["EgressOnlyInternetGatewayId"] == eigw
        assert by_destination["64:ff9b::/96"]["NatGatewayId"] == nat
        assert by_destination["0.0.0.0/0"]["GatewayId"] == igw
        assert by_destination["10.0.0.0/16"]["GatewayId"] == "local"
        assert {route["State"] for route in found["Routes"]} == {"active"}
        assert ec2.describe_subnets(SubnetIds=[native["SubnetId"]])["Subnets"][0]["EnableDns64"] is True
        [gateway] = pages(ec2, "describe_egress_only_internet_gateways", "EgressOnlyInternetGateways",
                          EgressOnlyInternetGatewayIds=[eigw])
        assert gateway["Attachments"] == [{"State": "attached", "VpcId": vpc_id}]
        with refused("DependencyViolation"):
            ec2.delete_vpc(VpcId=vpc_id)

    def test_security_groups(self, ec2, vpc, name):
        group = ec2.create_security_group(VpcId=vpc["VpcId"], GroupName=name, Description="judge")["GroupId"]
        permission = {
            "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80,
            "Ipv6Ranges": [{"CidrIpv6": "::/0", "Description": "web"}], "IpRanges": [{"CidrIp": "10.0.0.0/8"}],
        }
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
        ec2.get_waiter("security_group_exists").wait(GroupIds=[group])
        [found] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
        assert found["IpPermissions"][0]["Ipv6Ranges"] == [{"CidrIpv6": "::/0", "Description": "web"}]
        assert found["IpPermissions"][0]["IpRanges"] == [{"CidrIp": "10.0.0.0/8"}]
        assert found["IpPermissionsEgress"][0]["Ipv6Ranges"] == [{"CidrIpv6": "::/0"}]
        assert found["IpPermissionsEgress"][0]["IpRanges"] == [{"CidrIp": "0.0.0.0/0"}]
        rules = pages(ec2, "describe_security_group_rules", "SecurityGroupRules",
                      Filters=[{"Name": "group-id", "Values": [group]}])
        assert sorted(rule["CidrIpv6"] for rule in rules if "CidrIpv6" in rule) == ["::/0", "::/0"]
        with refused("InvalidPermission.Duplicate"):
            ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
        ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[permission])
        assert ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"] == []
        ec2.delete_security_group(GroupId=group)
        with refused("InvalidGroup.NotFound", group):
            ec2.describe_security_groups(GroupIds=[group])

    def test_zones_and_regions(self, ec2):
        zones = ec2.describe_availability_zones()["AvailabilityZones"]
        assert [zone["ZoneName"] for zone in zones] == ["eu-west-2a", "eu-west-2b", "eu-west-2c"]
        assert "eu-west-2" in [region["RegionName"] for region in ec2.describe_regions()["Regions"]]


class TestInstance:
    def test_primary_ipv6_by_boto3(self, ec2, native, image):
        launched = ec2.run_instances(
            ImageId=image, InstanceType="t3.micro", SubnetId=native["SubnetId"], EnablePrimaryIpv6=True,
            MinCount=1, MaxCount=1, UserData="#!/bin/sh\necho ECS_CLUSTER=c",
            MetadataOptions={"HttpProtocolIpv6": "enabled"},
        )
        [answered] = launched["Instances"]
        assert "Ipv6Address" not in answered
        ids = [answered["InstanceId"]]
        ec2.get_waiter("instance_exists").wait(InstanceIds=ids)
        ec2.get_waiter("instance_running").wait(InstanceIds=ids)
        ec2.get_waiter("instance_status_ok").wait(InstanceIds=ids)
        [instance] = instances(ec2, {"Name": "instance-id", "Values": ids})
        [interface] = instance["NetworkInterfaces"]
        assert interface["Ipv6Addresses"] == [{"Ipv6Address": instance["Ipv6Address"], "IsPrimaryIpv6": True}]
        assert interface["Attachment"]["DeviceIndex"] == 0
        assert interface["Attachment"]["Status"] == "attached"
        assert "PrivateIpAddress" not in instance
        assert "PrivateIpAddress" not in interface
        block = ipaddress.ip_network(native["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"])
        assert ipaddress.ip_address(instance["Ipv6Address"]) in block
        assert instance["State"] == {"Code": 16, "Name": "running"}
        assert instance["Architecture"] == "x86_64"
        assert instance["MetadataOptions"]["HttpProtocolIpv6"] == "enabled"
        user_data = ec2.describe_instance_attribute(InstanceId=ids[0], Attribute="userData")["UserData"]["Value"]
        assert base64.b64decode(user_data).decode().endswith("ECS_CLUSTER=c")

        found = pages(ec2, "describe_network_interfaces", "NetworkInterfaces",
                      Filters=[{"Name": "ipv6-addresses.ipv6-address", "Values": [instance["Ipv6Address"]]}])
        assert [each["NetworkInterfaceId"] for each in found] == [interface["NetworkInterfaceId"]]
        assert found[0]["Ipv6Native"] is True
        assert found[0]["Attachment"]["InstanceId"] == instance["InstanceId"]

        ec2.stop_instances(InstanceIds=ids)
        ec2.get_waiter("instance_stopped").wait(InstanceIds=ids)
        ec2.start_instances(InstanceIds=ids)
        ec2.get_waiter("instance_running").wait(InstanceIds=ids)
        ec2.terminate_instances(InstanceIds=ids)
        ec2.get_waiter("instance_terminated").wait(InstanceIds=ids)
        assert instances(ec2, {"Name": "instance-id", "Values": ids})[0]["NetworkInterfaces"] == []

    def test_primary_ipv6_by_the_cli(self, aws, name):
        vpc = aws("ec2", "create-vpc", "--cidr-block", "10.9.0.0/16", "--amazon-provided-ipv6-cidr-block",
                  "--tag-specifications", f"ResourceType=vpc,Tags=[{{Key=Name,Value={name}}}]")["Vpc"]
        aws("ec2", "wait", "vpc-available", "--vpc-ids", vpc["VpcId"])
        [vpc] = aws("ec2", "describe-vpcs", "--filters", f"Name=tag:Name,Values={name}")["Vpcs"]
        subnet = aws("ec2", "create-subnet", "--vpc-id", vpc["VpcId"], "--ipv6-native",
                     "--ipv6-cidr-block", subnet_blocks(vpc)[7])["Subnet"]["SubnetId"]
        images = aws("ec2", "describe-images", "--owners", "amazon", "--filters",
                     "Name=name,Values=al2023-ami-ecs-hvm-*", "Name=architecture,Values=x86_64")["Images"]
        launched = aws("ec2", "run-instances", "--image-id", images[0]["ImageId"], "--instance-type", "t3.small",
                       "--subnet-id", subnet, "--enable-primary-ipv6", "--count", 2, "--iam-instance-profile",
                       "Name=ecsInstanceRole", "--user-data", "#!/bin/sh")["Instances"]
        ids = [each["InstanceId"] for each in launched]
        aws("ec2", "create-tags", "--resources", *ids, "--tags", f"Key=Name,Value={name}")
        reservations = aws("ec2", "describe-instances", "--filters", f"Name=tag:Name,Values={name}")["Reservations"]
        [reservation] = reservations
        assert sorted(each["InstanceId"] for each in reservation["Instances"]) == sorted(ids)
        for instance in reservation["Instances"]:
            assert instance["NetworkInterfaces"][0]["Ipv6Addresses"][0]["IsPrimaryIpv6"] is True
        aws("ec2", "terminate-instances", "--instance-ids", *ids)
        with refused("InvalidSubnetID.NotFound", "subnet-00000000000000000"):
            aws("ec2", "run-instances", "--image-id", images[0]["ImageId"], "--subnet-id", "subnet-00000000000000000")

    def test_dual_stack_subnet_gives_both_families(self, ec2, dual, image):
        [instance] = ec2.run_instances(
            ImageId=image, InstanceType="t3.micro", MinCount=1, MaxCount=1,
            NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": dual["SubnetId"], "PrimaryIpv6": True}],
        )["Instances"]
        [found] = ec2.describe_instances(InstanceIds=[instance["InstanceId"]])["Reservations"][0]["Instances"]
        assert ipaddress.ip_address(found["PrivateIpAddress"]) in ipaddress.ip_network(dual["CidrBlock"])
        assert found["NetworkInterfaces"][0]["Ipv6Addresses"][0]["IsPrimaryIpv6"] is True

    def test_types(self, ec2):
        types = ec2.describe_instance_types(InstanceTypes=["t3.micro", "t2.micro", "m3.medium"])["InstanceTypes"]
        facts = {each["InstanceType"]: (each["Hypervisor"], each["NetworkInfo"]["Ipv6Supported"]) for each in types}
        assert facts == {"t3.micro": ("nitro", True), "t2.micro": ("xen", True), "m3.medium": ("xen", False)}
        assert len(pages(ec2, "describe_instance_types", "InstanceTypes")) > 50
        with refused("InvalidInstanceType", "t99.huge"):
            ec2.describe_instance_types(InstanceTypes=["t99.huge"])

    def test_pages_count_instances(self, ec2, dual, image):
        ec2.run_instances(ImageId=image, InstanceType="t3.micro", SubnetId=dual["SubnetId"], MinCount=7, MaxCount=7)
        own = {"Name": "subnet-id", "Values": [dual["SubnetId"]]}
        first = ec2.describe_instances(Filters=[own], MaxResults=5)
        assert len(first["Reservations"][0]["Instances"]) == 5
        rest = ec2.describe_instances(Filters=[own], MaxResults=5, NextToken=first["NextToken"])
        assert len(rest["Reservations"][0]["Instances"]) == 2
        assert "NextToken" not in rest
        assert len({each["InstanceId"] for each in instances(ec2, own)}) == 7
        assert len(pages(ec2, "describe_network_interfaces", "NetworkInterfaces", Filters=[own])) == 7


class TestNetworkInterface:
    def test_primary_ipv6_is_one_way(self, ec2, native):
        interface = ec2.create_network_interface(SubnetId=native["SubnetId"], Description="judge")["NetworkInterface"]
        eni = interface["NetworkInterfaceId"]
        ec2.get_waiter("network_interface_available").wait(NetworkInterfaceIds=[eni])
        assert interface["Ipv6Addresses"][0]["IsPrimaryIpv6"] is False
        for _ in range(2):
            ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, EnablePrimaryIpv6=True)
        [found] = ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"]
        assert found["Ipv6Addresses"][0]["IsPrimaryIpv6"] is True
        with refused("InvalidParameterValue"):
            ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, EnablePrimaryIpv6=False)

    def test_addresses_come_and_go(self, ec2, dual):
        interface = ec2.create_network_interface(SubnetId=dual["SubnetId"], Ipv6AddressCount=0)["NetworkInterface"]
        eni = interface["NetworkInterfaceId"]
        with refused("InvalidParameterCombination"):
            ec2.modify_network_interface_attribute(NetworkInterfaceId=eni, EnablePrimaryIpv6=True)
        assigned = ec2.assign_ipv6_addresses(NetworkInterfaceId=eni, Ipv6AddressCount=2)["AssignedIpv6Addresses"]
        assert len(set(assigned)) == 2
        ec2.unassign_ipv6_addresses(NetworkInterfaceId=eni, Ipv6Addresses=assigned[:1])
        [found] = ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"]
        assert [each["Ipv6Address"] for each in found["Ipv6Addresses"]] == assigned[1:]
        ec2.delete_network_interface(NetworkInterfaceId=eni)
        with refused("InvalidNetworkInterfaceID.NotFound", eni):
            ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])


class TestTags:
    def test_deletion_is_guarded_by_the_value(self, ec2, vpc):
        ids = [vpc["VpcId"]]

        def present():
            found = pages(ec2, "describe_tags", "Tags", Filters=[{"Name": "resource-id", "Values": ids}])
            return {tag["Key"]: tag["Value"] for tag in found if tag["Key"] != "Name"}

        ec2.create_tags(Resources=ids, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
        ec2.delete_tags(Resources=ids, Tags=[{"Key": "a", "Value": "2"}, {"Key": "a", "Value": ""}])
        assert present() == {"a": "1", "b": ""}
        ec2.delete_tags(Resources=ids, Tags=[{"Key": "a"}, {"Key": "b", "Value": ""}])
        assert present() == {}
        ec2.delete_tags(Resources=ids)
        assert pages(ec2, "describe_tags", "Tags", Filters=[{"Name": "resource-id", "Values": ids}]) == []
        with refused("InvalidInstanceID.NotFound", "i-00000000000000000"):
            ec2.create_tags(Resources=[*ids, "i-00000000000000000"], Tags=[{"Key": "c", "Value": "d"}])
        assert present() == {}


class TestRefusals:
    def test_ids_that_lead_nowhere(self, ec2):
        with refused("InvalidInstanceID.NotFound", "i-00000000000000001, i-00000000000000002"):
            ec2.describe_instances(InstanceIds=["i-00000000000000001", "i-00000000000000002"])
        with refused("InvalidInstanceID.Malformed"):
            ec2.describe_instances(InstanceIds=["web"])
        with refused("InvalidVpcID.NotFound", "vpc-00000000000000000"):
            ec2.describe_vpcs(VpcIds=["vpc-00000000000000000"])
        with refused("InvalidSubnetID.NotFound"):
            ec2.create_network_interface(SubnetId="subnet-00000000000000000")
        with refused("InvalidAMIID.NotFound"):
            ec2.describe_images(ImageIds=["ami-00000000000000000"])

    def test_limits_of_describe(self, client):
        ec2 = client("ec2", parameter_validation=False)
        with refused("InvalidParameterCombination", "instancesSet", "maxResults"):
            ec2.describe_instances(InstanceIds=["i-00000000000000001"], MaxResults=5)
        for size in (4, 1001):
            with refused("InvalidParameterValue", "maxResults"):
                ec2.describe_network_interfaces(MaxResults=size)
        with refused("FilterLimitExceeded", "200"):
            ec2.describe_instances(Filters=[{"Name": "instance-id", "Values": [f"i-{n:08x}" for n in range(201)]}])
        with refused("InvalidParameterValue", "colour"):
            ec2.describe_subnets(Filters=[{"Name": "colour", "Values": ["red"]}])
        with refused("InvalidNextToken"):
            ec2.describe_subnets(NextToken="nonsense")

    def test_blocks_that_do_not_fit(self, ec2, vpc):
        with refused("InvalidSubnet.Range"):
            ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="192.168.0.0/24")
        ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.3.0/24")
        with refused("InvalidSubnet.Conflict"):
            ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.3.128/25")
        with refused("InvalidVpc.Range"):
            ec2.create_vpc(CidrBlock="10.0.0.0/8")

    def test_what_is_not_simulated_says_so(self, ec2, vpc):
        with refused("NotImplemented", "DescribeVolumes"):
            ec2.describe_volumes()
        with refused("NotImplemented", "Ipv6CidrBlock"):
            ec2.create_vpc(CidrBlock="10.0.0.0/16", Ipv6CidrBlock="2a05:d018::/56", Ipv6Pool="p")
        with refused("DryRunOperation"):
            ec2.delete_vpc(VpcId=vpc["VpcId"], DryRun=True)

    def test_ipv6_only_takes_nitro_alone(self, ec2, native, image):
        with refused("UnsupportedOperation", "t2.micro"):
            ec2.run_instances(ImageId=image, InstanceType="t2.micro", SubnetId=native["SubnetId"], MinCount=1, MaxCount=1)


def test_network_acls_follow_the_order_of_their_rules(ec2, aws, vpc, native, name):
    [default] = pages(ec2, "describe_network_acls", "NetworkAcls", Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])
    assert default["IsDefault"]
    inbound = [(each["RuleNumber"], each["RuleAction"]) for each in default["Entries"] if not each["Egress"]]
    assert inbound == [(100, "allow"), (101, "allow"), (32767, "deny"), (32768, "deny")]
    [association] = default["Associations"]
    own = ec2.create_network_acl(VpcId=vpc["VpcId"], TagSpecifications=tags(name, "network-acl"))["NetworkAcl"]
    rule = {"NetworkAclId": own["NetworkAclId"], "RuleNumber": 110, "Egress": False}
    neighbours = {"Protocol": "58", "Ipv6CidrBlock": "::/0", "IcmpTypeCode": {"Type": -1, "Code": -1}}
    ec2.create_network_acl_entry(**rule, RuleAction="deny", **neighbours)
    with refused("NetworkAclEntryAlreadyExists", "110"):
        ec2.create_network_acl_entry(**rule, RuleAction="allow", **neighbours)
    ec2.replace_network_acl_entry(**rule, RuleAction="allow", **neighbours)
    ids = {"AssociationId": association["NetworkAclAssociationId"], "NetworkAclId": own["NetworkAclId"]}
    moved = ec2.replace_network_acl_association(**ids)["NewAssociationId"]
    [seen] = aws("ec2", "describe-network-acls", "--network-acl-ids", own["NetworkAclId"])["NetworkAcls"]
    assert seen["Associations"] == [
        {"NetworkAclAssociationId": moved, "NetworkAclId": own["NetworkAclId"], "SubnetId": native["SubnetId"]}
    ]
    expected = {"RuleNumber": 110, "Egress": False, "RuleAction": "allow", **neighbours}
    assert [each for each in seen["Entries"] if each["RuleNumber"] == 110] == [expected]
    with refused("DependencyViolation"):
        ec2.delete_network_acl(NetworkAclId=own["NetworkAclId"])
    ec2.delete_network_acl_entry(**rule)
    ec2.replace_network_acl_association(AssociationId=moved, NetworkAclId=default["NetworkAclId"])
    ec2.delete_network_acl(NetworkAclId=own["NetworkAclId"])
    with refused("InvalidNetworkAclID.NotFound"):
        ec2.describe_network_acls(NetworkAclIds=[own["NetworkAclId"]])


def test_endpoints_have_the_families_of_their_type(ec2, aws, vpc, native, name):
    vpc_id = vpc["VpcId"]
    services = pages(ec2, "describe_vpc_endpoint_services", "ServiceDetails", size=1)
    [images] = [each for each in services if each["ServiceName"].endswith(".ecr.dkr")]
    assert sorted(images["SupportedIpAddressTypes"]) == ["ipv4", "ipv6"]
    wanted = {"VpcId": vpc_id, "VpcEndpointType": "Interface", "ServiceName": images["ServiceName"]}
    with refused("InvalidParameter", "private DNS"):
        ec2.create_vpc_endpoint(**wanted, SubnetIds=[native["SubnetId"]], IpAddressType="ipv6")
    ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsHostnames={"Value": True})
    made = ec2.create_vpc_endpoint(
        **wanted, SubnetIds=[native["SubnetId"]], IpAddressType="ipv6", TagSpecifications=tags(name, "vpc-endpoint")
    )["VpcEndpoint"]
    endpoint_id = made["VpcEndpointId"]
    by_name = [{"Name": "tag:Name", "Values": [name]}]
    look = lambda: pages(ec2, "describe_vpc_endpoints", "VpcEndpoints", Filters=by_name)  # noqa: E731
    eventually(lambda: look()[0]["State"] == "available")
    [seen] = look()
    assert (seen["IpAddressType"], seen["DnsOptions"]["DnsRecordIpType"]) == ("ipv6", "ipv6")
    assert any(".on.aws" in each["DnsName"] for each in seen["DnsEntries"])
    aws("ec2", "modify-vpc-endpoint", "--vpc-endpoint-id", endpoint_id, "--no-private-dns-enabled")
    assert not look()[0]["PrivateDnsEnabled"]
    with refused("InvalidParameter", "does not match the subnet"):
        ec2.modify_vpc_endpoint(VpcEndpointId=endpoint_id, IpAddressType="ipv4")
    assert ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint_id])["Unsuccessful"] == []
    eventually(lambda: look() == [])
    with refused("InvalidVpcEndpointId.NotFound"):
        ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint_id])


def test_flow_logs_are_found_by_what_they_watch(ec2, aws, vpc, native):
    settings = {"LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::flows", "TrafficType": "ALL"}
    subnet = {"ResourceIds": [native["SubnetId"]], "ResourceType": "Subnet"}
    made = ec2.create_flow_logs(ResourceIds=[vpc["VpcId"]], ResourceType="VPC", **settings)["FlowLogIds"]
    made += ec2.create_flow_logs(**subnet, **settings)["FlowLogIds"]
    [again] = ec2.create_flow_logs(**subnet, **settings)["Unsuccessful"]
    assert (again["ResourceId"], again["Error"]["Code"]) == (native["SubnetId"], "FlowLogAlreadyExists")
    watching = f"Name=resource-id,Values={vpc['VpcId']},{native['SubnetId']}"
    seen = aws("ec2", "describe-flow-logs", "--filter", watching)["FlowLogs"]
    assert {each["FlowLogId"] for each in seen} == set(made)
    assert {(each["FlowLogStatus"], each["DeliverLogsStatus"]) for each in seen} == {("ACTIVE", "SUCCESS")}
    paged = pages(ec2, "describe_flow_logs", "FlowLogs", size=1, FlowLogIds=[])
    assert set(made) <= {each["FlowLogId"] for each in paged}
    with refused("InvalidVpcID.NotFound"):
        ec2.create_flow_logs(ResourceIds=["vpc-0"], ResourceType="VPC", **settings)
    assert ec2.delete_flow_logs(FlowLogIds=made)["Unsuccessful"] == []
    with refused("InvalidFlowLogId.NotFound"):
        ec2.describe_flow_logs(FlowLogIds=made)


def test_prefix_lists_are_listed_in_pages(ec2, name):
    names = [f"{name}-{number}" for number in range(3)]
    made = [ec2.create_managed_prefix_list(PrefixListName=each, AddressFamily="IPv6", MaxEntries=1) for each in names]
    by_name = [{"Name": "prefix-list-name", "Values": names}]
    shown = pages(ec2, "describe_managed_prefix_lists", "PrefixLists", size=1, Filters=by_name)
    assert sorted(each["PrefixListName"] for each in shown) == names
    for each in made:
        ec2.delete_managed_prefix_list(PrefixListId=each["PrefixList"]["PrefixListId"])


def test_prefix_lists_stand_in_rules_and_routes(ec2, aws, vpc, name):
    entries = [{"Cidr": f"2001:db8:{number}::/48", "Description": name} for number in range(1, 4)]
    made = ec2.create_managed_prefix_list(
        PrefixListName=name, AddressFamily="IPv6", MaxEntries=5, Entries=entries, TagSpecifications=tags(name, "prefix-list")
    )["PrefixList"]
    list_id = made["PrefixListId"]
    assert (made["State"], made["OwnerId"], made["Version"]) == ("create-complete", "111122223333", 1)
    assert pages(ec2, "get_managed_prefix_list_entries", "Entries", size=1, PrefixListId=list_id) == entries
    by_name = [{"Name": "prefix-list-name", "Values": [name]}]
    [seen] = pages(ec2, "describe_managed_prefix_lists", "PrefixLists", size=1, Filters=by_name)
    assert seen["PrefixListId"] == list_id
    group = ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc["VpcId"])["GroupId"]
    permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "PrefixListIds": [{"PrefixListId": list_id}]}
    [rule] = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])["SecurityGroupRules"]
    assert rule["PrefixListId"] == list_id
    table = ec2.create_route_table(VpcId=vpc["VpcId"])["RouteTable"]["RouteTableId"]
    gateway = ec2.create_egress_only_internet_gateway(VpcId=vpc["VpcId"])["EgressOnlyInternetGateway"]
    route = {"RouteTableId": table, "DestinationPrefixListId": list_id}
    ec2.create_route(**route, EgressOnlyInternetGatewayId=gateway["EgressOnlyInternetGatewayId"])
    shown = aws("ec2", "describe-route-tables", "--route-table-ids", table)["RouteTables"][0]["Routes"]
    assert [each["State"] for each in shown if each.get("DestinationPrefixListId") == list_id] == ["active"]
    with refused("DependencyViolation"):
        ec2.delete_managed_prefix_list(PrefixListId=list_id)
    ec2.delete_route(**route)
    ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])
    assert ec2.delete_managed_prefix_list(PrefixListId=list_id)["PrefixList"]["State"] == "delete-complete"


def test_route_tables_take_each_others_place(ec2, vpc, native):
    one, other = (ec2.create_route_table(VpcId=vpc["VpcId"])["RouteTable"]["RouteTableId"] for _ in range(2))
    association = ec2.associate_route_table(RouteTableId=one, SubnetId=native["SubnetId"])["AssociationId"]
    moved = ec2.replace_route_table_association(AssociationId=association, RouteTableId=other)
    assert moved["AssociationState"]["State"] == "associated"
    with refused("InvalidAssociationID.NotFound"):
        ec2.replace_route_table_association(AssociationId=association, RouteTableId=one)
    ec2.delete_route_table(RouteTableId=one)


def test_ipv6_blocks_are_taken_away(ec2, vpc):
    block = subnet_blocks(vpc)[7]
    subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.7.0/24", Ipv6CidrBlock=block)["Subnet"]
    [association] = subnet["Ipv6CidrBlockAssociationSet"]
    [of_vpc] = vpc["Ipv6CidrBlockAssociationSet"]
    with refused("InvalidCidrBlock.InUse"):
        ec2.disassociate_vpc_cidr_block(AssociationId=of_vpc["AssociationId"])
    gone = ec2.disassociate_subnet_cidr_block(AssociationId=association["AssociationId"])["Ipv6CidrBlockAssociation"]
    assert gone["Ipv6CidrBlockState"]["State"] == "disassociating"
    with refused("InvalidSubnetCidrBlockAssociationID.NotFound"):
        ec2.disassociate_subnet_cidr_block(AssociationId=association["AssociationId"])
    ec2.disassociate_vpc_cidr_block(AssociationId=of_vpc["AssociationId"])
    [seen] = ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"]
    assert seen.get("Ipv6CidrBlockAssociationSet", []) == []


def test_metadata_service_is_opened_for_ipv6(ec2, native, image):
    settings = {"ImageId": image, "InstanceType": "m5.large", "MinCount": 1, "MaxCount": 1}
    [made] = ec2.run_instances(SubnetId=native["SubnetId"], **settings)["Instances"]
    instance_id = made["InstanceId"]
    answer = ec2.modify_instance_metadata_options(InstanceId=instance_id, HttpProtocolIpv6="enabled")
    assert answer["InstanceMetadataOptions"]["HttpProtocolIpv6"] == "enabled"
    [reservation] = ec2.describe_instances(InstanceIds=[instance_id])["Reservations"]
    assert reservation["Instances"][0]["MetadataOptions"]["HttpProtocolIpv6"] == "enabled"
    with refused("InvalidParameterValue", "HopLimit"):
        ec2.modify_instance_metadata_options(InstanceId=instance_id, HttpPutResponseHopLimit=65)
