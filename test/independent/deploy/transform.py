"""What the built template loses and gains to be a stack on ministack: all of it is in the two tables here."""

from dataclasses import dataclass
from typing import Callable

from stack import LOOKED_AT


@dataclass(frozen=True)
class Lacking:
    """Something that the template asks for and ministack does not have."""

    what: str
    reason: str
    # of a resource
    has_it: Callable
    # a property that goes; None: the whole resource goes
    goes: str | None
    # the least resource with it, and part of what ministack says when it refuses this; if it does not, the row is out of date
    least: dict
    refusal: str


LACKING = [
    Lacking(
        what='rollouts',
        reason='there is no CodeDeploy: an alias points at a new version at once',
        has_it=lambda resource: 'DeploymentPreference' in resource['Properties'],
        goes='DeploymentPreference',
        least={'Type': 'AWS::CodeDeploy::Application', 'Properties': {'ComputePlatform': 'Lambda'}},
        refusal='Unsupported resource type',
    ),
    Lacking(
        what='alarms on more than one metric',
        reason='its alarms know no metric math',
        has_it=lambda resource: resource['Type'] == 'AWS::CloudWatch::Alarm' and 'Metrics' in resource['Properties'],
        goes=None,
        least={
            'Type': 'AWS::CloudWatch::Alarm',
            'Properties': {
                'EvaluationPeriods': 1,
                'Threshold': 1,
                'ComparisonOperator': 'GreaterThanThreshold',
                'Metrics': [{'Id': 'one', 'Expression': 'TIME_SERIES(1)'}],
            },
        },
        refusal='metric math',
    ),
]

# Services of the workloads, by the names that the SDK gives them in AWS_ENDPOINT_URL_...: the local account's. What belongs
# to the stack (table, queues, topics, buses, parameters) is ministack's, to which it points functions itself.
ELSEWHERE = [
    'AUTO_SCALING',
    'EC2',
    'ECS',
    'EFS',
    'ELASTIC_LOAD_BALANCING_V2',
    'SERVICEDISCOVERY',
    'VPC_LATTICE',
]


def transform(template, endpoint):
    """Changes the template; answers with how many resources each row of `LACKING` is about."""
    resources = template['Resources']
    counts = {}
    for row in LACKING:
        names = [name for name, resource in resources.items() if row.has_it(resource)]
        for name in names:
            if row.goes:
                del resources[name]['Properties'][row.goes]
            elif resources[name]['Type'] in LOOKED_AT:
                raise ValueError(f'{name} has to stay, whatever ministack lacks')
            else:
                del resources[name]
        counts[row.what] = len(names)
    variables = template['Globals']['Function']['Environment']['Variables']
    for service in ELSEWHERE:
        variables[f'AWS_ENDPOINT_URL_{service}'] = endpoint
    return counts
