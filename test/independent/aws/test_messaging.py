"""SQS, SNS, EventBridge and Parameter Store, as boto3 and the aws CLI see them."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from conftest import eventually, pages, refused


def allow(service, action):
    """A resource policy that lets a service of AWS in."""
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture
def queue(client, name):
    """`queue()`: URL and ARN of a new queue that EventBridge and SNS may send to."""
    sqs = client("sqs")
    policy = {"Version": "2012-10-17", "Statement": []}
    for service in ("events", "sns"):
        policy["Statement"] += json.loads(allow(f"{service}.amazonaws.com", "sqs:SendMessage"))["Statement"]

    def make(suffix="", **attributes):
        made = sqs.create_queue(QueueName=name + suffix, Attributes={"Policy": json.dumps(policy), **attributes})
        url = made["QueueUrl"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        return url, found["Attributes"]["QueueArn"]

    return make


def receive(sqs, url, **parameters):
    """One message, waited for."""
    asked = {"QueueUrl": url, "WaitTimeSeconds": 1, "MessageAttributeNames": ["All"], **parameters}
    return eventually(lambda: sqs.receive_message(**asked).get("Messages"))[0]


@pytest.fixture
def listener():
    """A server on this machine: its `url`, and the `messages()` that were posted to it."""
    posted = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}/", messages=lambda: list(posted))
    server.shutdown()
    server.server_close()


def test_queue_send_receive_delete(client, queue):
    sqs = client("sqs")
    url, _ = queue()
    attributes = {
        "text": {"DataType": "String", "StringValue": "é"},
        "number": {"DataType": "Number", "StringValue": "1.5"},
        "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    }
    # boto3 checks both digests of the answers.
    sent = sqs.send_message(QueueUrl=url, MessageBody="hällo", MessageAttributes=attributes)
    message = receive(sqs, url, MessageSystemAttributeNames=["All"])
    assert message["MessageId"] == sent["MessageId"]
    assert message["Body"] == "hällo"
    assert message["MD5OfMessageAttributes"] == sent["MD5OfMessageAttributes"]
    assert message["MessageAttributes"]["bytes"]["BinaryValue"] == b"\x00\xff"
    assert message["Attributes"]["ApproximateReceiveCount"] == "1"
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    again = receive(sqs, url)
    sqs.delete_message(QueueUrl=url, ReceiptHandle=again["ReceiptHandle"])
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert counts["ApproximateNumberOfMessages"] == counts["ApproximateNumberOfMessagesNotVisible"] == "0"


def test_queue_batches_and_pages(client, queue, name):
    sqs = client("sqs")
    url, _ = queue()
    entries = [{"Id": str(index), "MessageBody": f"m{index}"} for index in range(10)]
    assert len(sqs.send_message_batch(QueueUrl=url, Entries=entries)["Successful"]) == 10
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert sorted(message["Body"] for message in found) == [f"m{index}" for index in range(10)]
    handles = [{"Id": message["Body"], "ReceiptHandle": message["ReceiptHandle"]} for message in found]
    assert len(sqs.delete_message_batch(QueueUrl=url, Entries=handles)["Successful"]) == 10
    for index in range(3):
        sqs.create_queue(QueueName=f"{name}-p{index}")
    assert len(pages(sqs, "list_queues", "QueueUrls", size=2, QueueNamePrefix=name)) == 4


def test_queue_refusals(client, queue, name, endpoint):
    sqs = client("sqs")
    url, _ = queue()
    entries = [{"Id": str(index), "MessageBody": "x"} for index in range(11)]
    with refused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest"):
        sqs.send_message_batch(QueueUrl=url, Entries=entries)
    with refused("AWS.SimpleQueueService.NonExistentQueue"):
        sqs.get_queue_url(QueueName=f"{name}-none")
    with refused("ReceiptHandleIsInvalid"):
        sqs.delete_message(QueueUrl=url, ReceiptHandle="x")
    with refused("InvalidParameterValue", "1048576"):
        sqs.send_message(QueueUrl=url, MessageBody="x" * 1_048_577)
    with refused("InvalidAttributeValue", "VisibilityTimeout"):
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "50000"})
    with refused("QueueAlreadyExists", "DelaySeconds"):
        sqs.create_queue(QueueName=name, Attributes={"DelaySeconds": "7"})


def test_queue_redrives_to_its_dead_letter_queue(client, queue):
    sqs = client("sqs")
    dead_url, dead_arn = queue("-dead")
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 1})
    url, arn = queue(RedrivePolicy=redrive, VisibilityTimeout="0")
    sqs.send_message(QueueUrl=url, MessageBody="x")
    assert receive(sqs, url)["Body"] == "x"
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    dead = receive(sqs, dead_url, MessageSystemAttributeNames=["All"])
    assert dead["Attributes"]["DeadLetterQueueSourceArn"] == arn


def test_topic_to_queue(client, queue, name):
    sns, sqs = client("sns"), client("sqs")
    url, arn = queue()
    topic = sns.create_topic(Name=name, Attributes={"DisplayName": "Alerts"}, Tags=[{"Key": "a", "Value": "b"}])
    topic_arn = topic["TopicArn"]
    subscribed = sns.subscribe(
        TopicArn=topic_arn,
        Protocol="sqs",
        Endpoint=arn,
        Attributes={"FilterPolicy": json.dumps({"severity": ["high", {"prefix": "crit"}]})},
        ReturnSubscriptionArn=True,
    )
    found = sns.get_subscription_attributes(SubscriptionArn=subscribed["SubscriptionArn"])["Attributes"]
    assert found["PendingConfirmation"] == "false"
    for severity in ("low", "critical"):
        attributes = {"severity": {"DataType": "String", "StringValue": severity}}
        sns.publish(TopicArn=topic_arn, Subject="s", Message=severity, MessageAttributes=attributes)
    body = json.loads(receive(sqs, url)["Body"])
    assert (body["Type"], body["Message"], body["Subject"]) == ("Notification", "critical", "s")
    assert body["MessageAttributes"] == {"severity": {"Type": "String", "Value": "critical"}}
    assert "Messages" not in sqs.receive_message(QueueUrl=url)
    listed = sns.list_subscriptions_by_topic(TopicArn=topic_arn)["Subscriptions"]
    assert [one["Endpoint"] for one in listed] == [arn]
    assert sns.list_tags_for_resource(ResourceArn=topic_arn)["Tags"] == [{"Key": "a", "Value": "b"}]


def test_topic_refusals(client, name):
    sns = client("sns")
    topic_arn = sns.create_topic(Name=name)["TopicArn"]
    with refused("InvalidParameter", "too long"):
        sns.publish(TopicArn=topic_arn, Message="x" * 262_145)
    with refused("NotFound", "Topic does not exist"):
        sns.publish(TopicArn=f"{topic_arn}-none", Message="x")
    with refused("InvalidParameter", "FilterPolicy"):
        sns.subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=topic_arn.replace("sns", "sqs"),
                      Attributes={"FilterPolicy": '{"a":[{"like":"b"}]}'})


def test_rule_with_pattern(client, queue, name):
    events, sqs = client("events"), client("sqs")
    url, arn = queue()
    events.create_event_bus(Name=name)
    pattern = {"source": ["ecs-ipv6"], "detail": {"severity": [{"anything-but": ["low"]}]}}
    rule = events.put_rule(Name=name, EventBusName=name, EventPattern=json.dumps(pattern))
    events.put_targets(
        Rule=name,
        EventBusName=name,
        Targets=[{
            "Id": "queue", "Arn": arn,
            "InputTransformer": {
                "InputPathsMap": {"what": "$.detail.severity"},
                "InputTemplate": '{"severity": <what>, "by": "<aws.events.rule-name>"}',
            },
            "RetryPolicy": {"MaximumRetryAttempts": 2, "MaximumEventAgeInSeconds": 60},
            "DeadLetterConfig": {"Arn": arn},
        }],
    )
    described = events.describe_rule(Name=name, EventBusName=name)
    assert (described["Arn"], described["State"]) == (rule["RuleArn"], "ENABLED")
    assert json.loads(described["EventPattern"]) == pattern
    assert events.list_targets_by_rule(Rule=name, EventBusName=name)["Targets"][0]["Arn"] == arn
    entries = [
        {"Source": "ecs-ipv6", "DetailType": "Finding", "Detail": json.dumps({"severity": severity}), "EventBusName": name}
        for severity in ("low", "high")
    ]
    answer = events.put_events(Entries=[*entries, {**entries[0], "Source": "aws.ecs"}])
    assert answer["FailedEntryCount"] == 1
    assert answer["Entries"][2]["ErrorCode"] == "NotAuthorizedForSourceException"
    assert json.loads(receive(sqs, url)["Body"]) == {"severity": "high", "by": name}


def test_rule_refusals(client, name):
    events = client("events")
    with refused("InvalidEventPatternException"):
        events.put_rule(Name=name, EventPattern='{"source":"app"}')
    with refused("ValidationException"):
        events.put_rule(Name=name, ScheduleExpression="rate(1 minutes)")
    with refused("ValidationException"):
        events.put_events(Entries=[{"Source": "a", "DetailType": "b", "Detail": "{}"}] * 11)
    with refused("ResourceNotFoundException", name):
        events.describe_rule(Name=name)


@pytest.mark.parametrize(("pattern", "expected"), [
    ({"detail": {"ip": [{"cidr": "10.0.0.0/8"}]}}, True),
    ({"detail": {"n": [{"numeric": [">", 5]}]}}, False),
    ({"detail": {"$or": [{"n": [9]}, {"name": [{"suffix": ".png"}]}]}}, True),
    ({"detail": {"missing": [{"exists": False}]}}, True),
])
def test_event_pattern(client, pattern, expected):
    event = {
        "id": "1", "account": "111122223333", "source": "app", "time": "2026-11-22T10:00:00Z", "region": "eu-west-2",
        "resources": [], "detail-type": "Thing", "detail": {"ip": "10.1.2.3", "n": 5, "name": "a.png"},
    }
    answer = client("events").test_event_pattern(EventPattern=json.dumps(pattern), Event=json.dumps(event))
    assert answer["Result"] is expected


def test_parameter_store(client, queue, name):
    ssm, events, sqs = client("ssm"), client("events"), client("sqs")
    url, arn = queue()
    root = f"/{name}"
    pattern = {"source": ["aws.ssm"], "detail-type": ["Parameter Store Change"], "detail": {"name": [{"prefix": root}]}}
    events.put_rule(Name=name, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])
    assert ssm.put_parameter(Name=f"{root}/policy", Value="version: 1", Type="String")["Version"] == 1
    change = json.loads(receive(sqs, url)["Body"])
    assert (change["detail"]["name"], change["detail"]["operation"]) == (f"{root}/policy", "Create")
    assert ssm.put_parameter(Name=f"{root}/policy", Value="version: 2", Overwrite=True)["Version"] == 2
    assert ssm.get_parameter(Name=f"{root}/policy")["Parameter"]["Value"] == "version: 2"
    for index in range(12):
        ssm.put_parameter(Name=f"{root}/parts/{index:02}", Value="x", Type="String")
    found = pages(ssm, "get_parameters_by_path", "Parameters", size=5, Path=root, Recursive=True)
    assert len(found) == 13
    with refused("ParameterNotFound"):
        ssm.get_parameter(Name=f"{root}/none")
    with refused("ParameterAlreadyExists"):
        ssm.put_parameter(Name=f"{root}/policy", Value="x", Type="String")


def test_command_line(aws, name):
    url = aws("sqs", "create-queue", "--queue-name", name)["QueueUrl"]
    sent = aws("sqs", "send-message", "--queue-url", url, "--message-body", "hello")
    got = aws("sqs", "receive-message", "--queue-url", url, "--wait-time-seconds", 5)
    assert got["Messages"][0]["MessageId"] == sent["MessageId"]
    topic = aws("sns", "create-topic", "--name", name)["TopicArn"]
    assert topic in [one["TopicArn"] for one in aws("sns", "list-topics")["Topics"]]
    rule = aws("events", "put-rule", "--name", name, "--schedule-expression", "rate(1 hour)")["RuleArn"]
    assert aws("events", "describe-rule", "--name", name)["Arn"] == rule


def test_queue_settings_and_tags(client, queue, name):
    sqs = client("sqs")
    dead_url, dead_arn = queue("-dead")
    urls = [queue(f"-{index}")[0] for index in range(3)]
    url = urls[0]
    assert sqs.get_queue_url(QueueName=f"{name}-0")["QueueUrl"] == url
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 3})
    for each in urls:
        sqs.set_queue_attributes(QueueUrl=each, Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "60"})
    assert pages(sqs, "list_dead_letter_source_queues", "queueUrls", 1, QueueUrl=dead_url) == urls
    sqs.tag_queue(QueueUrl=url, Tags={"team": "web", "stage": "beta"})
    sqs.untag_queue(QueueUrl=url, TagKeys=["stage"])
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "web"}


def test_queue_is_emptied_and_deleted(client, queue, name):
    sqs = client("sqs")
    url, _ = queue()
    for index in range(2):
        sqs.send_message(QueueUrl=url, MessageBody=f"m{index}")
    message = receive(sqs, url)
    entries = [{"Id": "a", "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0},
               {"Id": "b", "ReceiptHandle": "nonsense", "VisibilityTimeout": 0}]
    answer = sqs.change_message_visibility_batch(QueueUrl=url, Entries=entries)
    assert [each["Id"] for each in answer["Successful"]] == ["a"]
    assert [(each["Id"], each["Code"], each["SenderFault"]) for each in answer["Failed"]] == [
        ("b", "ReceiptHandleIsInvalid", True),
    ]
    sqs.purge_queue(QueueUrl=url)
    with refused("AWS.SimpleQueueService.PurgeQueueInProgress"):
        sqs.purge_queue(QueueUrl=url)
    sqs.delete_queue(QueueUrl=url)
    with refused("AWS.SimpleQueueService.QueueDeletedRecently"):
        sqs.create_queue(QueueName=name)


def test_topic_settings_tags_and_end(client, queue, name):
    sns, sqs = client("sns"), client("sqs")
    url, arn = queue()
    topic = sns.create_topic(Name=name)["TopicArn"]
    sns.set_topic_attributes(TopicArn=topic, AttributeName="DisplayName", AttributeValue="Alerts")
    assert sns.get_topic_attributes(TopicArn=topic)["Attributes"]["DisplayName"] == "Alerts"
    sns.tag_resource(ResourceArn=topic, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    sns.untag_resource(ResourceArn=topic, TagKeys=["a"])
    assert sns.list_tags_for_resource(ResourceArn=topic)["Tags"] == [{"Key": "b", "Value": "2"}]
    subscription = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, ReturnSubscriptionArn=True)["SubscriptionArn"]
    sns.set_subscription_attributes(
        SubscriptionArn=subscription, AttributeName="RawMessageDelivery", AttributeValue="true"
    )
    entries = [{"Id": "a", "Message": "one"}, {"Id": "b", "Message": "x" * 10}]
    assert len(sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)["Successful"]) == 2
    assert {receive(sqs, url)["Body"] for _ in range(2)} == {"one", "x" * 10}
    sns.unsubscribe(SubscriptionArn=subscription)
    with refused("NotFound"):
        sns.get_subscription_attributes(SubscriptionArn=subscription)
    sns.delete_topic(TopicArn=topic)
    with refused("NotFound"):
        sns.get_topic_attributes(TopicArn=topic)


def test_subscription_is_confirmed(client, listener, name):
    sns = client("sns")
    topic = sns.create_topic(Name=name)["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=listener.url)
    [request] = eventually(listener.messages)
    assert (request["Type"], request["TopicArn"]) == ("SubscriptionConfirmation", topic)
    confirmed = sns.confirm_subscription(TopicArn=topic, Token=request["Token"])["SubscriptionArn"]
    [listed] = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert (listed["SubscriptionArn"], listed["Protocol"]) == (confirmed, "http")


def test_rules_are_switched_listed_tagged_and_deleted(client, queue, name):
    events = client("events")
    _, arn = queue()
    rule = events.put_rule(Name=name, ScheduleExpression="rate(1 day)")["RuleArn"]
    events.put_targets(Rule=name, Targets=[{"Id": "a", "Arn": arn}])
    assert events.list_rule_names_by_target(TargetArn=arn)["RuleNames"] == [name]
    for switch, state in ((events.disable_rule, "DISABLED"), (events.enable_rule, "ENABLED")):
        switch(Name=name)
        [shown] = events.list_rules(NamePrefix=name)["Rules"]
        assert (shown["Arn"], shown["State"]) == (rule, state)
    events.tag_resource(ResourceARN=rule, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    events.untag_resource(ResourceARN=rule, TagKeys=["a"])
    assert events.list_tags_for_resource(ResourceARN=rule)["Tags"] == [{"Key": "b", "Value": "2"}]
    with refused("ValidationException"):
        events.delete_rule(Name=name)
    assert events.remove_targets(Rule=name, Ids=["a"])["FailedEntryCount"] == 0
    events.delete_rule(Name=name)
    with refused("ResourceNotFoundException"):
        events.describe_rule(Name=name)


def test_targets_and_rules_in_pages(client, queue, name):
    events = client("events")
    arns = [queue(f"-{index}")[1] for index in range(3)]
    targets = [{"Id": str(index), "Arn": arn} for index, arn in enumerate(arns)]
    rules = [f"{name}-{index}" for index in range(3)]
    for rule in rules:
        events.put_rule(Name=rule, ScheduleExpression="rate(1 day)")
        assert events.put_targets(Rule=rule, Targets=targets)["FailedEntryCount"] == 0
    assert pages(events, "list_rule_names_by_target", "RuleNames", 1, TargetArn=arns[0]) == rules
    assert pages(events, "list_targets_by_rule", "Targets", 1, Rule=rules[0]) == targets


def test_subscriptions_of_a_topic_in_pages(client, name):
    sns = client("sns")
    topic = sns.create_topic(Name=name)["TopicArn"]
    endpoints = [topic.replace(":sns:", ":sqs:") + f"-{index}" for index in range(201)]
    for endpoint in endpoints:
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=endpoint)
    paginator = sns.get_paginator("list_subscriptions_by_topic")
    found = list(paginator.paginate(TopicArn=topic).search("Subscriptions[].Endpoint"))
    assert sorted(found) == sorted(endpoints)


def test_bus_and_its_policy(client, name):
    events = client("events")
    arn = events.create_event_bus(Name=name)["EventBusArn"]
    statement = {"Sid": "a", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                 "Action": "events:PutEvents", "Resource": arn}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    events.put_permission(EventBusName=name, Policy=json.dumps(policy))
    shown = events.describe_event_bus(Name=name)
    assert (shown["Arn"], json.loads(shown["Policy"])) == (arn, policy)
    events.remove_permission(EventBusName=name, RemoveAllPermissions=True)
    [listed] = events.list_event_buses(NamePrefix=name)["EventBuses"]
    assert "Policy" not in listed
    events.delete_event_bus(Name=name)
    assert events.list_event_buses(NamePrefix=name)["EventBuses"] == []


def test_parameters_are_listed_and_deleted(client, name):
    ssm = client("ssm")
    names = [f"/{name}/{index}" for index in range(3)]
    for each in names:
        ssm.put_parameter(Name=each, Value="x", Type="String", Description="judge")
    answer = ssm.get_parameters(Names=[names[0], f"/{name}/none"])
    assert ([each["Name"] for each in answer["Parameters"]], answer["InvalidParameters"]) == (names[:1], [f"/{name}/none"])
    assert set(names) <= {each["Name"] for each in pages(ssm, "describe_parameters", "Parameters", 1)}
    ssm.delete_parameter(Name=names[0])
    answer = ssm.delete_parameters(Names=names)
    assert (sorted(answer["DeletedParameters"]), answer["InvalidParameters"]) == (names[1:], names[:1])


def test_a_secure_parameter_is_readable_on_request_only(client, aws, name):
    ssm = client("ssm")
    parameter = f"/{name}/webhook"
    ssm.put_parameter(Name=parameter, Value="https://hooks", Type="SecureString", KeyId="alias/aws/ssm")
    assert ssm.get_parameter(Name=parameter)["Parameter"]["Value"] != "https://hooks"
    shown = aws("ssm", "get-parameter", "--name", parameter, "--with-decryption")["Parameter"]
    assert (shown["Value"], shown["Type"]) == ("https://hooks", "SecureString")
    for each in [
        ssm.get_parameters(Names=[parameter, f"/{name}/none"], WithDecryption=True)["Parameters"],
        ssm.get_parameters_by_path(Path=f"/{name}", WithDecryption=True)["Parameters"],
    ]:
        assert [found["Value"] for found in each] == ["https://hooks"]
    with refused("InvalidKeyId"):
        ssm.put_parameter(Name=f"/{name}/own", Value="x", Type="SecureString", KeyId="alias/own")
