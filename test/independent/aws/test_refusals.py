"""What each operation refuses, where its own file has no better example: a line for each, most about a thing that is not there.

The codes are those of AWS's pages; that the operation has them at all is for conformity.py to judge."""

import pytest
from botocore import xform_name
from conftest import refused

ACCOUNT, REGION = "111122223333", "eu-west-2"
NONE = "none"
ZEROS = "0" * 17
VPC, SUBNET, INTERFACE, TABLE = f"vpc-{ZEROS}", f"subnet-{ZEROS}", f"eni-{ZEROS}", f"rtb-{ZEROS}"
GROUP, INSTANCE, GATEWAY, EGRESS = f"sg-{ZEROS}", f"i-{ZEROS}", f"igw-{ZEROS}", f"eigw-{ZEROS}"
TEMPLATE, ENDPOINT, LIST = f"lt-{ZEROS}", f"vpce-{ZEROS}", f"pl-{ZEROS}"
NAT, ALLOCATION, ACL = f"nat-{ZEROS}", f"eipalloc-{ZEROS}", f"acl-{ZEROS}"
TAG_OF_NONE = [{"ResourceId": NONE, "ResourceType": "auto-scaling-group", "Key": "a", "Value": "b", "PropagateAtLaunch": True}]
EVERYWHERE = {"DestinationIpv6CidrBlock": "::/0"}
TO_EVERYONE = [{"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]
WRONG_KIND = [{"ResourceType": "subnet", "Tags": [{"Key": "a", "Value": "b"}]}]

CLUSTER = f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{NONE}"
HOST = "0" * 32

BALANCING = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}"
BALANCER = f"{BALANCING}:loadbalancer/app/{NONE}/0123456789abcdef"
TARGETS = f"{BALANCING}:targetgroup/{NONE}/0123456789abcdef"
LISTENER = f"{BALANCING}:listener/app/{NONE}/0123456789abcdef/0123456789abcdef"
LISTENER_RULE = f"{BALANCING}:listener-rule/app/{NONE}/0123456789abcdef/0123456789abcdef/0123456789abcdef"
FORWARD = [{"Type": "forward", "TargetGroupArn": TARGETS}]

TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:{NONE}"
SUBSCRIPTION = f"{TOPIC}:00000000-0000-4000-8000-000000000000"
QUEUE = f"http://127.0.0.1/{ACCOUNT}/{NONE}"
NO_QUEUE = "AWS.SimpleQueueService.NonExistentQueue"
RULE = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{NONE}"
NAMESPACE, SERVICE = "ns-0000000000000000", "srv-0000000000000000"
DISCOVERED = f"arn:aws:servicediscovery:{REGION}:{ACCOUNT}:service/{SERVICE}"
FILES, MOUNT = f"fs-{ZEROS}", f"fsmt-{ZEROS}"
SCHEDULES = f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule-group/{NONE}"
LATTICE = f"tg-{ZEROS}"
LATTICE_ARN = f"arn:aws:vpc-lattice:{REGION}:{ACCOUNT}:targetgroup/{LATTICE}"
KEY = {"id": {"S": "1"}}

REFUSALS = {
    "autoscaling": [
        ("AttachInstances", "ValidationError", {"AutoScalingGroupName": NONE, "InstanceIds": [INSTANCE]}),
        ("AttachLoadBalancerTargetGroups", "ValidationError", {"AutoScalingGroupName": NONE, "TargetGroupARNs": [TARGETS]}),
        ("CreateAutoScalingGroup", "ValidationError", {"AutoScalingGroupName": NONE, "MinSize": 0, "MaxSize": 1}),
        ("CreateOrUpdateTags", "ValidationError", {"Tags": TAG_OF_NONE}),
        ("DeleteAutoScalingGroup", "ValidationError", {"AutoScalingGroupName": NONE}),
        ("DeleteTags", "ValidationError", {"Tags": TAG_OF_NONE}),
        ("DescribeAutoScalingGroups", "InvalidNextToken", {"NextToken": "nonsense"}),
        ("DescribeAutoScalingInstances", "InvalidNextToken", {"NextToken": "nonsense"}),
        ("DescribeScalingActivities", "InvalidNextToken", {"NextToken": "nonsense"}),
        ("DescribeTags", "InvalidNextToken", {"NextToken": "nonsense"}),
        ("DetachInstances", "ValidationError", {
            "AutoScalingGroupName": NONE, "InstanceIds": [INSTANCE], "ShouldDecrementDesiredCapacity": True,
        }),
        ("DetachLoadBalancerTargetGroups", "ValidationError", {"AutoScalingGroupName": NONE, "TargetGroupARNs": [TARGETS]}),
        ("ResumeProcesses", "ValidationError", {"AutoScalingGroupName": NONE}),
        ("SetDesiredCapacity", "ValidationError", {"AutoScalingGroupName": NONE, "DesiredCapacity": 1}),
        ("SetInstanceHealth", "ValidationError", {"InstanceId": INSTANCE, "HealthStatus": "Healthy"}),
        ("SetInstanceProtection", "ValidationError", {
            "AutoScalingGroupName": NONE, "InstanceIds": [INSTANCE], "ProtectedFromScaleIn": True,
        }),
        ("SuspendProcesses", "ValidationError", {"AutoScalingGroupName": NONE}),
        ("TerminateInstanceInAutoScalingGroup", "ValidationError", {
            "InstanceId": INSTANCE, "ShouldDecrementDesiredCapacity": True,
        }),
        ("UpdateAutoScalingGroup", "ValidationError", {"AutoScalingGroupName": NONE, "MaxSize": 1}),
    ],
    "dynamodb": [
        ("BatchGetItem", "ResourceNotFoundException", {"RequestItems": {NONE: {"Keys": [KEY]}}}),
        ("BatchWriteItem", "ResourceNotFoundException", {"RequestItems": {NONE: [{"PutRequest": {"Item": KEY}}]}}),
        ("CreateTable", "ValidationException", {
            "TableName": NONE, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "other", "AttributeType": "S"}],
        }),
        ("DeleteItem", "ResourceNotFoundException", {"TableName": NONE, "Key": KEY}),
        ("DeleteTable", "ResourceNotFoundException", {"TableName": NONE}),
        ("DescribeContinuousBackups", "TableNotFoundException", {"TableName": NONE}),
        ("DescribeTable", "ResourceNotFoundException", {"TableName": NONE}),
        ("DescribeTimeToLive", "ResourceNotFoundException", {"TableName": NONE}),
        ("GetItem", "ResourceNotFoundException", {"TableName": NONE, "Key": KEY}),
        ("ListTables", "ValidationException", {"ExclusiveStartTableName": "a b"}),
        ("PutItem", "ResourceNotFoundException", {"TableName": NONE, "Item": KEY}),
        ("Query", "ResourceNotFoundException", {
            "TableName": NONE, "KeyConditionExpression": "id = :a", "ExpressionAttributeValues": {":a": {"S": "1"}},
        }),
        ("Scan", "ResourceNotFoundException", {"TableName": NONE}),
        ("UpdateContinuousBackups", "TableNotFoundException", {
            "TableName": NONE, "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
        }),
        ("UpdateItem", "ResourceNotFoundException", {"TableName": NONE, "Key": KEY}),
        ("UpdateTable", "ResourceNotFoundException", {"TableName": NONE, "BillingMode": "PAY_PER_REQUEST"}),
        ("UpdateTimeToLive", "ResourceNotFoundException", {
            "TableName": NONE, "TimeToLiveSpecification": {"Enabled": True, "AttributeName": "t"},
        }),
    ],
    "ec2": [
        ("AllocateAddress", "InvalidParameterValue", {"Domain": "vpc", "TagSpecifications": WRONG_KIND}),
        ("AssignIpv6Addresses", "InvalidNetworkInterfaceID.NotFound", {"NetworkInterfaceId": INTERFACE, "Ipv6AddressCount": 1}),
        ("AssociateRouteTable", "InvalidRouteTableID.NotFound", {"RouteTableId": TABLE, "SubnetId": SUBNET}),
        ("AssociateSubnetCidrBlock", "InvalidSubnetID.NotFound", {"SubnetId": SUBNET, "Ipv6CidrBlock": "2001:db8::/64"}),
        ("AssociateVpcCidrBlock", "InvalidVpcID.NotFound", {"VpcId": VPC, "AmazonProvidedIpv6CidrBlock": True}),
        ("AttachInternetGateway", "InvalidInternetGatewayID.NotFound", {"InternetGatewayId": GATEWAY, "VpcId": VPC}),
        ("AttachNetworkInterface", "InvalidNetworkInterfaceID.NotFound", {
            "NetworkInterfaceId": INTERFACE, "InstanceId": INSTANCE, "DeviceIndex": 1,
        }),
        ("AuthorizeSecurityGroupEgress", "InvalidGroup.NotFound", {"GroupId": GROUP, "IpPermissions": TO_EVERYONE}),
        ("CreateEgressOnlyInternetGateway", "InvalidVpcID.NotFound", {"VpcId": VPC}),
        ("CreateFlowLogs", "MissingParameter", {"ResourceIds": [VPC], "ResourceType": "VPC"}),
        ("CreateInternetGateway", "InvalidParameterValue", {"TagSpecifications": WRONG_KIND}),
        ("CreateLaunchTemplate", "InvalidLaunchTemplateName.MalformedException", {
            "LaunchTemplateName": "a", "LaunchTemplateData": {"InstanceType": "m5.large"},
        }),
        ("CreateLaunchTemplateVersion", "InvalidLaunchTemplateId.NotFound", {
            "LaunchTemplateId": TEMPLATE, "LaunchTemplateData": {"InstanceType": "m5.large"},
        }),
        ("CreateManagedPrefixList", "InvalidParameterValue", {"PrefixListName": NONE, "MaxEntries": 1, "AddressFamily": NONE}),
        ("CreateNatGateway", "InvalidSubnetID.NotFound", {"SubnetId": SUBNET, "AllocationId": ALLOCATION}),
        ("CreateNetworkAcl", "InvalidVpcID.NotFound", {"VpcId": VPC}),
        ("CreateRoute", "InvalidRouteTableID.NotFound", {"RouteTableId": TABLE, "GatewayId": GATEWAY, **EVERYWHERE}),
        ("CreateRouteTable", "InvalidVpcID.NotFound", {"VpcId": VPC}),
        ("CreateSecurityGroup", "InvalidVpcID.NotFound", {"VpcId": VPC, "GroupName": NONE, "Description": NONE}),
        ("CreateVpcEndpoint", "InvalidVpcID.NotFound", {"VpcId": VPC, "ServiceName": f"com.amazonaws.{REGION}.s3"}),
        ("DeleteEgressOnlyInternetGateway", "InvalidGatewayID.NotFound", {"EgressOnlyInternetGatewayId": EGRESS}),
        ("DeleteFlowLogs", "MissingParameter", {}),
        ("DeleteInternetGateway", "InvalidInternetGatewayID.NotFound", {"InternetGatewayId": GATEWAY}),
        ("DeleteLaunchTemplate", "InvalidLaunchTemplateId.NotFound", {"LaunchTemplateId": TEMPLATE}),
        ("DeleteLaunchTemplateVersions", "InvalidLaunchTemplateId.NotFound", {"LaunchTemplateId": TEMPLATE, "Versions": ["1"]}),
        ("DeleteManagedPrefixList", "InvalidPrefixListID.NotFound", {"PrefixListId": LIST}),
        ("DeleteNatGateway", "NatGatewayNotFound", {"NatGatewayId": NAT}),
        ("DeleteNetworkAclEntry", "InvalidNetworkAclID.NotFound", {"NetworkAclId": ACL, "RuleNumber": 1, "Egress": True}),
        ("DeleteNetworkInterface", "InvalidNetworkInterfaceID.NotFound", {"NetworkInterfaceId": INTERFACE}),
        ("DeleteRoute", "InvalidRouteTableID.NotFound", {"RouteTableId": TABLE, **EVERYWHERE}),
        ("DeleteRouteTable", "InvalidRouteTableID.NotFound", {"RouteTableId": TABLE}),
        ("DeleteSecurityGroup", "InvalidGroup.NotFound", {"GroupId": GROUP}),
        ("DeleteSubnet", "InvalidSubnetID.NotFound", {"SubnetId": SUBNET}),
        ("DeleteTags", "InvalidID", {"Resources": ["nonsense"]}),
        ("DeleteVpcEndpoints", "MissingParameter", {}),
        ("DescribeAddresses", "InvalidAllocationID.NotFound", {"AllocationIds": [ALLOCATION]}),
        ("DescribeAvailabilityZones", "InvalidParameterValue", {"ZoneNames": ["eu-west-2z"]}),
        ("DescribeEgressOnlyInternetGateways", "InvalidGatewayID.NotFound", {"EgressOnlyInternetGatewayIds": [EGRESS]}),
        ("DescribeFlowLogs", "InvalidFlowLogId.NotFound", {"FlowLogIds": [f"fl-{ZEROS}"]}),
        ("DescribeInstanceAttribute", "InvalidInstanceID.NotFound", {"InstanceId": INSTANCE, "Attribute": "userData"}),
        ("DescribeInstanceStatus", "InvalidInstanceID.NotFound", {"InstanceIds": [INSTANCE]}),
        ("DescribeInternetGateways", "InvalidInternetGatewayID.NotFound", {"InternetGatewayIds": [GATEWAY]}),
        ("DescribeLaunchTemplateVersions", "InvalidLaunchTemplateId.NotFound", {"LaunchTemplateId": TEMPLATE}),
        ("DescribeLaunchTemplates", "InvalidLaunchTemplateId.NotFound", {"LaunchTemplateIds": [TEMPLATE]}),
        ("DescribeManagedPrefixLists", "InvalidPrefixListID.NotFound", {"PrefixListIds": [LIST]}),
        ("DescribeNatGateways", "NatGatewayNotFound", {"NatGatewayIds": [NAT]}),
        ("DescribeRegions", "InvalidParameterValue", {"RegionNames": [NONE]}),
        ("DescribeRouteTables", "InvalidRouteTableID.NotFound", {"RouteTableIds": [TABLE]}),
        ("DescribeSecurityGroupRules", "InvalidSecurityGroupRuleId.NotFound", {"SecurityGroupRuleIds": [f"sgr-{ZEROS}"]}),
        ("DescribeTags", "InvalidParameterValue", {"Filters": [{"Name": "colour", "Values": ["red"]}]}),
        ("DescribeVpcAttribute", "InvalidVpcID.NotFound", {"VpcId": VPC, "Attribute": "enableDnsSupport"}),
        ("DescribeVpcEndpointServices", "InvalidServiceName", {"ServiceNames": [NONE]}),
        ("DescribeVpcEndpoints", "InvalidVpcEndpointId.NotFound", {"VpcEndpointIds": [ENDPOINT]}),
        ("DetachInternetGateway", "InvalidInternetGatewayID.NotFound", {"InternetGatewayId": GATEWAY, "VpcId": VPC}),
        ("DetachNetworkInterface", "InvalidAttachmentID.NotFound", {"AttachmentId": f"eni-attach-{ZEROS}"}),
        ("DisassociateSubnetCidrBlock", "InvalidSubnetCidrBlockAssociationID.NotFound", {
            "AssociationId": f"subnet-cidr-assoc-{ZEROS}",
        }),
        ("DisassociateVpcCidrBlock", "InvalidVpcCidrBlockAssociationID.NotFound", {
            "AssociationId": f"vpc-cidr-assoc-{ZEROS}",
        }),
        ("ModifyInstanceMetadataOptions", "InvalidInstanceID.NotFound", {"InstanceId": INSTANCE, "HttpTokens": "required"}),
        ("ReplaceRouteTableAssociation", "InvalidAssociationID.NotFound", {
            "AssociationId": f"rtbassoc-{ZEROS}", "RouteTableId": TABLE,
        }),
        ("DisassociateRouteTable", "InvalidAssociationID.NotFound", {"AssociationId": f"rtbassoc-{ZEROS}"}),
        ("GetLaunchTemplateData", "InvalidInstanceID.NotFound", {"InstanceId": INSTANCE}),
        ("GetManagedPrefixListEntries", "InvalidPrefixListID.NotFound", {"PrefixListId": LIST}),
        ("ModifyLaunchTemplate", "InvalidLaunchTemplateId.NotFound", {"LaunchTemplateId": TEMPLATE, "DefaultVersion": "1"}),
        ("ModifySubnetAttribute", "InvalidSubnetID.NotFound", {"SubnetId": SUBNET, "AssignIpv6AddressOnCreation": {"Value": True}}),
        ("ModifyVpcEndpoint", "InvalidVpcEndpointId.NotFound", {"VpcEndpointId": ENDPOINT}),
        ("ModifyVpcAttribute", "InvalidVpcID.NotFound", {"VpcId": VPC, "EnableDnsSupport": {"Value": True}}),
        ("ReleaseAddress", "InvalidAllocationID.NotFound", {"AllocationId": ALLOCATION}),
        ("ReplaceNetworkAclAssociation", "InvalidNetworkAclID.NotFound", {"AssociationId": NONE, "NetworkAclId": ACL}),
        ("ReplaceNetworkAclEntry", "InvalidNetworkAclID.NotFound", {
            "NetworkAclId": ACL, "RuleNumber": 1, "Egress": True, "Protocol": "-1", "RuleAction": "allow", "CidrBlock": "10.0.0.0/8",
        }),
        ("ReplaceRoute", "InvalidRouteTableID.NotFound", {"RouteTableId": TABLE, "GatewayId": GATEWAY, **EVERYWHERE}),
        ("RevokeSecurityGroupEgress", "InvalidGroup.NotFound", {"GroupId": GROUP, "IpPermissions": TO_EVERYONE}),
        ("RevokeSecurityGroupIngress", "InvalidGroup.NotFound", {"GroupId": GROUP, "IpPermissions": TO_EVERYONE}),
        ("StartInstances", "InvalidInstanceID.NotFound", {"InstanceIds": [INSTANCE]}),
        ("StopInstances", "InvalidInstanceID.NotFound", {"InstanceIds": [INSTANCE]}),
        ("TerminateInstances", "InvalidInstanceID.NotFound", {"InstanceIds": [INSTANCE]}),
        ("UnassignIpv6Addresses", "InvalidNetworkInterfaceID.NotFound", {
            "NetworkInterfaceId": INTERFACE, "Ipv6Addresses": ["2001:db8::1"],
        }),
    ],
    "ecs": [
        ("CreateCapacityProvider", "ClientException", {"name": "aws-none"}),
        ("CreateTaskSet", "ClusterNotFoundException", {"cluster": NONE, "service": NONE, "taskDefinition": NONE}),
        ("DeleteAccountSetting", "InvalidParameterException", {"name": "nonsense"}),
        ("DeleteAttributes", "ClusterNotFoundException", {"cluster": NONE, "attributes": [{"name": "a"}]}),
        ("DeleteCapacityProvider", "InvalidParameterException", {"capacityProvider": NONE}),
        ("DeleteCluster", "ClusterNotFoundException", {"cluster": NONE}),
        ("DeleteTaskDefinitions", "InvalidParameterException", {"taskDefinitions": [f"{NONE}:1"] * 11}),
        ("DeleteService", "ClusterNotFoundException", {"cluster": NONE, "service": NONE}),
        ("DeregisterContainerInstance", "ClusterNotFoundException", {"cluster": NONE, "containerInstance": HOST}),
        ("DeregisterTaskDefinition", "ClientException", {"taskDefinition": f"{NONE}:1"}),
        ("DescribeCapacityProviders", "InvalidParameterException", {"nextToken": "nonsense"}),
        ("DescribeClusters", "InvalidParameterException", {"clusters": [NONE] * 101}),
        ("DescribeContainerInstances", "ClusterNotFoundException", {"cluster": NONE, "containerInstances": [HOST]}),
        ("DescribeServiceDeployments", "InvalidParameterException", {"serviceDeploymentArns": [CLUSTER] * 21}),
        ("DescribeServiceRevisions", "InvalidParameterException", {"serviceRevisionArns": [CLUSTER] * 21}),
        ("DescribeTaskSets", "ClusterNotFoundException", {"cluster": NONE, "service": NONE}),
        ("ExecuteCommand", "ClusterNotFoundException", {"cluster": NONE, "task": HOST, "command": "sh", "interactive": True}),
        ("GetTaskProtection", "ClusterNotFoundException", {"cluster": NONE, "tasks": [HOST]}),
        ("ListAccountSettings", "InvalidParameterException", {"nextToken": "nonsense"}),
        ("ListAttributes", "ClusterNotFoundException", {"cluster": NONE, "targetType": "container-instance"}),
        ("ListClusters", "InvalidParameterException", {"nextToken": "nonsense"}),
        ("ListContainerInstances", "ClusterNotFoundException", {"cluster": NONE}),
        ("ListServiceDeployments", "ClusterNotFoundException", {"cluster": NONE, "service": NONE}),
        ("ListServices", "ClusterNotFoundException", {"cluster": NONE}),
        ("ListTagsForResource", "ClusterNotFoundException", {"resourceArn": CLUSTER}),
        ("ListTaskDefinitionFamilies", "InvalidParameterException", {"nextToken": "nonsense"}),
        ("ListTaskDefinitions", "InvalidParameterException", {"nextToken": "nonsense"}),
        ("PutAccountSetting", "InvalidParameterException", {"name": "nonsense", "value": "enabled"}),
        ("PutAccountSettingDefault", "InvalidParameterException", {"name": "nonsense", "value": "enabled"}),
        ("PutAttributes", "ClusterNotFoundException", {"cluster": NONE, "attributes": [{"name": "a", "targetId": HOST}]}),
        ("PutClusterCapacityProviders", "ClusterNotFoundException", {
            "cluster": NONE, "capacityProviders": [], "defaultCapacityProviderStrategy": [],
        }),
        ("StartTask", "ClusterNotFoundException", {"cluster": NONE, "taskDefinition": NONE, "containerInstances": [HOST]}),
        ("StopServiceDeployment", "ServiceDeploymentNotFoundException", {
            "serviceDeploymentArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:service-deployment/{NONE}/{NONE}/aaaaaaaaaaaaaaaaaaaaa",
        }),
        ("StopTask", "ClusterNotFoundException", {"cluster": NONE, "task": HOST}),
        ("UntagResource", "ClusterNotFoundException", {"resourceArn": CLUSTER, "tagKeys": ["a"]}),
        ("UpdateCapacityProvider", "InvalidParameterException", {
            "name": NONE, "autoScalingGroupProvider": {"managedScaling": {"status": "ENABLED"}},
        }),
        ("UpdateCluster", "ClusterNotFoundException", {"cluster": NONE}),
        ("UpdateContainerAgent", "ClusterNotFoundException", {"cluster": NONE, "containerInstance": HOST}),
        ("UpdateServicePrimaryTaskSet", "ClusterNotFoundException", {"cluster": NONE, "service": NONE, "primaryTaskSet": NONE}),
        ("UpdateClusterSettings", "ClusterNotFoundException", {
            "cluster": NONE, "settings": [{"name": "containerInsights", "value": "enabled"}],
        }),
        ("UpdateContainerInstancesState", "ClusterNotFoundException", {
            "cluster": NONE, "containerInstances": [HOST], "status": "DRAINING",
        }),
    ],
    "efs": [
        ("CreateAccessPoint", "FileSystemNotFound", {"FileSystemId": FILES, "ClientToken": NONE}),
        ("CreateMountTarget", "FileSystemNotFound", {"FileSystemId": FILES, "SubnetId": SUBNET}),
        ("DeleteAccessPoint", "AccessPointNotFound", {"AccessPointId": f"fsap-{ZEROS}"}),
        ("DeleteFileSystem", "FileSystemNotFound", {"FileSystemId": FILES}),
        ("DeleteMountTarget", "MountTargetNotFound", {"MountTargetId": MOUNT}),
        ("DescribeAccessPoints", "FileSystemNotFound", {"FileSystemId": FILES}),
        ("DescribeMountTargetSecurityGroups", "MountTargetNotFound", {"MountTargetId": MOUNT}),
        ("DescribeMountTargets", "FileSystemNotFound", {"FileSystemId": FILES}),
        ("ListTagsForResource", "FileSystemNotFound", {"ResourceId": FILES}),
        ("ModifyMountTargetSecurityGroups", "MountTargetNotFound", {"MountTargetId": MOUNT, "SecurityGroups": [GROUP]}),
        ("TagResource", "FileSystemNotFound", {"ResourceId": FILES, "Tags": [{"Key": "a", "Value": "b"}]}),
        ("UntagResource", "FileSystemNotFound", {"ResourceId": FILES, "TagKeys": ["a"]}),
    ],
    "elbv2": [
        ("CreateTargetGroup", "ValidationError", {"Name": NONE, "Protocol": "HTTP", "Port": 80, "VpcId": VPC}),
        ("DeleteListener", "ListenerNotFound", {"ListenerArn": LISTENER}),
        ("DeleteLoadBalancer", "ValidationError", {"LoadBalancerArn": "nonsense"}),
        ("DeleteRule", "RuleNotFound", {"RuleArn": LISTENER_RULE}),
        ("DeregisterTargets", "TargetGroupNotFound", {"TargetGroupArn": TARGETS, "Targets": [{"Id": "10.0.0.1"}]}),
        ("DescribeListeners", "LoadBalancerNotFound", {"LoadBalancerArn": BALANCER}),
        ("DescribeLoadBalancerAttributes", "LoadBalancerNotFound", {"LoadBalancerArn": BALANCER}),
        ("ModifyLoadBalancerAttributes", "LoadBalancerNotFound", {
            "LoadBalancerArn": BALANCER, "Attributes": [{"Key": "deletion_protection.enabled", "Value": "true"}],
        }),
        ("SetSecurityGroups", "LoadBalancerNotFound", {"LoadBalancerArn": BALANCER, "SecurityGroups": [GROUP]}),
        ("SetSubnets", "LoadBalancerNotFound", {"LoadBalancerArn": BALANCER, "Subnets": [SUBNET]}),
        ("DescribeRules", "ListenerNotFound", {"ListenerArn": LISTENER}),
        ("DescribeTargetGroupAttributes", "TargetGroupNotFound", {"TargetGroupArn": TARGETS}),
        ("DescribeTargetHealth", "TargetGroupNotFound", {"TargetGroupArn": TARGETS}),
        ("ModifyListener", "ListenerNotFound", {"ListenerArn": LISTENER, "DefaultActions": FORWARD}),
        ("ModifyTargetGroup", "TargetGroupNotFound", {"TargetGroupArn": TARGETS, "HealthCheckPath": "/"}),
        ("ModifyTargetGroupAttributes", "TargetGroupNotFound", {
            "TargetGroupArn": TARGETS, "Attributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": "1"}],
        }),
        ("RemoveTags", "TargetGroupNotFound", {"ResourceArns": [TARGETS], "TagKeys": ["a"]}),
    ],
    "events": [
        ("CreateEventBus", "ResourceAlreadyExistsException", {"Name": "default"}),
        ("DeleteEventBus", "ValidationException", {"Name": "default"}),
        ("DeleteRule", "ResourceNotFoundException", {"Name": NONE, "EventBusName": NONE}),
        ("DescribeEventBus", "ResourceNotFoundException", {"Name": NONE}),
        ("DisableRule", "ResourceNotFoundException", {"Name": NONE}),
        ("EnableRule", "ResourceNotFoundException", {"Name": NONE}),
        ("ListEventBuses", "ValidationException", {"NextToken": "nonsense"}),
        ("ListRuleNamesByTarget", "ResourceNotFoundException", {"TargetArn": TOPIC, "EventBusName": NONE}),
        ("ListRules", "ResourceNotFoundException", {"EventBusName": NONE}),
        ("ListTagsForResource", "ResourceNotFoundException", {"ResourceARN": RULE}),
        ("ListTargetsByRule", "ResourceNotFoundException", {"Rule": NONE}),
        ("PutPermission", "ResourceNotFoundException", {"EventBusName": NONE, "Policy": "{}"}),
        ("PutTargets", "ResourceNotFoundException", {"Rule": NONE, "Targets": [{"Id": "a", "Arn": TOPIC}]}),
        ("RemovePermission", "ResourceNotFoundException", {"EventBusName": NONE, "RemoveAllPermissions": True}),
        ("RemoveTargets", "ResourceNotFoundException", {"Rule": NONE, "Ids": ["a"]}),
        ("TagResource", "ResourceNotFoundException", {"ResourceARN": RULE, "Tags": [{"Key": "a", "Value": "b"}]}),
        ("TestEventPattern", "InvalidEventPatternException", {"EventPattern": "{}", "Event": "{}"}),
        ("UntagResource", "ResourceNotFoundException", {"ResourceARN": RULE, "TagKeys": ["a"]}),
    ],
    "lambda": [
        ("GetFunctionConfiguration", "ResourceNotFoundException", {"FunctionName": NONE}),
        ("Invoke", "ResourceNotFoundException", {"FunctionName": NONE}),
        ("ListFunctions", "InvalidParameterValueException", {"Marker": "nonsense"}),
    ],
    "scheduler": [
        ("CreateScheduleGroup", "ConflictException", {"Name": "default"}),
        ("DeleteSchedule", "ResourceNotFoundException", {"Name": NONE}),
        ("DeleteScheduleGroup", "ResourceNotFoundException", {"Name": NONE}),
        ("ListScheduleGroups", "ValidationException", {"NextToken": "nonsense"}),
        ("ListSchedules", "ResourceNotFoundException", {"GroupName": NONE}),
        ("ListTagsForResource", "ResourceNotFoundException", {"ResourceArn": SCHEDULES}),
        ("TagResource", "ResourceNotFoundException", {"ResourceArn": SCHEDULES, "Tags": [{"Key": "a", "Value": "b"}]}),
        ("UntagResource", "ResourceNotFoundException", {"ResourceArn": SCHEDULES, "TagKeys": ["a"]}),
        ("UpdateSchedule", "ResourceNotFoundException", {
            "Name": NONE, "ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {"Arn": TOPIC, "RoleArn": f"arn:aws:iam::{ACCOUNT}:role/{NONE}"},
        }),
    ],
    "servicediscovery": [
        ("CreatePrivateDnsNamespace", "InvalidInput", {"Name": "a b", "Vpc": VPC}),
        ("CreatePublicDnsNamespace", "InvalidInput", {"Name": "a b"}),
        ("DeleteNamespace", "NamespaceNotFound", {"Id": NAMESPACE}),
        ("DeregisterInstance", "ServiceNotFound", {"ServiceId": SERVICE, "InstanceId": "a"}),
        ("DiscoverInstances", "NamespaceNotFound", {"NamespaceName": NONE, "ServiceName": NONE}),
        ("DiscoverInstancesRevision", "NamespaceNotFound", {"NamespaceName": NONE, "ServiceName": NONE}),
        ("GetInstance", "ServiceNotFound", {"ServiceId": SERVICE, "InstanceId": "a"}),
        ("GetInstancesHealthStatus", "ServiceNotFound", {"ServiceId": SERVICE}),
        ("GetNamespace", "NamespaceNotFound", {"Id": NAMESPACE}),
        ("GetOperation", "OperationNotFound", {"OperationId": NONE}),
        ("ListNamespaces", "InvalidInput", {"NextToken": "nonsense"}),
        ("ListOperations", "InvalidInput", {"NextToken": "nonsense"}),
        ("UntagResource", "ResourceNotFoundException", {"ResourceARN": DISCOVERED, "TagKeys": ["a"]}),
        ("UpdateInstanceCustomHealthStatus", "ServiceNotFound", {"ServiceId": SERVICE, "InstanceId": "a", "Status": "HEALTHY"}),
    ],
    "sns": [
        ("ConfirmSubscription", "NotFound", {"TopicArn": TOPIC, "Token": "nonsense"}),
        ("CreateTopic", "InvalidParameter", {"Name": "a b"}),
        ("DeleteTopic", "InvalidParameter", {"TopicArn": "nonsense"}),
        ("GetSubscriptionAttributes", "NotFound", {"SubscriptionArn": SUBSCRIPTION}),
        ("GetTopicAttributes", "NotFound", {"TopicArn": TOPIC}),
        ("ListSubscriptions", "InvalidParameter", {"NextToken": "nonsense"}),
        ("ListSubscriptionsByTopic", "NotFound", {"TopicArn": TOPIC}),
        ("ListTagsForResource", "ResourceNotFound", {"ResourceArn": TOPIC}),
        ("ListTopics", "InvalidParameter", {"NextToken": "nonsense"}),
        ("PublishBatch", "NotFound", {"TopicArn": TOPIC, "PublishBatchRequestEntries": [{"Id": "a", "Message": "b"}]}),
        ("SetSubscriptionAttributes", "NotFound", {
            "SubscriptionArn": SUBSCRIPTION, "AttributeName": "RawMessageDelivery", "AttributeValue": "true",
        }),
        ("SetTopicAttributes", "NotFound", {"TopicArn": TOPIC, "AttributeName": "DisplayName", "AttributeValue": "a"}),
        ("TagResource", "ResourceNotFound", {"ResourceArn": TOPIC, "Tags": [{"Key": "a", "Value": "b"}]}),
        ("Unsubscribe", "InvalidParameter", {"SubscriptionArn": "nonsense"}),
        ("UntagResource", "ResourceNotFound", {"ResourceArn": TOPIC, "TagKeys": ["a"]}),
    ],
    "sqs": [
        ("ChangeMessageVisibility", NO_QUEUE, {"QueueUrl": QUEUE, "ReceiptHandle": "x", "VisibilityTimeout": 1}),
        ("ChangeMessageVisibilityBatch", NO_QUEUE, {
            "QueueUrl": QUEUE, "Entries": [{"Id": "a", "ReceiptHandle": "x", "VisibilityTimeout": 1}],
        }),
        ("CreateQueue", "InvalidParameterValue", {"QueueName": "a b"}),
        ("DeleteMessage", NO_QUEUE, {"QueueUrl": QUEUE, "ReceiptHandle": "x"}),
        ("DeleteMessageBatch", NO_QUEUE, {"QueueUrl": QUEUE, "Entries": [{"Id": "a", "ReceiptHandle": "x"}]}),
        ("DeleteQueue", NO_QUEUE, {"QueueUrl": QUEUE}),
        ("GetQueueAttributes", NO_QUEUE, {"QueueUrl": QUEUE}),
        ("ListDeadLetterSourceQueues", NO_QUEUE, {"QueueUrl": QUEUE}),
        ("ListQueueTags", NO_QUEUE, {"QueueUrl": QUEUE}),
        ("ListQueues", "InvalidParameterValue", {"NextToken": "nonsense", "MaxResults": 1}),
        ("PurgeQueue", NO_QUEUE, {"QueueUrl": QUEUE}),
        ("ReceiveMessage", NO_QUEUE, {"QueueUrl": QUEUE}),
        ("SendMessage", NO_QUEUE, {"QueueUrl": QUEUE, "MessageBody": "a"}),
        ("SetQueueAttributes", NO_QUEUE, {"QueueUrl": QUEUE, "Attributes": {"VisibilityTimeout": "1"}}),
        ("TagQueue", NO_QUEUE, {"QueueUrl": QUEUE, "Tags": {"a": "b"}}),
        ("UntagQueue", NO_QUEUE, {"QueueUrl": QUEUE, "TagKeys": ["a"]}),
    ],
    "secretsmanager": [
        ("CreateSecret", "InvalidParameterException", {"Name": NONE, "SecretString": "a", "SecretBinary": b"a"}),
        ("DeleteSecret", "ResourceNotFoundException", {"SecretId": NONE}),
        ("DescribeSecret", "ResourceNotFoundException", {"SecretId": NONE}),
        ("GetSecretValue", "ResourceNotFoundException", {"SecretId": NONE}),
        ("ListSecrets", "InvalidNextTokenException", {"NextToken": "nonsense"}),
        ("PutSecretValue", "ResourceNotFoundException", {"SecretId": NONE, "SecretString": "a"}),
        ("RestoreSecret", "ResourceNotFoundException", {"SecretId": NONE}),
        ("TagResource", "ResourceNotFoundException", {"SecretId": NONE, "Tags": [{"Key": "a", "Value": "b"}]}),
        ("UntagResource", "ResourceNotFoundException", {"SecretId": NONE, "TagKeys": ["a"]}),
        ("UpdateSecret", "ResourceNotFoundException", {"SecretId": NONE, "Description": "a"}),
    ],
    "ssm": [
        ("DeleteParameter", "ParameterNotFound", {"Name": NONE}),
        ("DeleteParameters", "ValidationException", {"Names": [NONE] * 11}),
        ("DescribeParameters", "InvalidNextToken", {"NextToken": "nonsense"}),
        ("GetParameters", "ValidationException", {"Names": [NONE] * 11}),
        ("GetParametersByPath", "ValidationException", {"Path": "nonsense"}),
    ],
    "vpc-lattice": [
        ("CreateTargetGroup", "ValidationException", {"name": "-", "type": "IP"}),
        ("DeregisterTargets", "ResourceNotFoundException", {"targetGroupIdentifier": LATTICE, "targets": [{"id": "::1"}]}),
        ("ListTagsForResource", "ResourceNotFoundException", {"resourceArn": LATTICE_ARN}),
        ("ListTargetGroups", "ValidationException", {"nextToken": "nonsense"}),
        ("ListTargets", "ResourceNotFoundException", {"targetGroupIdentifier": LATTICE}),
        ("RegisterTargets", "ResourceNotFoundException", {"targetGroupIdentifier": LATTICE, "targets": [{"id": "::1"}]}),
        ("TagResource", "ResourceNotFoundException", {"resourceArn": LATTICE_ARN, "tags": {"a": "b"}}),
        ("UntagResource", "ResourceNotFoundException", {"resourceArn": LATTICE_ARN, "tagKeys": ["a"]}),
        ("UpdateTargetGroup", "ResourceNotFoundException", {
            "targetGroupIdentifier": LATTICE, "healthCheck": {"path": "/"},
        }),
    ],
}


@pytest.mark.parametrize(
    ("service", "operation", "code", "parameters"),
    [(service, *each) for service, each_of in REFUSALS.items() for each in each_of],
    ids=[f"{service}-{each[0]}" for service, each_of in REFUSALS.items() for each in each_of],
)
def test_refusal(client, service, operation, code, parameters):
    # boto3 itself would refuse some of it, and give DiscoverInstances a host that no name server knows
    caller = client(service, parameter_validation=False, inject_host_prefix=False)
    with refused(code):
        getattr(caller, xform_name(operation))(**parameters)
