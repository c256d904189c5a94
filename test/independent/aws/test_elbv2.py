"""Elastic Load Balancing of the local account, judged by boto3 and the aws CLI."""

import ipaddress

import pytest
from conftest import eventually, pages, refused

# The shortest that AWS allows.
CHECK_SECONDS = 5


@pytest.fixture
def elb(client):
    return client("elbv2")


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def group(elb, network, name):
    """`group(IpAddressType="ipv6")`: ARN of a new target group for addresses over HTTP, unless told otherwise."""
    count = 0

    def make(**settings):
        nonlocal count
        count += 1
        given = {"Protocol": "HTTP", "Port": 80, "TargetType": "ip", "VpcId": network["vpc"], **settings}
        [made] = elb.create_target_group(Name=f"{name}-{count}", **given)["TargetGroups"]
        return made["TargetGroupArn"]

    return make


@pytest.fixture
def balancer(elb, network, name):
    """`balancer(IpAddressType="ipv4")`: ARN of a new load balancer, a dual-stack Application Load Balancer if not told."""

    def make(suffix="", **settings):
        given = {"Subnets": network["dual"], "IpAddressType": "dualstack", **settings}
        [made] = elb.create_load_balancer(Name=f"{name}{suffix}", **given)["LoadBalancers"]
        return made["LoadBalancerArn"]

    return make


@pytest.fixture
def listen(elb):
    """`listen(load_balancer, target_group)`: ARN of a new listener on port 80."""

    def make(load_balancer, target_group, protocol="HTTP"):
        actions = [{"Type": "forward", "TargetGroupArn": target_group}]
        settings = {"LoadBalancerArn": load_balancer, "Protocol": protocol, "Port": 80, "DefaultActions": actions}
        return elb.create_listener(**settings)["Listeners"][0]["ListenerArn"]

    return make


@pytest.fixture
def addresses(ec2, network):
    """The IPv4 and the IPv6 address of a new network interface in zone a, on whose port 8080 something listens."""
    tags = [{"ResourceType": "network-interface", "Tags": [{"Key": "local-account:listens", "Value": "8080"}]}]
    settings = {"SubnetId": network["dual"][0], "Ipv6AddressCount": 1, "TagSpecifications": tags}
    made = ec2.create_network_interface(**settings)["NetworkInterface"]
    return made["PrivateIpAddress"], made["Ipv6Addresses"][0]["Ipv6Address"]


def health(elb, arn, **targets):
    """State and reason of each target by id and port."""
    described = elb.describe_target_health(TargetGroupArn=arn, **targets)["TargetHealthDescriptions"]
    return {
        (each["Target"]["Id"], each["Target"]["Port"]): (each["TargetHealth"]["State"], each["TargetHealth"].get("Reason"))
        for each in described
    }


def test_load_balancer_lives_and_dies(elb, aws, network, name, balancer):
    arn = balancer()
    elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[arn])
    [seen] = aws("elbv2", "describe-load-balancers", "--names", name)["LoadBalancers"]
    assert seen["LoadBalancerArn"] == arn
    assert seen["State"] == {"Code": "active"}
    assert (seen["Type"], seen["Scheme"], seen["IpAddressType"]) == ("application", "internet-facing", "dualstack")
    assert [zone["SubnetId"] for zone in seen["AvailabilityZones"]] == network["dual"]
    assert seen["VpcId"] == network["vpc"]
    assert seen["DNSName"].endswith(".elb.amazonaws.com")
    changed = aws("elbv2", "set-ip-address-type", "--load-balancer-arn", arn, "--ip-address-type", "ipv4")
    assert changed == {"IpAddressType": "ipv4"}
    elb.delete_load_balancer(LoadBalancerArn=arn)
    elb.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[arn])
    with refused("LoadBalancerNotFound"):
        elb.describe_load_balancers(Names=[name])


def test_load_balancers_are_listed_in_pages(elb, name, balancer):
    made = {balancer(f"-{index}", IpAddressType="dualstack-without-public-ipv4") for index in range(3)}
    found = pages(elb, "describe_load_balancers", "LoadBalancers", size=2)
    assert made <= {each["LoadBalancerArn"] for each in found}
    with refused("ValidationError"):
        elb.describe_load_balancers(LoadBalancerArns=[*made] * 7)


def test_dual_stack_needs_ipv6_in_each_subnet(elb, network, name, balancer):
    subnets = [network["dual"][0], network["ipv4"]]
    with refused("ValidationError", "You must specify subnets with an associated IPv6 CIDR block"):
        balancer(Subnets=subnets)
    arn = balancer(Subnets=subnets, IpAddressType="ipv4")
    with refused("ValidationError", "IPv6 CIDR block"):
        elb.set_ip_address_type(LoadBalancerArn=arn, IpAddressType="dualstack")
    with refused("SubnetNotFound"):
        balancer("-x", Subnets=[network["dual"][0], "subnet-0123456789abcdef0"])
    with refused("ValidationError", "two different Availability Zones"):
        balancer("-y", Subnets=network["dual"][:1])


def test_target_group_is_ipv4_unless_it_says_ipv6(elb, aws, group):
    ipv4, ipv6 = group(), group(IpAddressType="ipv6", Protocol="TCP")
    seen = aws("elbv2", "describe-target-groups", "--target-group-arns", ipv4, ipv6)["TargetGroups"]
    assert [each["IpAddressType"] for each in seen] == ["ipv4", "ipv6"]
    assert [each["HealthCheckProtocol"] for each in seen] == ["HTTP", "TCP"]
    assert [each["LoadBalancerArns"] for each in seen] == [[], []]
    found = pages(elb, "describe_target_groups", "TargetGroups", size=1)
    assert {ipv4, ipv6} <= {each["TargetGroupArn"] for each in found}
    attributes = aws("elbv2", "describe-target-group-attributes", "--target-group-arn", ipv6)["Attributes"]
    assert {"Key": "deregistration_delay.timeout_seconds", "Value": "300"} in attributes


def test_targets_of_the_other_family_are_refused(elb, aws, group, addresses):
    ipv4, ipv6 = addresses
    with refused("ValidationError", f"The IP address '{ipv6}' is not a valid IPv4 address"):
        elb.register_targets(TargetGroupArn=group(), Targets=[{"Id": ipv6}])
    with refused("ValidationError", f"The IP address '{ipv4}' is not a valid IPv6 address"):
        arn = group(IpAddressType="ipv6")
        aws("elbv2", "register-targets", "--target-group-arn", arn, "--targets", f"Id={ipv4}")


def test_addresses_outside_the_vpc_need_a_zone(elb, group):
    arn = group()
    with refused("ValidationError", "Availability Zone is required for IP address '192.168.7.7'"):
        elb.register_targets(TargetGroupArn=arn, Targets=[{"Id": "192.168.7.7"}])
    elb.register_targets(TargetGroupArn=arn, Targets=[{"Id": "192.168.7.7", "AvailabilityZone": "all"}])
    [seen] = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
    assert seen["Target"] == {"Id": "192.168.7.7", "Port": 80, "AvailabilityZone": "all"}


def test_one_instance_without_primary_ipv6_keeps_all_out(elb, aws, group, instance):
    arn = group(IpAddressType="ipv6", TargetType="instance")
    good, bad = instance(True), instance(False)
    because = "cannot be used with this IPv6 target group because of missing primary IPv6 addresses"
    with refused("InvalidTarget", because, bad):
        elb.register_targets(TargetGroupArn=arn, Targets=[{"Id": good}, {"Id": bad}])
    assert health(elb, arn) == {}
    aws("elbv2", "register-targets", "--target-group-arn", arn, "--targets", f"Id={good},Port=32768")
    assert health(elb, arn) == {(good, 32768): ("unused", "Target.NotInUse")}


def test_target_comes_into_service_drains_and_goes(elb, aws, network, group, balancer, listen, addresses):
    arn = group(IpAddressType="ipv6", HealthCheckIntervalSeconds=CHECK_SECONDS, HealthCheckTimeoutSeconds=2)
    elb.modify_target_group_attributes(
        TargetGroupArn=arn, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "3"}]
    )
    listen(balancer(), arn)
    target = {"Id": addresses[1], "Port": 8080}
    elb.register_targets(TargetGroupArn=arn, Targets=[target])
    assert health(elb, arn) == {(target["Id"], 8080): ("initial", "Elb.RegistrationInProgress")}
    elb.get_waiter("target_in_service").wait(TargetGroupArn=arn, Targets=[target])
    [seen] = aws("elbv2", "describe-target-health", "--target-group-arn", arn)["TargetHealthDescriptions"]
    assert seen == {
        "Target": {**target, "AvailabilityZone": network["zone"]},
        "HealthCheckPort": "8080",
        "TargetHealth": {"State": "healthy"},
    }
    # Without the port nothing matches, and nothing is said about it
    elb.deregister_targets(TargetGroupArn=arn, Targets=[{"Id": target["Id"]}])
    assert health(elb, arn) == {(target["Id"], 8080): ("healthy", None)}
    aws("elbv2", "deregister-targets", "--target-group-arn", arn, "--targets", f"Id={target['Id']},Port=8080")
    assert health(elb, arn) == {(target["Id"], 8080): ("draining", "Target.DeregistrationInProgress")}
    with refused("InvalidTarget"):
        elb.register_targets(TargetGroupArn=arn, Targets=[target])
    elb.get_waiter("target_deregistered").wait(TargetGroupArn=arn, Targets=[target])
    assert health(elb, arn) == {}


def test_network_acl_keeps_health_checks_out(elb, ec2, network, group, balancer, listen, addresses):
    arn = group(IpAddressType="ipv6", HealthCheckIntervalSeconds=CHECK_SECONDS, HealthCheckTimeoutSeconds=2)
    listen(balancer(), arn)
    target = {"Id": addresses[1], "Port": 8080}
    [acl] = ec2.describe_network_acls(Filters=[{"Name": "vpc-id", "Values": [network["vpc"]]}])["NetworkAcls"]
    rule = {"NetworkAclId": acl["NetworkAclId"], "Egress": False, "RuleNumber": 1}
    ec2.create_network_acl_entry(**rule, RuleAction="deny", Protocol="-1", Ipv6CidrBlock="::/0")
    elb.register_targets(TargetGroupArn=arn, Targets=[target])
    eventually(lambda: health(elb, arn)[(target["Id"], 8080)][0] != "initial")
    assert health(elb, arn) == {(target["Id"], 8080): ("unhealthy", "Target.Timeout")}
    ec2.delete_network_acl_entry(**rule)


def test_group_and_load_balancer_fit(elb, group, balancer, listen):
    ipv6 = group(IpAddressType="ipv6")
    with refused("ValidationError", "You cannot associate an IPv6 target group with a load balancer"):
        listen(balancer(IpAddressType="ipv4"), ipv6)
    tuples = [{"TargetGroupArn": group(Protocol="TCP", IpAddressType=kind), "Weight": 1} for kind in ("ipv4", "ipv6")]
    actions = [{"Type": "forward", "ForwardConfig": {"TargetGroups": tuples}}]
    network = balancer("-net", Type="network")
    with refused("ValidationError", "both IPv4 target groups and IPv6 target groups"):
        elb.create_listener(LoadBalancerArn=network, Protocol="TCP", Port=80, DefaultActions=actions)


def test_group_in_use_is_found_by_its_load_balancer_and_stays(elb, group, balancer, listen):
    used, unused = group(), group()
    arn = balancer()
    listener = listen(arn, used)
    [seen] = pages(elb, "describe_target_groups", "TargetGroups", LoadBalancerArn=arn)
    assert (seen["TargetGroupArn"], seen["LoadBalancerArns"]) == (used, [arn])
    with refused("ResourceInUse", "is currently in use by a listener or a rule"):
        elb.delete_target_group(TargetGroupArn=used)
    elb.delete_target_group(TargetGroupArn=unused)
    elb.delete_listener(ListenerArn=listener)
    elb.delete_target_group(TargetGroupArn=used)
    with refused("TargetGroupNotFound"):
        elb.describe_target_groups(TargetGroupArns=[used])


def test_rules_weigh_groups_of_both_families(elb, aws, group, balancer, listen):
    ipv4, ipv6 = group(), group(IpAddressType="ipv6")
    arn = balancer()
    listener = listen(arn, ipv4)
    tuples = [{"TargetGroupArn": ipv4, "Weight": 90}, {"TargetGroupArn": ipv6, "Weight": 10}]
    conditions = [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/new/*"]}}]
    actions = [{"Type": "forward", "ForwardConfig": {"TargetGroups": tuples}}]
    elb.create_rule(ListenerArn=listener, Priority=1, Conditions=conditions, Actions=actions)
    own, default = aws("elbv2", "describe-rules", "--listener-arn", listener)["Rules"]
    assert (own["Priority"], own["IsDefault"], default["Priority"], default["IsDefault"]) == ("1", False, "default", True)
    assert own["Actions"][0]["ForwardConfig"]["TargetGroups"] == tuples
    assert own["Conditions"] == conditions
    [seen] = pages(elb, "describe_listeners", "Listeners", LoadBalancerArn=arn)
    assert seen["DefaultActions"][0]["TargetGroupArn"] == ipv4
    with refused("PriorityInUse"):
        elb.create_rule(ListenerArn=listener, Priority=1, Conditions=conditions, Actions=actions)


def test_tags_are_set_and_limited(elb, aws, group, balancer):
    arns = [group(Tags=[{"Key": "team", "Value": "payments"}]), balancer()]
    aws("elbv2", "add-tags", "--resource-arns", *arns, "--tags", "Key=ecs-ipv6:status,Value=violation")
    elb.remove_tags(ResourceArns=arns, TagKeys=["team"])
    described = elb.describe_tags(ResourceArns=arns)["TagDescriptions"]
    assert described == [{"ResourceArn": arn, "Tags": [{"Key": "ecs-ipv6:status", "Value": "violation"}]} for arn in arns]
    with refused("ValidationError"):
        elb.add_tags(ResourceArns=arns, Tags=[{"Key": "rules", "Value": "one,two"}])
    with refused("TooManyTags"):
        elb.add_tags(ResourceArns=arns, Tags=[{"Key": f"k{index}", "Value": ""} for index in range(50)])
    with refused("ValidationError"):
        elb.describe_tags(ResourceArns=[arns[0]] * 21)


def test_what_is_not_simulated_says_so(elb, group):
    with refused("NotImplemented", "DescribeAccountLimits"):
        elb.describe_account_limits()
    with refused("NotImplemented"):
        group(TargetType="lambda")


def test_load_balancer_moves_and_is_protected(elb, aws, ec2, network, balancer, name):
    arn = balancer(IpAddressType="ipv4")
    subnets = [network["dual"][1], network["ipv4"]]
    moved = elb.set_subnets(LoadBalancerArn=arn, Subnets=subnets)["AvailabilityZones"]
    assert [each["SubnetId"] for each in moved] == subnets
    with refused("ValidationError", "IPv6 CIDR block"):
        elb.set_ip_address_type(LoadBalancerArn=arn, IpAddressType="dualstack")
    group_id = ec2.create_security_group(VpcId=network["vpc"], GroupName=name, Description=name)["GroupId"]
    set_groups = elb.set_security_groups(LoadBalancerArn=arn, SecurityGroups=[group_id])
    assert set_groups["SecurityGroupIds"] == [group_id]
    with refused("InvalidSecurityGroup"):
        elb.set_security_groups(LoadBalancerArn=arn, SecurityGroups=["sg-0"])
    protection = {"Key": "deletion_protection.enabled", "Value": "true"}
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[protection])
    seen = aws("elbv2", "describe-load-balancer-attributes", "--load-balancer-arn", arn)["Attributes"]
    assert protection in seen
    assert protection in elb.describe_load_balancer_attributes(LoadBalancerArn=arn)["Attributes"]
    with refused("OperationNotPermitted", "deletion protection"):
        elb.delete_load_balancer(LoadBalancerArn=arn)
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=[{**protection, "Value": "false"}])
    elb.delete_load_balancer(LoadBalancerArn=arn)


def test_listener_and_rule_change_and_go(elb, group, balancer, listen):
    first, second = group(), group()
    arn = balancer()
    elb.get_waiter("load_balancer_exists").wait(LoadBalancerArns=[arn])
    listener = listen(arn, first)
    changed = elb.modify_listener(ListenerArn=listener, DefaultActions=[{"Type": "forward", "TargetGroupArn": second}])
    assert changed["Listeners"][0]["DefaultActions"][0]["TargetGroupArn"] == second
    conditions = [{"Field": "host-header", "HostHeaderConfig": {"Values": ["example.com"]}}]
    forward = [{"Type": "forward", "TargetGroupArn": first}]
    rule = elb.create_rule(ListenerArn=listener, Priority=5, Conditions=conditions, Actions=forward)["Rules"][0]["RuleArn"]
    assert [each["Priority"] for each in elb.describe_rules(ListenerArn=listener)["Rules"]] == ["5", "default"]
    elb.delete_rule(RuleArn=rule)
    with refused("RuleNotFound"):
        elb.describe_rules(RuleArns=[rule])


def test_listeners_and_rules_are_listed_in_pages(elb, aws, group, balancer):
    target, arn = group(), balancer()
    forward = [{"Type": "forward", "TargetGroupArn": target}]
    listeners = [
        elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=port, DefaultActions=forward)["Listeners"][0]
        for port in (80, 81, 82)
    ]
    found = pages(elb, "describe_listeners", "Listeners", 1, LoadBalancerArn=arn)
    assert found == listeners
    assert len(aws("elbv2", "describe-listeners", "--load-balancer-arn", arn)["Listeners"]) == 3
    listener = listeners[0]["ListenerArn"]
    for priority in (1, 2, 3):
        conditions = [{"Field": "path-pattern", "Values": [f"/{priority}/*"]}]
        elb.create_rule(ListenerArn=listener, Priority=priority, Conditions=conditions, Actions=forward)
    found = pages(elb, "describe_rules", "Rules", 1, ListenerArn=listener)
    assert [each["Priority"] for each in found] == ["1", "2", "3", "default"]


def test_group_settings_change(elb, group):
    arn = group()
    changed = elb.modify_target_group(TargetGroupArn=arn, HealthCheckPath="/health", HealthyThresholdCount=2)
    assert (changed["TargetGroups"][0]["HealthCheckPath"], changed["TargetGroups"][0]["HealthyThresholdCount"]) == ("/health", 2)
    attributes = {each["Key"]: each["Value"] for each in elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]}
    assert attributes["deregistration_delay.timeout_seconds"] == "300"


def test_address_type_and_tags(elb, balancer):
    arn = balancer()
    assert elb.set_ip_address_type(LoadBalancerArn=arn, IpAddressType="ipv4")["IpAddressType"] == "ipv4"
    assert elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]["IpAddressType"] == "ipv4"
    elb.add_tags(ResourceArns=[arn], Tags=[{"Key": "team", "Value": "web"}])
    [described] = elb.describe_tags(ResourceArns=[arn])["TagDescriptions"]
    assert described["Tags"] == [{"Key": "team", "Value": "web"}]
