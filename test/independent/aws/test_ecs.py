"""ECS of the local account, judged by boto3 and the aws CLI."""

import ipaddress
import json

import pytest
from botocore.exceptions import WaiterError
from conftest import eventually, pages, refused

@pytest.fixture
def ecs(client):
    return client("ecs")


@pytest.fixture
def ec2(client):
    return client("ec2")


@pytest.fixture
def elb(client):
    return client("elbv2")


@pytest.fixture
def cloud_map(client):
    return client("servicediscovery")


@pytest.fixture
def cluster(ecs, name):
    ecs.create_cluster(clusterName=name, settings=[{"name": "containerInsights", "value": "enabled"}])
    return name


@pytest.fixture
def definition(ecs, name):
    """An awsvpc task definition for Fargate."""
    made = ecs.register_task_definition(
        family=name,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        taskRoleArn="arn:aws:iam::111122223333:role/task",
        cpu="256",
        memory="512",
        runtimePlatform={"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"},
        containerDefinitions=[{"name": "app", "image": "nginx", "portMappings": [{"containerPort": 80}]}],
        tags=[{"key": "team", "value": "web"}],
    )
    return made["taskDefinition"]["taskDefinitionArn"]


@pytest.fixture
def bridge(ecs, name):
    """A task definition for the bridge of an instance, with a port that the host chooses."""
    app = {"name": "app", "image": "nginx", "memory": 64, "portMappings": [{"containerPort": 80, "hostPort": 0}]}
    made = ecs.register_task_definition(
        family=f"{name}-bridge", networkMode="bridge", requiresCompatibilities=["EC2"], containerDefinitions=[app]
    )
    return made["taskDefinition"]["taskDefinitionArn"]


@pytest.fixture
def group(elb, network, name):
    """`group(TargetType="ip")`: an IPv6 target group behind a dual-stack load balancer, checked often."""

    def make(**settings):
        arn = elb.create_target_group(
            Name=name,
            Protocol="HTTP",
            Port=80,
            VpcId=network["vpc"],
            HealthCheckIntervalSeconds=5,
            HealthCheckTimeoutSeconds=2,
            **{"IpAddressType": "ipv6", **settings},
        )["TargetGroups"][0]["TargetGroupArn"]
        elb.modify_target_group_attributes(
            TargetGroupArn=arn, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "1"}]
        )
        balancer = elb.create_load_balancer(
            Name=name, Subnets=network["dual"], IpAddressType="dualstack"
        )["LoadBalancers"][0]["LoadBalancerArn"]
        elb.get_waiter("load_balancer_available").wait(LoadBalancerArns=[balancer])
        forward = [{"Type": "forward", "TargetGroupArn": arn}]
        elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=forward)
        return arn

    return make


@pytest.fixture
def registry(cloud_map, network, name):
    """`registry("AAAA")`: ARN of a Cloud Map service in a private DNS namespace."""

    def make(*records):
        asked = cloud_map.create_private_dns_namespace(Name=f"{name}.internal", Vpc=network["vpc"])["OperationId"]

        def finished():
            operation = cloud_map.get_operation(OperationId=asked)["Operation"]
            return operation if operation["Status"] == "SUCCESS" else None

        found = eventually(finished)
        return cloud_map.create_service(
            Name="web",
            NamespaceId=found["Targets"]["NAMESPACE"],
            DnsConfig={"DnsRecords": [{"Type": each, "TTL": 60} for each in records]},
        )["Service"]["Arn"]

    return make


@pytest.fixture
def host(ecs, cluster, instance):
    """`host(primary=True)`: a container instance on EC2, registered as its agent would do it."""

    def make(primary):
        return ecs.register_container_instance(
            cluster=cluster,
            instanceIdentityDocument=json.dumps({"instanceId": instance(primary)}),
            instanceIdentityDocumentSignature="signature",
            totalResources=[
                {"name": "CPU", "type": "INTEGER", "integerValue": 2048},
                {"name": "MEMORY", "type": "INTEGER", "integerValue": 7680},
                {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["22", "2375", "2376", "51678", "51679"]},
                {"name": "PORTS_UDP", "type": "STRINGSET", "stringSetValue": []},
            ],
            versionInfo={"agentVersion": "1.99.1", "agentHash": "4b1f", "dockerVersion": "DockerVersion: 25.0"},
            attributes=[
                {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"},
                {"name": "ecs.os-type", "value": "linux"},
            ],
        )["containerInstance"]

    return make


def awsvpc(*subnets):
    return {"awsvpcConfiguration": {"subnets": list(subnets), "assignPublicIp": "DISABLED"}}


def balanced(arn):
    return [{"targetGroupArn": arn, "containerName": "app", "containerPort": 80}]


def details(task):
    [attachment] = task["attachments"]
    return {each["name"]: each["value"] for each in attachment["details"]}


class TestClusters:
    def test_read_back(self, ecs, cluster):
        [shown] = ecs.describe_clusters(clusters=[cluster], include=["TAGS", "SETTINGS", "STATISTICS"])["clusters"]
        assert shown["clusterArn"].endswith(f":cluster/{cluster}")
        assert shown["settings"] == [{"name": "containerInsights", "value": "enabled"}]
        assert shown["clusterArn"] in pages(ecs, "list_clusters", "clusterArns")

    def test_missing_is_a_failure(self, ecs):
        answer = ecs.describe_clusters(clusters=["none"])
        assert answer["clusters"] == []
        assert [each["reason"] for each in answer["failures"]] == ["MISSING"]

    def test_refusals(self, ecs, cluster):
        with refused("ClusterNotFoundException"):
            ecs.list_tasks(cluster="none")
        with refused("InvalidParameterException"):
            ecs.create_cluster(clusterName="a b")
        with pytest.raises(ecs.exceptions.ServiceNotFoundException):
            ecs.update_service(cluster=cluster, service="none", desiredCount=1)

    def test_deleted(self, ecs, cluster):
        ecs.delete_cluster(cluster=cluster)
        assert ecs.describe_clusters(clusters=[cluster])["clusters"][0]["status"] == "INACTIVE"


    def test_settings(self, ecs, cluster):
        settings = [{"name": "containerInsights", "value": "disabled"}]
        assert ecs.update_cluster(cluster=cluster, settings=settings)["cluster"]["clusterName"] == cluster
        assert ecs.update_cluster_settings(cluster=cluster, settings=settings)["cluster"]["settings"] == settings


class TestTaskDefinitions:
    def test_read_back(self, ecs, definition, name):
        answer = ecs.describe_task_definition(taskDefinition=name, include=["TAGS"])
        shown = answer["taskDefinition"]
        assert answer["tags"] == [{"key": "team", "value": "web"}]
        assert shown["taskDefinitionArn"] == definition
        assert set(shown["compatibilities"]) >= {"EC2", "FARGATE"}
        assert shown["containerDefinitions"][0]["portMappings"] == [
            {"containerPort": 80, "hostPort": 80, "protocol": "tcp"}
        ]
        assert pages(ecs, "list_task_definitions", "taskDefinitionArns", familyPrefix=name) == [definition]
        assert pages(ecs, "list_task_definition_families", "families", familyPrefix=name) == [name]

    def test_deleted(self, ecs, definition, name):
        with refused("InvalidParameterException"):
            ecs.delete_task_definitions(taskDefinitions=[definition] * 11)
        ecs.deregister_task_definition(taskDefinition=definition)
        answer = ecs.delete_task_definitions(taskDefinitions=[definition])
        assert [each["status"] for each in answer["taskDefinitions"]] == ["DELETE_IN_PROGRESS"]
        assert answer["failures"] == []

    def test_refusals(self, ecs, definition):
        with refused("ClientException", "Unable to describe task definition"):
            ecs.describe_task_definition(taskDefinition="none")
        with refused("ClientException", "Fargate"):
            ecs.register_task_definition(
                family="bad",
                requiresCompatibilities=["FARGATE"],
                networkMode="awsvpc",
                cpu="256",
                memory="9999",
                containerDefinitions=[{"name": "app", "image": "nginx"}],
            )
        ecs.deregister_task_definition(taskDefinition=definition)
        with refused("ClientException", "inactive"):
            ecs.run_task(taskDefinition=definition, cluster=ecs.create_cluster(clusterName="any")["cluster"]["clusterName"])


class TestTasks:
    def test_ipv6_only_on_fargate(self, ecs, ec2, cluster, definition, network):
        made = ecs.run_task(
            cluster=cluster,
            taskDefinition=definition,
            launchType="FARGATE",
            count=2,
            startedBy="judge",
            networkConfiguration=awsvpc(network["native"]),
        )
        assert made["failures"] == []
        arns = [task["taskArn"] for task in made["tasks"]]
        ecs.get_waiter("tasks_running").wait(cluster=cluster, tasks=arns)
        assert sorted(pages(ecs, "list_tasks", "taskArns", 1, cluster=cluster, startedBy="judge")) == sorted(arns)

        [task, _] = ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"]
        assert (task["launchType"], task["platformVersion"], task["platformFamily"]) == ("FARGATE", "1.4.0", "Linux")
        [address] = task["containers"][0]["networkInterfaces"]
        assert "privateIpv4Address" not in address
        eni = details(task)["networkInterfaceId"]
        [shown] = ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])["NetworkInterfaces"]
        assert [each["Ipv6Address"] for each in shown["Ipv6Addresses"]] == [address["ipv6Address"]]
        assert shown["SubnetId"] == details(task)["subnetId"] == network["native"]

        for arn in arns:
            ecs.stop_task(cluster=cluster, task=arn, reason="judged")
        ecs.get_waiter("tasks_stopped").wait(cluster=cluster, tasks=arns)
        [task, _] = ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"]
        assert (task["stopCode"], task["stoppedReason"]) == ("UserInitiated", "judged")
        with refused("InvalidNetworkInterfaceID.NotFound"):
            ec2.describe_network_interfaces(NetworkInterfaceIds=[eni])

    def test_dual_stack_on_fargate(self, ecs, cluster, definition, network):
        [task] = ecs.run_task(
            cluster=cluster, taskDefinition=definition, launchType="FARGATE", networkConfiguration=awsvpc(network["dual"][0])
        )["tasks"]
        ecs.get_waiter("tasks_running").wait(cluster=cluster, tasks=[task["taskArn"]])
        [task] = ecs.describe_tasks(cluster=cluster, tasks=[task["taskArn"]])["tasks"]
        [address] = task["containers"][0]["networkInterfaces"]
        assert ipaddress.ip_address(address["privateIpv4Address"]).version == 4
        assert ipaddress.ip_address(address["ipv6Address"]).version == 6
        assert details(task)["privateIPv4Address"] == address["privateIpv4Address"]

    def test_a_hundred_and_one_are_refused(self, ecs, cluster):
        ids = [f"{number:032x}" for number in range(101)]
        assert len(ecs.describe_tasks(cluster=cluster, tasks=ids[:100])["failures"]) == 100
        with refused("InvalidParameterException"):
            ecs.describe_tasks(cluster=cluster, tasks=ids)

    def test_waiters_fail_where_they_lead_elsewhere(self, ecs, cluster, definition, network):
        [task] = ecs.run_task(
            cluster=cluster, taskDefinition=definition, launchType="FARGATE", networkConfiguration=awsvpc(network["native"])
        )["tasks"]
        ecs.stop_task(cluster=cluster, task=task["taskArn"])
        ecs.get_waiter("tasks_stopped").wait(cluster=cluster, tasks=[task["taskArn"]])
        with pytest.raises(WaiterError, match="terminal failure"):
            ecs.get_waiter("tasks_running").wait(cluster=cluster, tasks=[task["taskArn"]])
        for waiter in ("services_stable", "services_inactive"):
            with pytest.raises(WaiterError, match="terminal failure"):
                ecs.get_waiter(waiter).wait(cluster=cluster, services=["none"])

    def test_unsupported_parameter_is_refused(self, ecs, cluster, definition):
        with refused("NotImplemented", "referenceId"):
            ecs.run_task(cluster=cluster, taskDefinition=definition, referenceId="x")


    def test_exec(self, ecs, cluster, definition, network):
        common = {"cluster": cluster, "taskDefinition": definition, "launchType": "FARGATE"}

        def run(subnet, on):
            made = ecs.run_task(**common, networkConfiguration=awsvpc(subnet), enableExecuteCommand=on)
            return made["tasks"][0]["taskArn"]

        dual, native, off = run(network["dual"][0], True), run(network["native"], True), run(network["dual"][0], False)
        ecs.get_waiter("tasks_running").wait(cluster=cluster, tasks=[dual, native, off])
        asked = {"cluster": cluster, "command": "sh", "interactive": True}
        with refused("NotImplemented"):
            ecs.execute_command(**asked, task=dual)
        with refused("TargetNotConnectedException"):
            ecs.execute_command(**asked, task=native)
        with refused("InvalidParameterException"):
            ecs.execute_command(**asked, task=off)


class TestServices:
    def test_behind_load_balancer_and_in_cloud_map(
        self, ecs, elb, cloud_map, aws, cluster, definition, network, group, registry
    ):
        target_group, registry_arn = group(TargetType="ip"), registry("AAAA")
        made = ecs.create_service(
            cluster=cluster,
            serviceName="web",
            taskDefinition=definition,
            desiredCount=2,
            launchType="FARGATE",
            networkConfiguration=awsvpc(network["native"]),
            loadBalancers=balanced(target_group),
            serviceRegistries=[{"registryArn": registry_arn}],
            tags=[{"key": "team", "value": "web"}],
        )["service"]
        assert made["status"] == "ACTIVE"
        ecs.get_waiter("services_stable").wait(cluster=cluster, services=["web"])

        [service] = ecs.describe_services(cluster=cluster, services=["web"], include=["TAGS"])["services"]
        assert (service["runningCount"], service["pendingCount"]) == (2, 0)
        assert service["loadBalancers"] == balanced(target_group)
        assert service["tags"] == [{"key": "team", "value": "web"}]
        assert pages(ecs, "list_services", "serviceArns", cluster=cluster) == [service["serviceArn"]]

        arns = pages(ecs, "list_tasks", "taskArns", 1, cluster=cluster, serviceName="web")
        tasks = ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"]
        addresses = {task["containers"][0]["networkInterfaces"][0]["ipv6Address"] for task in tasks}
        assert {task["group"] for task in tasks} == {"service:web"}

        targets = elb.describe_target_health(TargetGroupArn=target_group)["TargetHealthDescriptions"]
        assert {(each["Target"]["Id"], each["Target"]["Port"]) for each in targets} == {(each, 80) for each in addresses}

        service_id = registry_arn.rpartition("/")[2]
        instances = pages(cloud_map, "list_instances", "Instances", 1, ServiceId=service_id)
        assert {each["Attributes"]["AWS_INSTANCE_IPV6"] for each in instances} == addresses
        assert {each["Id"] for each in instances} == {arn.rpartition("/")[2] for arn in arns}
        assert all("AWS_INSTANCE_IPV4" not in each["Attributes"] for each in instances)

        shown = aws("ecs", "describe-services", "--cluster", cluster, "--services", "web", "--include", "TAGS")
        assert shown["services"][0]["deployments"][0]["rolloutState"] in ("IN_PROGRESS", "COMPLETED")
        listed = aws("ecs", "list-tasks", "--cluster", cluster, "--service-name", "web")
        assert sorted(listed["taskArns"]) == sorted(arns)

        ecs.delete_service(cluster=cluster, service="web", force=True)
        ecs.get_waiter("services_inactive").wait(cluster=cluster, services=["web"])
        assert elb.describe_target_health(TargetGroupArn=target_group)["TargetHealthDescriptions"] == []
        assert cloud_map.list_instances(ServiceId=service_id)["Instances"] == []

    def test_bridge_on_an_instance_with_primary_ipv6(self, ecs, elb, cluster, bridge, group, host):
        instance, target_group = host(primary=True), group(TargetType="instance")
        ecs.create_service(
            cluster=cluster,
            serviceName="web",
            taskDefinition=bridge,
            desiredCount=1,
            launchType="EC2",
            loadBalancers=balanced(target_group),
        )
        ecs.get_waiter("services_stable").wait(cluster=cluster, services=["web"])
        [arn] = ecs.list_tasks(cluster=cluster, containerInstance=instance["containerInstanceArn"])["taskArns"]
        [task] = ecs.describe_tasks(cluster=cluster, tasks=[arn])["tasks"]
        [binding] = task["containers"][0]["networkBindings"]
        assert binding["hostPort"] >= 32768
        assert task["attachments"] == []
        [target] = elb.describe_target_health(TargetGroupArn=target_group)["TargetHealthDescriptions"]
        assert target["Target"] == {
            **target["Target"],
            "Id": instance["ec2InstanceId"],
            "Port": binding["hostPort"],
        }

    def test_bridge_on_an_instance_without(self, ecs, cluster, bridge, group, host):
        host(primary=False)
        ecs.create_service(
            cluster=cluster,
            serviceName="web",
            taskDefinition=bridge,
            desiredCount=1,
            launchType="EC2",
            loadBalancers=balanced(group(TargetType="instance")),
        )
        stopped = eventually(lambda: ecs.list_tasks(cluster=cluster, desiredStatus="STOPPED")["taskArns"])
        [task, *_] = ecs.describe_tasks(cluster=cluster, tasks=stopped)["tasks"]
        assert task["stopCode"] == "TaskFailedToStart"
        assert "missing primary IPv6" in task["stoppedReason"]
        [service] = ecs.describe_services(cluster=cluster, services=["web"])["services"]
        assert service["runningCount"] == 0
        assert any("failed to register targets" in each["message"] for each in service["events"])
        ecs.delete_service(cluster=cluster, service="web", force=True)

    def test_new_deployment(self, ecs, aws, cluster, definition, network):
        ecs.create_service(
            cluster=cluster,
            serviceName="web",
            taskDefinition=definition,
            desiredCount=1,
            launchType="FARGATE",
            networkConfiguration=awsvpc(network["native"]),
        )
        ecs.get_waiter("services_stable").wait(cluster=cluster, services=["web"])
        changed = ecs.update_service(cluster=cluster, service="web", desiredCount=2, forceNewDeployment=True)["service"]
        assert (changed["desiredCount"], len(changed["deployments"])) == (2, 2)
        listed = ecs.list_service_deployments(cluster=cluster, service="web")["serviceDeployments"]
        running = next(each for each in listed if each["status"] in ("PENDING", "IN_PROGRESS"))
        arn = running["serviceDeploymentArn"]
        [shown] = ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"]
        assert shown["targetServiceRevision"]["arn"] == running["targetServiceRevisionArn"]
        arns = [running["targetServiceRevisionArn"]]
        [revision] = ecs.describe_service_revisions(serviceRevisionArns=arns)["serviceRevisions"]
        assert revision["taskDefinition"] == definition
        assert aws("ecs", "describe-service-revisions", "--service-revision-arns", *arns)["failures"] == []
        assert ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")["serviceDeploymentArn"] == arn
        ecs.get_waiter("services_stable").wait(cluster=cluster, services=["web"])
        [shown] = ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"]
        assert shown["status"].startswith("ROLLBACK")

    def test_task_sets(self, ecs, cluster, definition, network):
        place = {"cluster": cluster, "service": "web"}
        ecs.create_service(
            cluster=cluster, serviceName="web", desiredCount=2, deploymentController={"type": "EXTERNAL"}
        )
        scale = {"value": 50, "unit": "PERCENT"}
        made = ecs.create_task_set(
            **place, taskDefinition=definition, launchType="FARGATE", scale=scale,
            networkConfiguration=awsvpc(network["native"]),
        )["taskSet"]
        named = {**place, "taskSet": made["id"]}
        assert (made["status"], made["computedDesiredCount"]) == ("ACTIVE", 1)
        assert ecs.update_task_set(**named, scale={**scale, "value": 100})["taskSet"]["computedDesiredCount"] == 2
        primary = ecs.update_service_primary_task_set(**place, primaryTaskSet=made["id"])["taskSet"]
        assert primary["status"] == "PRIMARY"
        found = eventually(lambda: [
            each for each in ecs.describe_task_sets(**place, taskSets=[made["id"]])["taskSets"] if each["runningCount"] == 2
        ])
        assert found[0]["stabilityStatus"] in ("STABILIZING", "STEADY_STATE")
        with refused("InvalidParameterException"):
            ecs.delete_task_set(**named)
        ecs.delete_task_set(**named, force=True)
        with refused("TaskSetNotFoundException"):
            ecs.update_task_set(**place, taskSet="ecs-svc/0000000000000000000", scale=scale)

    def test_eleven_are_refused(self, ecs, cluster):
        names = [f"s{number}" for number in range(11)]
        assert len(ecs.describe_services(cluster=cluster, services=names[:10])["failures"]) == 10
        with refused("InvalidParameterException"):
            ecs.describe_services(cluster=cluster, services=names)

    def test_refusals(self, ecs, elb, cluster, definition, network, name):
        common = {
            "cluster": cluster,
            "serviceName": "web",
            "taskDefinition": definition,
            "desiredCount": 1,
            "launchType": "FARGATE",
        }
        with refused("InvalidParameterException", "Network Configuration must be provided"):
            ecs.create_service(**common)
        unused = elb.create_target_group(
            Name=name, Protocol="HTTP", Port=80, VpcId=network["vpc"], TargetType="ip", IpAddressType="ipv6"
        )["TargetGroups"][0]["TargetGroupArn"]
        with refused("InvalidParameterException", "does not have an associated load balancer"):
            ecs.create_service(
                **common, networkConfiguration=awsvpc(network["native"]), loadBalancers=balanced(unused)
            )


class TestContainerInstances:
    def test_read_back(self, ecs, cluster, host):
        made = host(primary=True)
        arn = made["containerInstanceArn"]
        assert pages(ecs, "list_container_instances", "containerInstanceArns", cluster=cluster) == [arn]
        [shown] = ecs.describe_container_instances(cluster=cluster, containerInstances=[arn], include=["TAGS"])[
            "containerInstances"
        ]
        assert shown["versionInfo"]["agentVersion"] == "1.99.1"
        assert {"name": "ecs.os-type", "value": "linux"} in shown["attributes"]
        found = pages(ecs, "list_attributes", "attributes", cluster=cluster, targetType="container-instance")
        assert {"ecs.subnet-id", "ecs.instance-type"} <= {each["name"] for each in found}
        ecs.update_container_instances_state(cluster=cluster, containerInstances=[arn], status="DRAINING")
        assert ecs.list_container_instances(cluster=cluster, status="DRAINING")["containerInstanceArns"] == [arn]
        with refused("NotImplemented", "cluster query"):
            ecs.list_container_instances(cluster=cluster, filter="attribute:x exists")
        ecs.deregister_container_instance(cluster=cluster, containerInstance=arn)
        assert ecs.list_container_instances(cluster=cluster)["containerInstanceArns"] == []

    def test_attributes_and_a_task_of_its_own(self, ecs, cluster, host, bridge):
        arn = host(primary=True)["containerInstanceArn"]
        ecs.put_attributes(cluster=cluster, attributes=[{"name": "stack", "value": "blue", "targetId": arn}])
        asked = {"cluster": cluster, "targetType": "container-instance", "attributeName": "stack"}
        assert [each["value"] for each in ecs.list_attributes(**asked)["attributes"]] == ["blue"]
        ecs.delete_attributes(cluster=cluster, attributes=[{"name": "stack", "targetId": arn}])
        assert ecs.list_attributes(**asked)["attributes"] == []
        started = ecs.start_task(cluster=cluster, taskDefinition=bridge, containerInstances=[arn])
        assert started["failures"] == []
        ecs.get_waiter("tasks_running").wait(cluster=cluster, tasks=[started["tasks"][0]["taskArn"]])
        agent = ecs.update_container_agent(cluster=cluster, containerInstance=arn)["containerInstance"]
        assert agent["agentUpdateStatus"] == "PENDING"

    def test_identity_must_be_an_instance(self, ecs, cluster):
        with refused("ClientException"):
            ecs.register_container_instance(
                cluster=cluster, instanceIdentityDocument=json.dumps({"instanceId": "i-0123456789abcdef0"})
            )


class TestPages:
    def test_of_what_a_cluster_has(self, ecs, cluster, host, bridge):
        hosts = [host(primary=True)["containerInstanceArn"] for _ in range(3)]
        found = pages(ecs, "list_container_instances", "containerInstanceArns", 1, cluster=cluster)
        assert sorted(found) == sorted(hosts)
        kind = {"cluster": cluster, "targetType": "container-instance", "attributeName": "ecs.os-type"}
        assert sorted(each["targetId"] for each in pages(ecs, "list_attributes", "attributes", 1, **kind)) == sorted(hosts)
        started = [
            ecs.start_task(cluster=cluster, taskDefinition=bridge, containerInstances=[each])["tasks"][0]["taskArn"]
            for each in hosts
        ]
        assert sorted(pages(ecs, "list_tasks", "taskArns", 1, cluster=cluster)) == sorted(started)
        services = [
            ecs.create_service(cluster=cluster, serviceName=f"s{index}", taskDefinition=bridge, desiredCount=0)["service"]
            for index in range(3)
        ]
        found = pages(ecs, "list_services", "serviceArns", 1, cluster=cluster)
        assert sorted(found) == sorted(each["serviceArn"] for each in services)


class TestTags:
    def test_by_arn(self, ecs, aws, cluster):
        [shown] = ecs.describe_clusters(clusters=[cluster])["clusters"]
        arn = shown["clusterArn"]
        aws("ecs", "tag-resource", "--resource-arn", arn, "--tags", "key=ecs-ipv6:status,value=violation")
        assert ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "ecs-ipv6:status", "value": "violation"}]
        with refused("InvalidParameterException"):
            ecs.tag_resource(resourceArn=arn, tags=[{"key": "rules", "value": "a,b"}])
        ecs.tag_resource(resourceArn=arn, tags=[{"key": "ecs-ipv6:status", "value": "ok"}])
        ecs.untag_resource(resourceArn=arn, tagKeys=["ecs-ipv6:status"])
        assert ecs.list_tags_for_resource(resourceArn=arn)["tags"] == []


class TestAccountSettings:
    def test_effective(self, ecs):
        settings = pages(ecs, "list_account_settings", "settings", effectiveSettings=True)
        assert {"name", "value"} <= set(settings[0])
        assert "dualStackIPv6" in {each["name"] for each in settings}

    def test_changed(self, ecs):
        for put in (ecs.put_account_setting, ecs.put_account_setting_default):
            setting = put(name="containerInsights", value="enhanced")["setting"]
            assert (setting["name"], setting["value"]) == ("containerInsights", "enhanced")
            put(name="containerInsights", value="disabled")
        assert ecs.delete_account_setting(name="containerInsights")["setting"]["name"] == "containerInsights"


def test_an_external_service_has_task_sets(ecs, network, name):
    cluster = ecs.create_cluster(clusterName=name)["cluster"]["clusterArn"]
    ecs.register_task_definition(
        family=name,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        containerDefinitions=[{"name": "app", "image": "nginx"}],
    )
    ecs.create_service(cluster=cluster, serviceName=name, desiredCount=1, deploymentController={"type": "EXTERNAL"})
    place = {"cluster": cluster, "service": name}
    made = ecs.create_task_set(
        **place,
        taskDefinition=name,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [network["native"]]}},
    )["taskSet"]["taskSetArn"]
    ecs.update_task_set(**place, taskSet=made, scale={"value": 100, "unit": "PERCENT"})
    ecs.update_service_primary_task_set(**place, primaryTaskSet=made)
    [shown] = ecs.describe_task_sets(**place, include=["TAGS"])["taskSets"]
    assert (shown["status"], shown["computedDesiredCount"]) == ("PRIMARY", 1)
    with refused("InvalidParameterException"):
        ecs.delete_task_set(**place, taskSet=made)
    assert ecs.delete_task_set(**place, taskSet=made, force=True)["taskSet"]["status"] == "DRAINING"
    with refused("TaskSetNotFoundException"):
        ecs.update_service_primary_task_set(**place, primaryTaskSet="ecs-svc/1")


def test_capacity_providers_belong_to_clusters(ecs, network, name):
    ecs.create_cluster(clusterName=name)
    made = ecs.create_capacity_provider(
        name=name,
        cluster=name,
        managedInstancesProvider={
            "infrastructureRoleArn": "arn:aws:iam::111122223333:role/ecs",
            "instanceLaunchTemplate": {
                "ec2InstanceProfileArn": "arn:aws:iam::111122223333:instance-profile/ecs",
                "networkConfiguration": {"subnets": [network["native"]]},
            },
        },
    )["capacityProvider"]
    assert (made["status"], made["type"]) == ("ACTIVE", "MANAGED_INSTANCES")
    ecs.put_cluster_capacity_providers(
        cluster=name, capacityProviders=[name], defaultCapacityProviderStrategy=[{"capacityProvider": name}]
    )
    shown = ecs.describe_capacity_providers(capacityProviders=[name, "FARGATE"], include=["TAGS"])
    assert [each["name"] for each in shown["capacityProviders"]] == [name, "FARGATE"]
    ended = ecs.delete_capacity_provider(capacityProvider=name, cluster=name)["capacityProvider"]
    assert ended["updateStatus"] == "DELETE_COMPLETE"
    with refused("InvalidParameterException"):
        ecs.put_cluster_capacity_providers(
            cluster=name, capacityProviders=[name], defaultCapacityProviderStrategy=[]
        )


def test_tasks_are_protected_from_scaling_in(ecs, aws, cluster, definition, network):
    service = {
        "cluster": cluster, "serviceName": "web", "taskDefinition": definition, "desiredCount": 2, "launchType": "FARGATE",
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": [network["native"]]}},
    }
    ecs.create_service(**service)
    ecs.get_waiter("services_stable").wait(cluster=cluster, services=["web"])
    tasks = sorted(ecs.list_tasks(cluster=cluster)["taskArns"])
    [kept] = ecs.update_task_protection(cluster=cluster, tasks=tasks[:1], protectionEnabled=True)["protectedTasks"]
    assert len(ecs.get_task_protection(cluster=cluster, tasks=tasks)["protectedTasks"]) == 2
    shown = aws("ecs", "get-task-protection", "--cluster", cluster, "--tasks", *tasks)
    assert [each["protectionEnabled"] for each in shown["protectedTasks"]] == [True, False]
    ecs.update_service(cluster=cluster, service="web", desiredCount=0)
    eventually(lambda: ecs.list_tasks(cluster=cluster)["taskArns"] == [kept["taskArn"]])
    ecs.update_task_protection(cluster=cluster, tasks=tasks[:1], protectionEnabled=False)
    eventually(lambda: ecs.list_tasks(cluster=cluster)["taskArns"] == [])
    with refused("InvalidParameterException"):
        ecs.update_task_protection(cluster=cluster, tasks=tasks[:1], protectionEnabled=True, expiresInMinutes=2881)


def test_classic_load_balancer_knows_the_hosts_of_tasks(ecs, client, cluster, host, network, name):
    elb, instance = client("elb"), host(False)["ec2InstanceId"]
    listener = {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 8080}
    elb.create_load_balancer(LoadBalancerName=name, Listeners=[listener], Subnets=network["dual"])

    def registered():
        [shown] = elb.describe_load_balancers(LoadBalancerNames=[name])["LoadBalancerDescriptions"]
        return [each["InstanceId"] for each in shown["Instances"]]

    port = {"containerPort": 80, "hostPort": 8080}
    app = {"name": "app", "image": "nginx", "memory": 64, "portMappings": [port]}
    ecs.register_task_definition(family=name, networkMode="bridge", containerDefinitions=[app])
    behind = {"loadBalancerName": name, "containerName": "app", "containerPort": 80}
    service = {"cluster": cluster, "serviceName": name, "taskDefinition": name, "desiredCount": 1, "launchType": "EC2"}
    with refused("InvalidParameterException", "nowhere"):
        ecs.create_service(**service, loadBalancers=[{**behind, "loadBalancerName": "nowhere"}])
    assert ecs.create_service(**service, loadBalancers=[behind])["service"]["loadBalancers"] == [behind]
    assert eventually(registered) == [instance]
    elb.deregister_instances_from_load_balancer(LoadBalancerName=name, Instances=[{"InstanceId": instance}])
    assert eventually(registered) == [instance]
    ecs.delete_service(cluster=cluster, service=name, force=True)
    eventually(lambda: not registered())
