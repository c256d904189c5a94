"""Puts faults and their compliant twins into an empty moto account, and says which findings they are."""

import ipaddress
import json
import urllib.request

import boto3

# moto's own
ACCOUNT = '123456789012'
REGION = 'eu-west-2'
# an id as ECS gives tasks
NO_TASK = '0123456789abcdef0123456789abcdef'
OLD_IMAGE = f'{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/shop/web:1'
DUAL_STACK_IMAGE = f'{ACCOUNT}.dkr-ecr.{REGION}.on.aws/shop/web:1'
# as many reads of a task as no test makes: by default moto stops a task that is read four times
READS_BEFORE_A_TASK_STOPS = 1_000_000_000


class Account:
    def __init__(self, endpoint):
        self.endpoint = endpoint
        session = boto3.Session(region_name=REGION)
        for service in ('ec2', 'ecs', 'elbv2', 'servicediscovery'):
            setattr(self, service, session.client(service))
        self.keep_tasks_running()
        self.make_network()
        self.make_namespace()
        images = self.ec2.describe_images()['Images']
        made_for_ecs = [one for one in images if '-ami-ecs-' in one.get('Name', '')]
        self.linux_image = next(one['ImageId'] for one in made_for_ecs if one.get('Platform') != 'windows')

    def keep_tasks_running(self):
        transition = {'progression': 'manual', 'times': READS_BEFORE_A_TASK_STOPS}
        body = json.dumps({'model_name': 'ecs::task', 'transition': transition}).encode()
        request = urllib.request.Request(f'{self.endpoint}/moto-api/state-manager/set-transition', body)
        urllib.request.urlopen(request).close()

    def make_network(self):
        """A VPC with a subnet as IPv6-only tasks want it, and one as their hosts do."""
        vpc = self.ec2.create_vpc(CidrBlock='10.0.0.0/16', AmazonProvidedIpv6CidrBlock=True)['Vpc']
        self.vpc = vpc['VpcId']
        # moto gives an interface a private DNS name, which RunTask needs, only then
        self.ec2.modify_vpc_attribute(VpcId=self.vpc, EnableDnsHostnames={'Value': True})
        ipv6_block = vpc['Ipv6CidrBlockAssociationSet'][0]['Ipv6CidrBlock']
        self.ipv6_blocks = ipaddress.ip_network(ipv6_block).subnets(new_prefix=64)
        self.ipv4_blocks = ipaddress.ip_network(vpc['CidrBlock']).subnets(new_prefix=24)
        block = next(self.ipv6_blocks)
        self.ipv6_prefix = str(block).split('::')[0]
        subnet = self.ec2.create_subnet(VpcId=self.vpc, Ipv6CidrBlock=str(block), Ipv6Native=True)
        self.subnet = subnet['Subnet']['SubnetId']
        # moto answers 500 to RunInstances in an IPv6-only subnet
        self.host_subnet = self.dual_stack_subnet()
        assign = {'AssignIpv6AddressOnCreation': {'Value': True}}
        self.ec2.modify_subnet_attribute(SubnetId=self.host_subnet, **assign)
        self.lead_out_over_ipv6()
        group = self.ec2.create_security_group(GroupName='tasks', Description='tasks', VpcId=self.vpc)
        self.security_group = group['GroupId']

    def lead_out_over_ipv6(self):
        """By the main route table and the default network ACL."""
        in_vpc = [{'Name': 'vpc-id', 'Values': [self.vpc]}]
        made = self.ec2.create_egress_only_internet_gateway(VpcId=self.vpc)
        gateway = made['EgressOnlyInternetGateway']['EgressOnlyInternetGatewayId']
        table = self.ec2.describe_route_tables(Filters=in_vpc)['RouteTables'][0]['RouteTableId']
        way = {'DestinationIpv6CidrBlock': '::/0', 'EgressOnlyInternetGatewayId': gateway}
        self.ec2.create_route(RouteTableId=table, **way)
        # AWS adds these to the default ACL of a VPC with an IPv6 block; moto answers with entries for IPv4 alone
        acl = self.ec2.describe_network_acls(Filters=in_vpc)['NetworkAcls'][0]['NetworkAclId']
        everything = {'RuleNumber': 101, 'Protocol': '-1', 'RuleAction': 'allow', 'Ipv6CidrBlock': '::/0'}
        for egress in (False, True):
            self.ec2.create_network_acl_entry(NetworkAclId=acl, Egress=egress, **everything)

    def dual_stack_subnet(self):
        blocks = {'CidrBlock': str(next(self.ipv4_blocks)), 'Ipv6CidrBlock': str(next(self.ipv6_blocks))}
        return self.ec2.create_subnet(VpcId=self.vpc, **blocks)['Subnet']['SubnetId']

    def old_subnet(self):
        """A subnet that got an IPv6 block and nothing else: neither a route, nor entries in its network ACL."""
        subnet = self.dual_stack_subnet()
        table = self.ec2.create_route_table(VpcId=self.vpc)['RouteTable']['RouteTableId']
        self.ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        acl = self.ec2.create_network_acl(VpcId=self.vpc)['NetworkAcl']['NetworkAclId']
        for egress in (False, True):
            everything = {'RuleNumber': 100, 'Protocol': '-1', 'RuleAction': 'allow', 'CidrBlock': '0.0.0.0/0'}
            self.ec2.create_network_acl_entry(NetworkAclId=acl, Egress=egress, **everything)
        of_subnet = [{'Name': 'association.subnet-id', 'Values': [subnet]}]
        associations = self.ec2.describe_network_acls(Filters=of_subnet)['NetworkAcls'][0]['Associations']
        former = next(one['NetworkAclAssociationId'] for one in associations if one['SubnetId'] == subnet)
        self.ec2.replace_network_acl_association(AssociationId=former, NetworkAclId=acl)
        return subnet, acl

    def network(self, subnet):
        return {'awsvpcConfiguration': {'subnets': [subnet], 'securityGroups': [self.security_group]}}

    def cluster(self, name):
        insights = [{'name': 'containerInsights', 'value': 'enabled'}]
        return self.ecs.create_cluster(clusterName=name, settings=insights)['cluster']['clusterArn']

    def task_definition(self, family, image, mode='awsvpc'):
        # moto runs no task of a container without memory
        container = {'name': 'web', 'image': image, 'memory': 128, 'portMappings': [{'containerPort': 80}]}
        answer = self.ecs.register_task_definition(
            family=family, networkMode=mode, containerDefinitions=[container], cpu='256', memory='512'
        )
        return answer['taskDefinition']['taskDefinitionArn']

    def target_group(self, name, family, target_type='ip'):
        answer = self.elbv2.create_target_group(
            Name=name, Protocol='HTTP', Port=80, VpcId=self.vpc, TargetType=target_type, IpAddressType=family
        )
        return answer['TargetGroups'][0]['TargetGroupArn']

    def service(self, cluster, name, definition, group=None, registry=None, launch='FARGATE', subnet=None):
        wanted = {'cluster': cluster, 'serviceName': name, 'taskDefinition': definition, 'desiredCount': 1}
        if group:
            balancer = {'targetGroupArn': group, 'containerName': 'web', 'containerPort': 80}
            wanted['loadBalancers'] = [balancer]
        if registry:
            wanted['serviceRegistries'] = [{'registryArn': registry}]
        if launch == 'FARGATE':
            wanted['networkConfiguration'] = self.network(subnet or self.subnet)
        return self.ecs.create_service(launchType=launch, **wanted)['service']

    def task(self, service, definition, deployment=None, platform='1.4.0'):
        """A task as ECS would have started it for the service: by its deployment, unless another is named."""
        answer = self.ecs.run_task(
            cluster=service['clusterArn'],
            taskDefinition=definition,
            launchType='FARGATE',
            # DescribeTasks names the number that LATEST stands for; in moto, what was asked for or nothing
            platformVersion=platform,
            networkConfiguration=service['networkConfiguration'],
            group=f'service:{service["serviceName"]}',
            startedBy=deployment or service['deployments'][0]['id'],
        )
        task = answer['tasks'][0]
        details = {d['name']: d['value'] for d in task['attachments'][0]['details']}
        return task['taskArn'], details['privateIPv4Address']

    def instance(self):
        return self.ec2.run_instances(
            ImageId=self.linux_image,
            InstanceType='t3.micro',
            MinCount=1,
            MaxCount=1,
            SubnetId=self.host_subnet,
            Ipv6AddressCount=1,
        )['Instances'][0]['InstanceId']

    def host(self, cluster):
        instance = self.instance()
        document = json.dumps({'instanceId': instance})
        answer = self.ecs.register_container_instance(cluster=cluster, instanceIdentityDocument=document)
        instance_arn = f'arn:aws:ec2:{REGION}:{ACCOUNT}:instance/{instance}'
        return instance_arn, answer['containerInstance']['containerInstanceArn']

    def bridge_task(self, cluster, definition, host):
        self.ecs.start_task(cluster=cluster, taskDefinition=definition, containerInstances=[host])

    def target(self, group, address, port=80):
        self.elbv2.register_targets(TargetGroupArn=group, Targets=[{'Id': address, 'Port': port}])
        return f'{group}#{address}:{port}'

    def make_namespace(self):
        operation = self.servicediscovery.create_private_dns_namespace(Name='local', Vpc=self.vpc)
        found = self.servicediscovery.get_operation(OperationId=operation['OperationId'])['Operation']
        self.namespace = found['Targets']['NAMESPACE']

    def registry(self, name):
        config = {'NamespaceId': self.namespace, 'DnsRecords': [{'Type': 'AAAA', 'TTL': 60}]}
        service = self.servicediscovery.create_service(Name=name, DnsConfig=config)['Service']
        return service['Id'], service['Arn']

    def registration(self, registry, name, attributes):
        registry_id, registry_arn = registry
        self.servicediscovery.register_instance(ServiceId=registry_id, InstanceId=name, Attributes=attributes)
        return f'{registry_arn}#{name}'


def by_ecs(cluster, service, address):
    """The attributes that ECS gives what it registers, as far as they say whose it is."""
    names = {'ECS_CLUSTER_NAME': cluster, 'ECS_SERVICE_NAME': service, 'REGION': REGION}
    return {**names, 'AWS_INSTANCE_IPV6': address, 'AVAILABILITY_ZONE': f'{REGION}a'}


def seed_faults(account, name):
    """A cluster with every fault beside its compliant twin; answers with the faults as (status, rule,
    resource), and with what moto cannot answer as (call, resources)."""
    cluster = account.cluster(name)
    old_image = account.task_definition(f'{name}-old-image', OLD_IMAGE)
    dual_stack_image = account.task_definition(f'{name}-web', DUAL_STACK_IMAGE)
    account.task_definition(f'{name}-used-by-nobody', OLD_IMAGE)
    bridge = account.task_definition(f'{name}-bridge', DUAL_STACK_IMAGE, 'bridge')

    ipv4_group = account.target_group(f'{name}-ipv4', 'ipv4')
    ipv6_group = account.target_group(f'{name}-ipv6', 'ipv6')
    instance_group = account.target_group(f'{name}-instance', 'ipv6', 'instance')
    registry = account.registry(name)

    old_subnet, old_acl = account.old_subnet()
    legacy = account.service(cluster, 'legacy', old_image, ipv4_group, subnet=old_subnet)
    web = account.service(cluster, 'web', dual_stack_image, ipv6_group, registry[1])
    account.service(cluster, 'bridge', bridge, instance_group, launch='EC2')

    # CreateService starts no tasks in moto, and a task has an IPv4 address alone there, whatever its subnet
    legacy_task, legacy_address = account.task(legacy, old_image)
    web_task, _ = account.task(web, dual_stack_image)
    # on a platform that gives none, that it has no IPv6 address is no fault of its own
    old_platform, _ = account.task(web, dual_stack_image, platform='1.3.0')
    # what a deployment is about to replace is no fault, nor is what has stopped
    account.task(web, dual_stack_image, 'ecs-svc/0000000000000000001')
    stopped, _ = account.task(web, dual_stack_image)
    account.ecs.stop_task(cluster=cluster, task=stopped)

    instance, host = account.host(cluster)
    account.bridge_task(cluster, bridge, host)

    account.target(ipv4_group, legacy_address)
    orphaned_ipv4 = account.target(ipv4_group, '10.0.1.250')
    unseen = f'{account.ipv6_prefix}::fa'
    account.target(ipv6_group, unseen)

    web_id = web_task.rsplit('/', 1)[1]
    account.registration(registry, web_id, by_ecs(name, 'web', f'{account.ipv6_prefix}::1'))
    orphaned = account.registration(registry, NO_TASK, by_ecs(name, 'web', f'{account.ipv6_prefix}::fb'))
    account.registration(registry, 'by-hand', {'AWS_INSTANCE_IPV6': f'{account.ipv6_prefix}::fc'})
    account.registration(registry, 'elsewhere', by_ecs(name, 'no-such-service', f'{account.ipv6_prefix}::fd'))

    subnet_arn = f'arn:aws:ec2:{REGION}:{ACCOUNT}:subnet/{old_subnet}'
    faults = {
        ('open', 'service-subnet-not-ipv6-only', legacy['serviceArn']),
        ('open', 'subnet-without-ipv6-route', subnet_arn),
        ('open', 'subnet-not-auto-assigning-ipv6', subnet_arn),
        ('open', 'network-acl-blocks-ipv6', f'arn:aws:ec2:{REGION}:{ACCOUNT}:network-acl/{old_acl}'),
        # its subnets are IPv6-only and dual-stack, and it has no flow log
        ('open', 'flow-logs-off', f'arn:aws:ec2:{REGION}:{ACCOUNT}:vpc/{account.vpc}'),
        # in bridge mode on purpose: tasks of which the instances' rules speak
        ('open', 'network-mode-not-awsvpc', bridge),
        ('open', 'task-platform-too-old', old_platform),
        ('open', 'service-target-group-not-ipv6', legacy['serviceArn']),
        ('open', 'image-not-dual-stack', old_image),
        ('open', 'task-without-ipv6', legacy_task),
        ('open', 'task-without-ipv6', web_task),
        ('open', 'instance-agent-too-old', host),
        ('open', 'instance-without-primary-ipv6', instance),
        ('open', 'target-orphaned', orphaned_ipv4),
        # moto cannot look for an interface by its IPv6 address: whether one holds it is not known
        ('unknown', 'target-orphaned', f'{ipv6_group}#{unseen}:80'),
        ('open', 'cloudmap-instance-orphaned', orphaned),
    }
    return faults, {('ec2:DescribeNetworkInterfaces', (unseen,))}


def seed_compliant(account, name):
    """A cluster without a fault, as far as moto can express one: none of its tasks can have an interface."""
    cluster = account.cluster(name)
    definition = account.task_definition(f'{name}-web', DUAL_STACK_IMAGE)
    account.service(cluster, 'web', definition, account.target_group(f'{name}-ipv6', 'ipv6'))


def seed_unrelated(account):
    """What ECS has nothing to do with."""
    account.instance()
    account.target(account.target_group('unrelated', 'ipv4'), '10.0.1.251')
