"""From an event on the bus to what subscribers of the alert topic get."""

import json
import re
import time

from workload import FAULTY, HEALTHY

# a message that a function could not work off stays hidden for longer
WORKED_OFF_SECONDS = 60
POLL_SECONDS = 0.2


class Flow:
    def __init__(self, stack, session, subscriber):
        """`subscriber` is the name of the queue that subscribed."""
        self.stack = stack
        self.sqs, self.events = session.client('sqs'), session.client('events')
        self.subscriber = self.sqs.get_queue_url(QueueName=subscriber)['QueueUrl']

    def after(self, *events):
        """
        What people are told, as (rule, state, resource), once these events are worked off: queues are empty, nothing is in
        flight. ministack hands on what it gets before it answers, so that the next queue has it before a function has ended.
        """
        answer = self.events.put_events(Entries=list(events))
        if answer['FailedEntryCount'] != 0:
            raise RuntimeError(f'an event is refused: {answer}')
        for queue in ('TaskQueue', 'AlertQueue'):
            self.wait_until(f'{queue} is worked off', lambda queue=queue: self.messages_in(queue) == 0)
        return sorted(self.told())

    def wait_until(self, what, holds):
        until = time.monotonic() + WORKED_OFF_SECONDS
        while not holds():
            if time.monotonic() > until:
                raise TimeoutError(f'not yet after {WORKED_OFF_SECONDS} s: {what}')
            time.sleep(POLL_SECONDS)

    def messages_in(self, queue):
        """Those in flight too."""
        attributes = self.stack.queue_attributes(self.stack.ids[queue])
        return sum(int(attributes[f'ApproximateNumberOfMessages{state}']) for state in ('', 'NotVisible'))

    def told(self):
        while messages := self.sqs.receive_message(QueueUrl=self.subscriber, MaxNumberOfMessages=10).get('Messages'):
            for message in messages:
                notification = json.loads(message['Body'])
                if notification['TopicArn'] != self.stack.ids['AlertTopic']:
                    raise RuntimeError(f'not from the alert topic: {notification}')
                attributes = {name: one['Value'] for name, one in notification['MessageAttributes'].items()}
                resources = re.findall(r'^  (arn:\S+) \(since ', notification['Message'], re.MULTILINE)
                for rule, resource in zip(json.loads(attributes['rule']), resources, strict=True):
                    yield rule, attributes['state'], resource.split('#')[0]
                self.sqs.delete_message(QueueUrl=self.subscriber, ReceiptHandle=message['ReceiptHandle'])

    def last_batch(self):
        """What has become of it, in words of ministack."""
        mapping = self.stack.ids['TaskQueueMapping']
        return self.stack.lambdas.get_event_source_mapping(UUID=mapping)['LastProcessingResult']


def news(faults):
    return sorted((rule, 'new', resource) for rule, resource in faults.items())


def judge_flow(flow, workload):
    """What is wrong, as sentences, and how many steps there were."""
    problems = []
    told = {}

    def step(what, expected, *events):
        told[what] = flow.after(*events)
        if told[what] != expected:
            problems.append(f'{what}: people are told of {told[what]}, not of {expected}')

    rule = {'Name': flow.stack.ids['TaskRule']}
    healthy, faulty = workload.task_event(HEALTHY), workload.task_event(FAULTY)
    at_first = flow.last_batch()
    flow.events.disable_rule(**rule)
    step('the rule is off', [], faulty)
    flow.events.enable_rule(**rule)
    step('the rule is about other deployments', [], workload.deployment_event(FAULTY, 'SERVICE_DEPLOYMENT_IN_PROGRESS'))
    if flow.last_batch() != at_first:
        problems.append('what no rule lets through has come to a function')
    # the same way, to its end: that nothing is told has to be the function's word
    step('the task has no fault', [], healthy)
    flow.wait_until('a function has looked at the task without a fault', lambda: flow.last_batch() != at_first)
    step('one of two tasks has a fault', news(workload.faults_of_task()), healthy, faulty)
    step('the event comes again', [], faulty)
    completed = [workload.deployment_event(name, 'SERVICE_DEPLOYMENT_COMPLETED') for name in (FAULTY, HEALTHY)]
    step('services have faults', news(workload.faults_of_services()), *completed)
    return problems, len(told)
