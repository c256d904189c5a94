"""Cloud Map of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import eventually, pages, refused

IPV6 = {"AWS_INSTANCE_IPV6": "2600:1f00::9"}


@pytest.fixture
def cloud_map(client):
    # DiscoverInstances has a host prefix, which no name server of this machine resolves
    return client("servicediscovery", inject_host_prefix=False)


@pytest.fixture
def finished(cloud_map):
    """`finished(answer)`: the operation that the answer names, when it has ended."""

    def wait(answer):
        def ended():
            operation = cloud_map.get_operation(OperationId=answer["OperationId"])["Operation"]
            assert operation["Status"] in ("SUBMITTED", "PENDING", "SUCCESS", "FAIL")
            return operation if operation["Status"] in ("SUCCESS", "FAIL") else None

        return eventually(ended)

    return wait


@pytest.fixture
def vpc(client):
    return client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]


@pytest.fixture
def namespace(cloud_map, finished, vpc, name):
    """Id of a private DNS namespace."""
    operation = finished(cloud_map.create_private_dns_namespace(Name=f"{name}.local", Vpc=vpc))
    assert (operation["Status"], operation["Type"]) == ("SUCCESS", "CREATE_NAMESPACE")
    return operation["Targets"]["NAMESPACE"]


@pytest.fixture
def service(cloud_map, namespace):
    """`service("AAAA")`: a new service with these records, as CreateService shows it."""

    def make(*types, name="web", **settings):
        dns = {"DnsRecords": [{"Type": each, "TTL": 60} for each in types]}
        return cloud_map.create_service(Name=name, NamespaceId=namespace, DnsConfig=dns, **settings)["Service"]

    return make


def instances(cloud_map, service_id):
    found = pages(cloud_map, "list_instances", "Instances", ServiceId=service_id)
    return {each["Id"]: each["Attributes"] for each in found}


def test_namespace_is_made_and_unmade(cloud_map, finished, aws, namespace, name):
    seen = aws("servicediscovery", "get-namespace", "--id", namespace)["Namespace"]
    assert (seen["Name"], seen["Type"], seen["ServiceCount"]) == (f"{name}.local", "DNS_PRIVATE", 0)
    assert seen["Arn"].endswith(f":namespace/{namespace}")
    assert seen["Properties"]["DnsProperties"]["HostedZoneId"]
    filters = [{"Name": "TYPE", "Values": ["DNS_PRIVATE"], "Condition": "EQ"}]
    assert namespace in [each["Id"] for each in pages(cloud_map, "list_namespaces", "Namespaces", Filters=filters)]
    filters = [{"Name": "TYPE", "Values": ["HTTP"], "Condition": "EQ"}]
    assert namespace not in [each["Id"] for each in pages(cloud_map, "list_namespaces", "Namespaces", Filters=filters)]
    assert finished(cloud_map.delete_namespace(Id=namespace))["Status"] == "SUCCESS"
    with refused("NamespaceNotFound"):
        aws("servicediscovery", "get-namespace", "--id", namespace)


def test_namespace_in_no_vpc_fails_later(cloud_map, finished, name):
    answer = cloud_map.create_private_dns_namespace(Name=f"{name}.local", Vpc="vpc-0123456789abcdef0")
    operation = finished(answer)
    assert (operation["Status"], operation["ErrorCode"]) == ("FAIL", "CANNOT_CREATE_HOSTED_ZONE")
    assert "vpc-0123456789abcdef0" in operation["ErrorMessage"]


def test_name_is_taken_once(cloud_map, finished, name):
    answer = cloud_map.create_http_namespace(Name=name)
    with refused("DuplicateRequest", answer["OperationId"]):
        cloud_map.create_http_namespace(Name=name)
    made = finished(answer)["Targets"]["NAMESPACE"]
    with refused("NamespaceAlreadyExists") as caught:
        cloud_map.create_http_namespace(Name=name)
    assert caught.value.response["NamespaceId"] == made


def test_service_is_read_back(cloud_map, aws, namespace, service):
    made = service("AAAA", HealthCheckCustomConfig={"FailureThreshold": 1})
    seen = aws("servicediscovery", "get-service", "--id", made["Id"])["Service"]
    assert seen["Arn"].endswith(f":service/{made['Id']}")
    assert seen["DnsConfig"]["DnsRecords"] == [{"Type": "AAAA", "TTL": 60}]
    assert (seen["Type"], seen["NamespaceId"], seen["InstanceCount"]) == ("DNS_HTTP", namespace, 0)
    filters = [{"Name": "NAMESPACE_ID", "Values": [namespace], "Condition": "EQ"}]
    [listed] = pages(cloud_map, "list_services", "Services", size=1, Filters=filters)
    assert (listed["Id"], listed["DnsConfig"]["DnsRecords"][0]["Type"]) == (made["Id"], "AAAA")
    with refused("ServiceAlreadyExists"):
        service("A", name="WEB")


def test_filters_leave_empty_pages(cloud_map, service):
    service("A", name="one")
    service("A", name="two")
    filters = [{"Name": "RESOURCE_OWNER", "Values": ["OTHER_ACCOUNTS"]}]
    page = cloud_map.list_services(MaxResults=1, Filters=filters)
    assert page["Services"] == []
    assert cloud_map.list_services(MaxResults=1, Filters=filters, NextToken=page["NextToken"])["Services"] == []
    with refused("InvalidInput"):
        cloud_map.list_services(NextToken="nonsense")


def test_records_that_do_not_go_together(service):
    with refused("InvalidInput"):
        service("CNAME", "A")
    with refused("InvalidInput"):
        service("A", "A")
    service("A", "AAAA", "SRV")


def test_instance_comes_and_goes(cloud_map, finished, aws, service):
    service_id = service("AAAA")["Id"]
    answer = cloud_map.register_instance(ServiceId=service_id, InstanceId="task-1", Attributes=IPV6)
    with refused("DuplicateRequest", answer["OperationId"]):
        cloud_map.register_instance(ServiceId=service_id, InstanceId="task-1", Attributes=IPV6)
    operation = finished(answer)
    assert (operation["Status"], operation["Targets"]["INSTANCE"]) == ("SUCCESS", "task-1")
    assert instances(cloud_map, service_id) == {"task-1": IPV6}
    seen = aws("servicediscovery", "get-instance", "--service-id", service_id, "--instance-id", "task-1")
    assert seen["Instance"]["Attributes"] == IPV6
    assert aws("servicediscovery", "get-instances-health-status", "--service-id", service_id) == {
        "Status": {"task-1": "UNKNOWN"}
    }
    with refused("ResourceInUse", "Service contains registered instances"):
        cloud_map.delete_service(Id=service_id)
    gone = aws("servicediscovery", "deregister-instance", "--service-id", service_id, "--instance-id", "task-1")
    assert finished(gone)["Type"] == "DEREGISTER_INSTANCE"
    assert instances(cloud_map, service_id) == {}
    with refused("InstanceNotFound"):
        aws("servicediscovery", "deregister-instance", "--service-id", service_id, "--instance-id", "task-1")
    cloud_map.delete_service(Id=service_id)
    with refused("ServiceNotFound"):
        cloud_map.get_service(Id=service_id)


def test_attributes_fit_the_records(cloud_map, service):
    def register(types, **attributes):
        service_id = service(*types, name=f"s-{'-'.join(types)}-{len(attributes)}")["Id"]
        cloud_map.register_instance(ServiceId=service_id, InstanceId="task-1", Attributes=attributes)

    with refused("InvalidInput", "AWS_INSTANCE_IPV4"):
        register(["A"], **IPV6)
    with refused("InvalidInput", "AWS_INSTANCE_IPV6"):
        register(["AAAA"], AWS_INSTANCE_IPV4="10.0.1.9")
    with refused("InvalidInput", "A valid port number must be supplied"):
        register(["SRV"], **IPV6)
    with refused("InvalidInput"):
        register(["A", "AAAA"], AWS_INSTANCE_IPV6="10.0.1.9", AWS_INSTANCE_IPV4="10.0.1.9")
    register(["SRV"], AWS_INSTANCE_PORT="8080", **IPV6)


def test_a_hundred_instances_fill_a_page(cloud_map, finished, service):
    service_id = service("AAAA")["Id"]
    for index in range(101):
        answer = cloud_map.register_instance(ServiceId=service_id, InstanceId=f"task-{index}", Attributes=IPV6)
    finished(answer)
    page = cloud_map.list_instances(ServiceId=service_id)
    assert len(page["Instances"]) == 100
    assert len(cloud_map.list_instances(ServiceId=service_id, NextToken=page["NextToken"])["Instances"]) == 1
    assert len(pages(cloud_map, "list_instances", "Instances", size=40, ServiceId=service_id)) == 101
    with refused("InvalidInput"):
        cloud_map.list_instances(ServiceId=service_id, MaxResults=101)


def test_update_changes_no_type(cloud_map, finished, service):
    service_id = service("A", "AAAA")["Id"]
    with refused("InvalidInput"):
        change = {"DnsConfig": {"DnsRecords": [{"Type": "SRV", "TTL": 60}]}}
        cloud_map.update_service(Id=service_id, Service=change)
    change = {"DnsConfig": {"DnsRecords": [{"Type": "AAAA", "TTL": 5}]}}
    assert finished(cloud_map.update_service(Id=service_id, Service=change))["Type"] == "UPDATE_SERVICE"
    records = cloud_map.get_service(Id=service_id)["Service"]["DnsConfig"]["DnsRecords"]
    assert records == [{"Type": "AAAA", "TTL": 5}]


def test_instances_are_discovered(cloud_map, finished, service, name):
    service_id = service("AAAA", HealthCheckCustomConfig={"FailureThreshold": 1})["Id"]
    attributes = {**IPV6, "stage": "beta"}
    finished(cloud_map.register_instance(ServiceId=service_id, InstanceId="task-1", Attributes=attributes))
    named = {"NamespaceName": f"{name}.local", "ServiceName": "web"}
    [seen] = cloud_map.discover_instances(**named, QueryParameters={"stage": "beta"})["Instances"]
    assert (seen["InstanceId"], seen["HealthStatus"], seen["Attributes"]) == ("task-1", "HEALTHY", attributes)
    assert cloud_map.discover_instances(**named, QueryParameters={"stage": "prod"})["Instances"] == []


def test_operations_are_listed(cloud_map, namespace):
    filters = [{"Name": "NAMESPACE_ID", "Values": [namespace], "Condition": "EQ"}]
    [operation] = pages(cloud_map, "list_operations", "Operations", Filters=filters)
    assert operation["Status"] == "SUCCESS"


def test_tags_are_set_and_limited(cloud_map, aws, service):
    arn = service("A", Tags=[{"Key": "team", "Value": "payments"}])["Arn"]
    aws("servicediscovery", "tag-resource", "--resource-arn", arn, "--tags", "Key=ecs-ipv6:status,Value=violation")
    cloud_map.untag_resource(ResourceARN=arn, TagKeys=["team"])
    seen = aws("servicediscovery", "list-tags-for-resource", "--resource-arn", arn)["Tags"]
    assert seen == [{"Key": "ecs-ipv6:status", "Value": "violation"}]
    with refused("TooManyTagsException"):
        cloud_map.tag_resource(ResourceARN=arn, Tags=[{"Key": f"k{index}", "Value": ""} for index in range(50)])
    with refused("ResourceNotFoundException"):
        cloud_map.list_tags_for_resource(ResourceARN=f"{arn}0")


def test_what_is_not_simulated_says_so(cloud_map, service):
    with refused("NotImplemented", "GetServiceAttributes"):
        cloud_map.get_service_attributes(ServiceId=service("A")["Id"])


def test_public_namespace(cloud_map, finished, name):
    made = finished(cloud_map.create_public_dns_namespace(Name=f"{name}.example.com"))["Targets"]["NAMESPACE"]
    shown = cloud_map.get_namespace(Id=made)["Namespace"]
    assert (shown["Type"], shown["Name"]) == ("DNS_PUBLIC", f"{name}.example.com")


def test_health_that_callers_tell(cloud_map, finished, service, name):
    service_id = service("AAAA", HealthCheckCustomConfig={"FailureThreshold": 1})["Id"]
    finished(cloud_map.register_instance(ServiceId=service_id, InstanceId="task-1", Attributes=IPV6))
    named = {"NamespaceName": f"{name}.local", "ServiceName": "web"}
    before = cloud_map.discover_instances_revision(**named)["InstancesRevision"]
    cloud_map.update_instance_custom_health_status(ServiceId=service_id, InstanceId="task-1", Status="UNHEALTHY")
    eventually(lambda: cloud_map.get_instances_health_status(ServiceId=service_id)["Status"]["task-1"] == "UNHEALTHY")
    assert cloud_map.get_instance(ServiceId=service_id, InstanceId="task-1")["Instance"]["Attributes"] == IPV6
    assert cloud_map.discover_instances_revision(**named)["InstancesRevision"] >= before
    assert finished(cloud_map.deregister_instance(ServiceId=service_id, InstanceId="task-1"))["Status"] == "SUCCESS"


def test_tags_by_boto3(cloud_map, service):
    arn = service("A")["Arn"]
    cloud_map.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "web"}])
    assert cloud_map.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "team", "Value": "web"}]
