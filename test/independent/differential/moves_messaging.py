"""Queues, topics, rules and parameters."""

import json

from plan import fresh, needs, read, write


def make_queue(rng, world):
    delay = str(rng.choice([0, 5]))
    makes = {'queue': 'QueueUrl'}
    return write('sqs', 'create_queue', makes, QueueName=fresh(rng, 'queue'), Attributes={'DelaySeconds': delay})


@needs('queue')
def queue_attributes(rng, queue):
    names = ['DelaySeconds', 'VisibilityTimeout', 'MaximumMessageSize', 'MessageRetentionPeriod', 'QueueArn']
    return read('sqs', 'get_queue_attributes', QueueUrl=queue, AttributeNames=names)


@needs('queue')
def send(rng, queue):
    return write('sqs', 'send_message', QueueUrl=queue, MessageBody=rng.choice(['hello', 'x' * 100, '']))


@needs('queue')
def send_batch(rng, queue):
    ids = rng.choice([['a', 'b'], ['a', 'a'], [str(number) for number in range(11)], []])
    return write('sqs', 'send_message_batch', QueueUrl=queue, Entries=[{'Id': i, 'MessageBody': 'x'} for i in ids])


@needs('queue')
def delete_queue(rng, queue):
    return write('sqs', 'delete_queue', ends=[queue], QueueUrl=queue)


def make_topic(rng, world):
    return write('sns', 'create_topic', {'topic': 'TopicArn'}, Name=fresh(rng, 'topic'))


@needs('topic')
def topic_attributes(rng, topic):
    return read('sns', 'get_topic_attributes', TopicArn=topic)


@needs('topic')
def announce(rng, topic):
    return write('sns', 'publish', TopicArn=topic, Message=rng.choice(['hello', '']), Subject='a subject')


@needs('topic')
def subscriptions_of(rng, topic):
    return read('sns', 'list_subscriptions_by_topic', TopicArn=topic)


def make_rule(rng, world):
    pattern = rng.choice([{'source': ['aws.ecs']}, {'source': []}, {'detail': {'n': [{'numeric': ['>', 1]}]}}])
    makes = {'rule': 'RuleArn'}
    return write('events', 'put_rule', makes, Name=fresh(rng, 'rule'), EventPattern=json.dumps(pattern))


@needs('rule')
def describe_rule(rng, rule):
    return read('events', 'describe_rule', Name=rule.ours.split('/')[-1])


@needs('rule')
def targets_of(rng, rule):
    return read('events', 'list_targets_by_rule', Rule=rule.ours.split('/')[-1])


def put_events(rng, world):
    entry = {'Source': 'app', 'DetailType': 'x', 'Detail': rng.choice(['{}', '{"a": 1}', 'no json'])}
    return write('events', 'put_events', Entries=[entry] * rng.choice([1, 2, 11]))


def put_parameter(rng, world):
    name = rng.choice(world.of('parameter')) if world.of('parameter') and rng.random() < 0.5 else None
    name = name or f'/app/{fresh(rng, "parameter")}'
    plan = write('ssm', 'put_parameter', Name=name, Value=rng.choice(['a', 'b']), Type='String')
    plan.parameters['Overwrite'] = rng.random() < 0.7
    plan.keep = lambda world, ours, theirs: isinstance(name, str) and world.add('parameter', name, name)
    return plan


@needs('parameter')
def get_parameter(rng, parameter):
    return read('ssm', 'get_parameter', Name=parameter)


@needs('parameter')
def get_parameters(rng, parameter):
    return read('ssm', 'get_parameters', Names=[parameter, '/app/nobody'])


@needs('parameter')
def delete_parameter(rng, parameter):
    return write('ssm', 'delete_parameter', ends=[parameter], Name=parameter)


def who(rng, world):
    return read('sts', 'get_caller_identity')


MESSAGING = [
    *[make_queue, make_topic, make_rule, put_parameter, put_parameter],
    *[queue_attributes, send, send_batch, delete_queue, topic_attributes, announce, subscriptions_of],
    *[describe_rule, targets_of, put_events, get_parameter, get_parameters, delete_parameter, who],
]
