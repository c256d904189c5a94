"""Builds and deploys the template to ministack, and follows an event from the bus to an alert; see .ci/steps/deploy.sh."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import boto3
import yaml

from flow import POLL_SECONDS, Flow, judge_flow
from servers import ACCOUNT, REGION, ROOT, local_account, ministack
from stack import LOOKED_AT, Stack
from transform import LACKING, transform
from workload import Workload

STACK = 'ecs-ipv6'
SUBSCRIBER = 'people'
# Whatever has a condition of its own is there. What may be done stays at the default: observe.
SWITCHED_ON = {
    'AlertEmail': 'team@example.com',
    'AlertQueueArn': f'arn:aws:sqs:{REGION}:{ACCOUNT}:{SUBSCRIBER}',
    'CallRecords': 'yes',
    'ChatTopic': 'yes',
}
LIMIT_SECONDS = 300
LOG_LINES = 60


def run(*command, **environment):
    """What it prints."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT_SECONDS,
    )
    if done.returncode != 0:
        sys.exit(f'{" ".join(map(str, command[:2]))} exits {done.returncode}:\n{done.stdout}')
    return done.stdout


def build(sam, scratch):
    """The folder with the template and the bundles."""
    folder = scratch / 'build'
    run(sam, 'build', '--no-cached', '--build-dir', folder, '--region', REGION)
    return folder


def deploy(sam, template, endpoint):
    """As samconfig.toml says, but without asking."""
    overrides = [f'{name}={value}' for name, value in SWITCHED_ON.items()]
    flags = ['--config-file', ROOT / 'samconfig.toml', '--no-confirm-changeset', '--no-progressbar']
    there = {'AWS_ENDPOINT_URL': endpoint, 'AWS_DEFAULT_REGION': REGION}
    keys = {'AWS_ACCESS_KEY_ID': ACCOUNT, 'AWS_SECRET_ACCESS_KEY': 'test'}
    run(sam, 'deploy', *flags, '--template-file', template, '--parameter-overrides', *overrides, **there, **keys)


def judge_row(row, count, cloudformation):
    """Whether the row of `LACKING` is still needed, as sentences."""
    if count == 0:
        return [f'the template has no {row.what} any more: drop the row']
    name = 'least'
    template = json.dumps({'Resources': {'One': row.least}})
    cloudformation.create_stack(StackName=name, TemplateBody=template, OnFailure='DO_NOTHING')
    while cloudformation.describe_stacks(StackName=name)['Stacks'][0]['StackStatus'] == 'CREATE_IN_PROGRESS':
        time.sleep(POLL_SECONDS)
    events = cloudformation.describe_stack_events(StackName=name)['StackEvents']
    cloudformation.delete_stack(StackName=name)
    said = [event['ResourceStatusReason'] for event in events if event.get('ResourceStatusReason')]
    return [] if any(row.refusal in one for one in said) else [f'ministack does not refuse {row.what}, but says {said}']


def judge_table(endpoint):
    """The contract of the state store, on its DynamoDB."""
    said = run('npx', 'jest', 'test/state/item-store.test.ts', '-t', 'the DynamoDB at', STATE_CONTRACT_ENDPOINT=endpoint)
    passed = re.search(r'^Tests: .* (\d+) passed', said, re.MULTILINE)
    return ([], int(passed[1])) if passed else ([f'no test of the state store has run:\n{said}'], 0)


def judge(options, endpoint, workload_endpoint):
    started = time.monotonic()
    folder = build(options.sam, options.scratch)
    text = (folder / 'template.yaml').read_text()
    changed = yaml.safe_load(text)
    counts = transform(changed, workload_endpoint())
    # in the same folder: functions are named by their folders in it
    template = folder / 'deployed.yaml'
    template.write_text(yaml.safe_dump(changed))

    there = boto3.Session(aws_access_key_id=ACCOUNT, aws_secret_access_key='test', region_name=REGION)
    workload = Workload(there, workload_endpoint())
    os.environ['AWS_ENDPOINT_URL'] = endpoint
    there.client('sqs').create_queue(QueueName=SUBSCRIBER)
    there.client('ssm').put_parameter(Name='/ecs-ipv6/policy', Type='String', Value=workload.policy)
    deploy(options.sam, template, endpoint)
    stack = Stack(there, STACK)
    # of the template as it was before anything was taken from it
    resources = {name: one for name, one in yaml.safe_load(text)['Resources'].items() if one['Type'] in LOOKED_AT}
    problems = stack.differences(resources, folder)
    for row in LACKING:
        problems += judge_row(row, counts[row.what], stack.cloudformation)
    built = time.monotonic()
    faults, steps = judge_flow(Flow(stack, there, SUBSCRIBER), workload)
    flowed = time.monotonic()
    failures, tests = judge_table(endpoint)
    if problems := problems + faults + failures:
        sys.exit('\n'.join(problems))
    count, rules = len(resources), ', '.join([*workload.faults_of_task(), *workload.faults_of_services()])
    print(f'- sam build, sam deploy: {count} resources are on ministack as the template has them ({built - started:.1f} s)')
    for row in LACKING:
        print(f'- left out: {row.what} ({counts[row.what]}); {row.reason}')
    print(f'- from event to subscriber, in {steps} steps: {rules}; each once, and nothing else ({flowed - built:.1f} s)')
    print(f'- its DynamoDB: {tests} tests of the state store')
    print(f'- judged by ministack {version("ministack")}; Node {run(options.node, "--version").strip()} runs the functions')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ['--sam', '--scratch']:
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument('--node', type=Path, default=shutil.which('node'), help='that runs the functions')
    options = parser.parse_args()
    with ministack(options.scratch, options.node) as endpoint, local_account(options.scratch) as workload_endpoint:
        try:
            judge(options, endpoint, workload_endpoint)
        except BaseException:
            log = (options.scratch / 'ministack.log').read_text().splitlines()
            print('\n'.join(log[-LOG_LINES:]), file=sys.stderr)
            raise


main()
