"""Whether what the template names is there, by the word of each service rather than of CloudFormation."""

import io
import urllib.request
import zipfile

# the day that it does, the stack can be held to more
NOT_KEPT = 'whether ministack keeps {}'


class Stack:
    def __init__(self, session, name):
        for service in ('cloudformation', 'dynamodb', 'events', 'iam', 'lambda', 'scheduler', 'sns', 'sqs'):
            setattr(self, service.replace('lambda', 'lambdas'), session.client(service))
        pages = self.cloudformation.get_paginator('list_stack_resources').paginate(StackName=name)
        resources = [one for page in pages for one in page['StackResourceSummaries']]
        self.ids = {one['LogicalResourceId']: one['PhysicalResourceId'] for one in resources}

    def differences(self, resources, build):
        """Sentences; `build` is the folder in which the folders of the functions are."""
        problems = []
        for name, resource in resources.items():
            if name not in self.ids:
                problems.append(f'{name} is not in the stack')
                continue
            properties = resource['Properties'] | {'bundle': build / name}
            for what, found, wanted in LOOKED_AT[resource['Type']](self, self.ids[name], properties):
                if found != wanted:
                    problems.append(f'{name}: {what} is {found}, not {wanted}')
        return problems

    # each throws for what is not there, and answers with (what, as found, as wanted)

    def function(self, name, wanted):
        answer = self.lambdas.get_function(FunctionName=name, Qualifier='live')
        found = answer['Configuration']
        with urllib.request.urlopen(answer['Code']['Location']) as code, zipfile.ZipFile(io.BytesIO(code.read())) as files:
            is_ours = files.read('index.js') == (wanted['bundle'] / 'index.js').read_bytes()
        yield 'the bundle ours', is_ours, True
        yield 'Runtime', found['Runtime'], 'nodejs24.x'
        yield 'Timeout', found['Timeout'], wanted['Timeout']

    def rule(self, name, wanted):
        bus = {'EventBusName': self.ids[wanted['EventBusName']['Ref']]} if 'EventBusName' in wanted else {}
        targets = self.events.list_targets_by_rule(Rule=name, **bus)['Targets']
        yield 'State', self.events.describe_rule(Name=name, **bus)['State'], 'ENABLED'
        for target, meant in zip(targets, wanted['Targets'], strict=True):
            yield 'Arn', target['Arn'], self.queue_arn(meant['Arn'])
            yield 'RetryPolicy', target['RetryPolicy'], meant['RetryPolicy']
            yield 'DeadLetterConfig', target['DeadLetterConfig']['Arn'], self.queue_arn(meant['DeadLetterConfig']['Arn'])

    def queue_arn(self, reference):
        queue, _ = reference['Fn::GetAtt']
        return self.queue_attributes(self.ids[queue])['QueueArn']

    def queue_attributes(self, url):
        return self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['All'])['Attributes']

    def queue(self, url, wanted):
        found = self.queue_attributes(url)
        for what in ('MessageRetentionPeriod', 'VisibilityTimeout'):
            if what in wanted:
                yield what, found[what], str(wanted[what])
        yield NOT_KEPT.format('RedrivePolicy'), 'RedrivePolicy' in found, False

    def mapping(self, name, wanted):
        found = self.lambdas.get_event_source_mapping(UUID=name)
        function, _ = wanted['FunctionName']['Ref'].split('.')
        yield 'EventSourceArn', found['EventSourceArn'], self.queue_arn(wanted['EventSourceArn'])
        yield 'FunctionArn', found['FunctionArn'].split(':')[-2:], [self.ids[function], 'live']
        yield 'FunctionResponseTypes', found['FunctionResponseTypes'], wanted['FunctionResponseTypes']
        yield 'ScalingConfig', found['ScalingConfig'], wanted['ScalingConfig']

    def table(self, name, wanted):
        expiry = self.dynamodb.describe_time_to_live(TableName=name)['TimeToLiveDescription']
        yield 'KeySchema', self.dynamodb.describe_table(TableName=name)['Table']['KeySchema'], wanted['KeySchema']
        yield NOT_KEPT.format('TimeToLiveSpecification'), expiry['TimeToLiveStatus'] == 'ENABLED', False

    def schedule(self, name, wanted):
        found = self.scheduler.get_schedule(Name=name)
        function, _ = wanted['Target']['Arn']['Ref'].split('.')
        yield 'Target', found['Target']['Arn'].split(':')[-2:], [self.ids[function], 'live']

    def subscription(self, arn, wanted):
        # what GetSubscriptionAttributes answers does not name the topic here
        topic = self.ids[wanted['TopicArn']['Ref']]
        found = self.sns.list_subscriptions_by_topic(TopicArn=topic)['Subscriptions']
        yield 'Protocol', [one['Protocol'] for one in found if one['SubscriptionArn'] == arn], [wanted['Protocol']]

    def topic(self, arn, wanted):
        yield 'TopicArn', self.sns.get_topic_attributes(TopicArn=arn)['Attributes']['TopicArn'], arn

    def bus(self, name, wanted):
        yield 'Name', self.events.describe_event_bus(Name=name)['Name'], name

    def role(self, name, wanted):
        policies = self.iam.list_role_policies(RoleName=name)['PolicyNames']
        yield 'policies', sorted(policies), sorted(policy['PolicyName'] for policy in wanted.get('Policies', []))


# what the controller is made of: a stack without one of these would prove nothing
LOOKED_AT = {
    'AWS::DynamoDB::Table': Stack.table,
    'AWS::Events::EventBus': Stack.bus,
    'AWS::Events::Rule': Stack.rule,
    'AWS::IAM::Role': Stack.role,
    'AWS::Lambda::EventSourceMapping': Stack.mapping,
    'AWS::SNS::Subscription': Stack.subscription,
    'AWS::SNS::Topic': Stack.topic,
    'AWS::SQS::Queue': Stack.queue,
    'AWS::Scheduler::Schedule': Stack.schedule,
    'AWS::Serverless::Function': Stack.function,
}
