"""Load balancers, target groups and their targets."""

from plan import fresh, needs, read, write


@needs('vpc')
def make_target_group(rng, vpc):
    return write(
        'elbv2',
        'create_target_group',
        {'target-group': 'TargetGroups[0].TargetGroupArn'},
        Name=fresh(rng, 'tg'),
        Protocol=rng.choice(['HTTP', 'HTTP', 'TCP']),
        Port=80,
        VpcId=vpc,
        TargetType=rng.choice(['ip', 'ip', 'instance']),
        IpAddressType=rng.choice(['ipv4', 'ipv6']),
    )


@needs('target-group')
def describe_target_group(rng, group):
    return read('elbv2', 'describe_target_groups', TargetGroupArns=[group])


@needs('target-group')
def attributes(rng, group):
    return read('elbv2', 'describe_target_group_attributes', TargetGroupArn=group)


@needs('target-group')
def set_attributes(rng, group):
    delay = {'Key': 'deregistration_delay.timeout_seconds', 'Value': str(rng.choice([0, 30, 300]))}
    return write('elbv2', 'modify_target_group_attributes', TargetGroupArn=group, Attributes=[delay])


@needs('target-group')
def set_health_check(rng, group):
    interval = rng.choice([10, 30])
    return write('elbv2', 'modify_target_group', TargetGroupArn=group, HealthCheckIntervalSeconds=interval)


@needs('target-group')
def tag(rng, group):
    tags = [{'Key': rng.choice(['Name', 'team']), 'Value': rng.choice(['a', 'b'])}]
    return write('elbv2', 'add_tags', ResourceArns=[group], Tags=tags)


@needs('target-group')
def untag(rng, group):
    return write('elbv2', 'remove_tags', ResourceArns=[group], TagKeys=[rng.choice(['Name', 'team'])])


@needs('target-group')
def tags_of(rng, group):
    return read('elbv2', 'describe_tags', ResourceArns=[group])


@needs('target-group')
def targets_of(rng, group):
    return read('elbv2', 'describe_target_health', TargetGroupArn=group)


@needs('target-group')
def delete_target_group(rng, group):
    return write('elbv2', 'delete_target_group', ends=[group], TargetGroupArn=group)


def make_load_balancer(rng, world):
    subnets = world.of('subnet')
    if len(subnets) < 2:
        return None
    return write(
        'elbv2',
        'create_load_balancer',
        {'load-balancer': 'LoadBalancers[0].LoadBalancerArn'},
        Name=fresh(rng, 'lb'),
        Subnets=rng.sample(subnets, 2),
        Type=rng.choice(['application', 'network']),
        Scheme='internal',
    )


@needs('load-balancer')
def describe_load_balancer(rng, balancer):
    return read('elbv2', 'describe_load_balancers', LoadBalancerArns=[balancer])


@needs('load-balancer', 'target-group')
def make_listener(rng, balancer, group):
    return write(
        'elbv2',
        'create_listener',
        {'listener': 'Listeners[0].ListenerArn'},
        LoadBalancerArn=balancer,
        Protocol='HTTP',
        Port=rng.choice([80, 8080]),
        DefaultActions=[{'Type': 'forward', 'TargetGroupArn': group}],
    )


@needs('load-balancer')
def listeners_of(rng, balancer):
    return read('elbv2', 'describe_listeners', LoadBalancerArn=balancer)


@needs('listener')
def rules_of(rng, listener):
    return read('elbv2', 'describe_rules', ListenerArn=listener)


ELBV2 = [
    *[make_target_group] * 3,
    *[make_load_balancer, make_listener] * 2,
    *[describe_target_group, attributes, set_attributes, set_health_check, tag, untag, tags_of, targets_of],
    *[delete_target_group, describe_load_balancer, listeners_of, rules_of],
]
