"""SQS, SNS, EventBridge and Parameter Store, as boto3 and the aws CLI see them."""

import json
import time

import pytest
from conftest import pages, refused


DEADLINE_SECONDS = 15


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
    until = time.monotonic() + DEADLINE_SECONDS
    while time.monotonic() < until:
        asked = {"WaitTimeSeconds": 1, "MessageAttributeNames": ["All"], **parameters}
        found = sqs.receive_message(QueueUrl=url, **asked)
        if found.get("Messages"):
            return found["Messages"][0]
    raise AssertionError(f"no message in {url} after {DEADLINE_SECONDS} s")


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
    found = pages(ssm, "get_parameters_by_path", "Parameters", size=10, Path=root, Recursive=True)
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
