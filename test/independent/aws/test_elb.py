"""Classic Load Balancers of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import pages, refused

LISTENER = {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 8080}
NOBODY = [{"InstanceId": "i-00000000000000000"}]


@pytest.fixture
def elb(client):
    return client("elb")


@pytest.fixture
def balancer(elb, network, name):
    """`balancer()`: name of a new Classic Load Balancer in two zones."""
    count = 0

    def make():
        nonlocal count
        count += 1
        elb.create_load_balancer(LoadBalancerName=f"{name}-{count}", Listeners=[LISTENER], Subnets=network["dual"])
        return f"{name}-{count}"

    return make


def test_balancer_comes_and_goes(elb, aws, balancer, network):
    made = balancer()
    [shown] = aws("elb", "describe-load-balancers", "--load-balancer-names", made)["LoadBalancerDescriptions"]
    assert (shown["VPCId"], shown["Subnets"], shown["Instances"]) == (network["vpc"], network["dual"], [])
    assert shown["ListenerDescriptions"][0]["Listener"] == {**LISTENER, "InstanceProtocol": "HTTP"}
    with refused("DuplicateLoadBalancerName"):
        elb.create_load_balancer(LoadBalancerName=made, Listeners=[LISTENER], Subnets=network["dual"])
    for operation in (elb.register_instances_with_load_balancer, elb.deregister_instances_from_load_balancer):
        with refused("InvalidInstance"):
            operation(LoadBalancerName=made, Instances=NOBODY)
    elb.delete_load_balancer(LoadBalancerName=made)
    with refused("LoadBalancerNotFound"):
        elb.describe_load_balancers(LoadBalancerNames=[made])


def test_balancers_are_listed_in_pages(elb, balancer):
    made = {balancer() for _ in range(3)}
    found = pages(elb, "describe_load_balancers", "LoadBalancerDescriptions[].LoadBalancerName", 1)
    assert made <= set(found)


def test_instances(elb, balancer, instance):
    made, named = balancer(), [{"InstanceId": instance(False)}]
    assert elb.register_instances_with_load_balancer(LoadBalancerName=made, Instances=named)["Instances"] == named
    assert elb.deregister_instances_from_load_balancer(LoadBalancerName=made, Instances=named)["Instances"] == []
