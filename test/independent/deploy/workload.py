"""Two services of the demo's account, of which one breaks rules, and events about them as ECS sends them."""

import json
from pathlib import Path

EVENTS = Path(__file__).parents[2] / 'fixtures' / 'events'
CLUSTER = 'shop'
# its tasks have IPv4 alone, and so has all that it needs
FAULTY = 'legacy'
# its tasks are as they should be; a target and a Cloud Map instance are left over from one that is gone
HEALTHY = 'web'


class Workload:
    def __init__(self, session, endpoint):
        ecs, ssm = (session.client(name, endpoint_url=endpoint) for name in ('ecs', 'ssm'))
        self.policy = ssm.get_parameter(Name='/ecs-ipv6/policy')['Parameter']['Value']
        found = ecs.describe_services(cluster=CLUSTER, services=[FAULTY, HEALTHY])['services']
        self.services = {one['serviceName']: one for one in found}
        self.tasks = {}
        for name in self.services:
            tasks = ecs.list_tasks(cluster=CLUSTER, serviceName=name)['taskArns']
            self.tasks[name] = ecs.describe_tasks(cluster=CLUSTER, tasks=tasks)['tasks'][0]

    def task_event(self, name):
        task = self.tasks[name]
        told = ['clusterArn', 'group', 'lastStatus', 'launchType', 'startedBy', 'taskArn', 'taskDefinitionArn', 'version']
        return event('ecs-task-running', [task['taskArn']], {key: task[key] for key in told})

    def deployment_event(self, name, event_name):
        service = self.services[name]
        about = {'clusterArn': service['clusterArn'], 'eventName': event_name}
        return event('ecs-deployment-without-account', [service['serviceArn']], about)

    def faults_of_task(self):
        """By rule, what is told of once an event about the faulty task is worked off."""
        return {'task-without-ipv6': self.tasks[FAULTY]['taskArn']}

    def faults_of_services(self):
        """Likewise of events about both services: EC2, Elastic Load Balancing and Cloud Map have to answer for these."""
        faulty, healthy = self.services[FAULTY], self.services[HEALTHY]
        return {
            'image-not-dual-stack': faulty['taskDefinition'],
            'service-subnet-not-ipv6-only': faulty['serviceArn'],
            'service-target-group-not-ipv6': faulty['serviceArn'],
            'target-orphaned': healthy['loadBalancers'][0]['targetGroupArn'],
            'cloudmap-instance-orphaned': healthy['serviceRegistries'][0]['registryArn'],
        }


def event(fixture, resources, detail):
    """As an entry of PutEvents."""
    sample = json.loads((EVENTS / f'{fixture}.json').read_text())
    return {
        'Source': sample['source'],
        'DetailType': sample['detail-type'],
        'Resources': resources,
        'Detail': json.dumps(sample['detail'] | detail),
    }
