"""Networks, and what stands in them."""

from plan import fresh, needs, read, write

# moto knows it from its own list of images, the local account from its own: each gets one that it has
OUR_IMAGE, THEIR_IMAGE = 'ami-0ec5a120230000001', 'ami-12c6146b'
NOBODY = '0123456789abcdef0'


def image(world):
    known = world.of('image')
    return known[0] if known else world.add('image', OUR_IMAGE, THEIR_IMAGE)


def make_vpc(rng, world):
    cidr = f'10.{rng.randrange(256)}.0.0/16'
    makes = {'vpc': 'Vpc.VpcId', 'vpc-ipv6': 'Vpc.Ipv6CidrBlockAssociationSet[0].AssociationId'}
    return write('ec2', 'create_vpc', makes, CidrBlock=cidr, AmazonProvidedIpv6CidrBlock=rng.random() < 0.8)


@needs('vpc')
def make_bad_vpc_cidr(rng, vpc):
    return write('ec2', 'create_vpc', CidrBlock=rng.choice(['10.0.0.0/8', '10.0.0.0/29', 'nonsense']))


@needs('vpc')
def describe_vpc(rng, vpc):
    return read('ec2', 'describe_vpcs', VpcIds=[vpc])


def describe_no_vpc(rng, world):
    return read('ec2', 'describe_vpcs', VpcIds=[f'vpc-{NOBODY}'])


@needs('vpc')
def vpc_attribute(rng, vpc):
    attribute = rng.choice(['enableDnsSupport', 'enableDnsHostnames'])
    return read('ec2', 'describe_vpc_attribute', VpcId=vpc, Attribute=attribute)


@needs('vpc')
def set_vpc_attribute(rng, vpc):
    return write('ec2', 'modify_vpc_attribute', VpcId=vpc, EnableDnsHostnames={'Value': rng.random() < 0.5})


def make_subnet(rng, world):
    vpcs = world.of('vpc')
    if not vpcs:
        return None
    vpc = rng.choice(vpcs)
    # any /24 of any VPC: most are refused as not inside it, some are not, and some overlap
    cidr = f'10.{rng.randrange(256)}.{rng.randrange(4)}.0/24'
    zone = f'eu-west-2{rng.choice("abc")}'
    return write('ec2', 'create_subnet', {'subnet': 'Subnet.SubnetId'}, VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone)


def make_site(rng, world):
    """A VPC of one known block, so that subnets inside it can be made."""
    cidr = '10.77.0.0/16'
    return write('ec2', 'create_vpc', {'site': 'Vpc.VpcId', 'vpc': 'Vpc.VpcId'}, CidrBlock=cidr)


@needs('site')
def make_subnet_inside(rng, site):
    cidr = f'10.77.{rng.randrange(6)}.0/24'
    zone = f'eu-west-2{rng.choice("abc")}'
    return write('ec2', 'create_subnet', {'subnet': 'Subnet.SubnetId'}, VpcId=site, CidrBlock=cidr, AvailabilityZone=zone)


@needs('subnet')
def describe_subnet(rng, subnet):
    return read('ec2', 'describe_subnets', SubnetIds=[subnet])


@needs('vpc')
def subnets_of_vpc(rng, vpc):
    return read('ec2', 'describe_subnets', Filters=[{'Name': 'vpc-id', 'Values': [vpc]}])


@needs('subnet')
def set_public(rng, subnet):
    return write('ec2', 'modify_subnet_attribute', SubnetId=subnet, MapPublicIpOnLaunch={'Value': rng.random() < 0.5})


@needs('subnet')
def delete_subnet(rng, subnet):
    return write('ec2', 'delete_subnet', ends=[subnet], SubnetId=subnet)


def make_gateway(rng, world):
    return write('ec2', 'create_internet_gateway', {'igw': 'InternetGateway.InternetGatewayId'})


@needs('igw', 'vpc')
def attach_gateway(rng, igw, vpc):
    return write('ec2', 'attach_internet_gateway', InternetGatewayId=igw, VpcId=vpc)


@needs('igw')
def describe_gateway(rng, igw):
    return read('ec2', 'describe_internet_gateways', InternetGatewayIds=[igw])


@needs('vpc')
def make_table(rng, vpc):
    return write('ec2', 'create_route_table', {'table': 'RouteTable.RouteTableId'}, VpcId=vpc)


@needs('table', 'igw')
def make_route(rng, table, igw):
    target = rng.choice([{'DestinationCidrBlock': '0.0.0.0/0'}, {'DestinationIpv6CidrBlock': '::/0'}])
    return write('ec2', 'create_route', RouteTableId=table, GatewayId=igw, **target)


@needs('table', 'subnet')
def associate(rng, table, subnet):
    return write('ec2', 'associate_route_table', {'association': 'AssociationId'}, RouteTableId=table, SubnetId=subnet)


@needs('table')
def describe_table(rng, table):
    return read('ec2', 'describe_route_tables', RouteTableIds=[table])


@needs('vpc')
def tables_of_vpc(rng, vpc):
    return read('ec2', 'describe_route_tables', Filters=[{'Name': 'vpc-id', 'Values': [vpc]}])


@needs('vpc')
def make_group(rng, vpc):
    makes = {'group': 'GroupId'}
    return write('ec2', 'create_security_group', makes, VpcId=vpc, GroupName=fresh(rng, 'group'), Description='a group')


@needs('group')
def describe_group(rng, group):
    return read('ec2', 'describe_security_groups', GroupIds=[group])


def permission(rng, group):
    port = rng.choice([80, 443, 8080])
    sources = rng.choice(
        [
            {'IpRanges': [{'CidrIp': '10.0.0.0/8'}]},
            {'Ipv6Ranges': [{'CidrIpv6': '::/0', 'Description': 'everyone'}]},
            {'UserIdGroupPairs': [{'GroupId': group}]},
        ]
    )
    return {'IpProtocol': 'tcp', 'FromPort': port, 'ToPort': port, **sources}


@needs('group', 'group')
def allow_in(rng, group, other):
    rule = permission(rng, other)
    return write('ec2', 'authorize_security_group_ingress', GroupId=group, IpPermissions=[rule])


@needs('group', 'group')
def deny_in(rng, group, other):
    rule = permission(rng, other)
    return write('ec2', 'revoke_security_group_ingress', GroupId=group, IpPermissions=[rule])


@needs('group')
def group_rules(rng, group):
    return read('ec2', 'describe_security_group_rules', Filters=[{'Name': 'group-id', 'Values': [group]}])


@needs('subnet')
def make_interface(rng, subnet):
    makes = {'eni': 'NetworkInterface.NetworkInterfaceId'}
    return write('ec2', 'create_network_interface', makes, SubnetId=subnet, Description='an interface')


@needs('eni')
def describe_interface(rng, eni):
    return read('ec2', 'describe_network_interfaces', NetworkInterfaceIds=[eni])


@needs('eni')
def delete_interface(rng, eni):
    return write('ec2', 'delete_network_interface', ends=[eni], NetworkInterfaceId=eni)


def tag(rng, world):
    things = [thing for kind in ('vpc', 'subnet', 'eni', 'table', 'igw', 'group') for thing in world.of(kind)]
    if not things:
        return None
    tags = [{'Key': rng.choice(['Name', 'team', 'stage']), 'Value': rng.choice(['a', 'b', ''])}]
    return write('ec2', 'create_tags', Resources=[rng.choice(things)], Tags=tags)


def untag(rng, world):
    things = [thing for kind in ('vpc', 'subnet', 'eni', 'table', 'igw', 'group') for thing in world.of(kind)]
    if not things:
        return None
    wanted = {'Key': rng.choice(['Name', 'team', 'stage'])}
    value = rng.choice([{}, {'Value': 'a'}])
    return write('ec2', 'delete_tags', Resources=[rng.choice(things)], Tags=[{**wanted, **value}])


def tags_of(rng, world):
    things = [thing for kind in ('vpc', 'subnet', 'eni', 'table') for thing in world.of(kind)]
    if not things:
        return None
    return read('ec2', 'describe_tags', Filters=[{'Name': 'resource-id', 'Values': [rng.choice(things)]}])


def run_instance(rng, world):
    if not world.of('subnet'):
        return None
    makes = {'instance': 'Instances[0].InstanceId'}
    return write(
        'ec2',
        'run_instances',
        makes,
        ImageId=image(world),
        InstanceType='t3.micro',
        MinCount=1,
        MaxCount=1,
        SubnetId=rng.choice(world.of('subnet')),
    )


@needs('instance')
def describe_instance_type(rng, instance):
    return read('ec2', 'describe_instance_attribute', InstanceId=instance, Attribute='instanceType')


BUILD = [make_site, make_subnet_inside, make_subnet_inside, make_vpc, make_group, make_interface]
EC2 = [
    *BUILD,
    *BUILD,
    *[make_bad_vpc_cidr, describe_vpc, describe_no_vpc, vpc_attribute, set_vpc_attribute, make_subnet],
    *[describe_subnet, subnets_of_vpc, set_public, delete_subnet, make_gateway, attach_gateway, describe_gateway],
    *[make_table, make_route, associate, describe_table, tables_of_vpc, describe_group, allow_in, deny_in, group_rules],
    *[describe_interface, delete_interface, tag, tag, untag, tags_of, run_instance, describe_instance_type],
]
