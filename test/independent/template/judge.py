"""The template before SAM, cfn-lint, checkov and cfn-guard; see .ci/steps/template.sh."""

import argparse
import filecmp
import json
import platform
import subprocess
import sys
import time
from pathlib import Path

import yaml

from exceptions import Exceptions
from resolve import resolve
from translate import translate

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TEMPLATE = ROOT / 'infra' / 'template.yaml'
# one of each partition that AWS offers to everyone who asks
REGIONS = ['eu-west-2', 'us-gov-west-1', 'cn-north-1']
LIMIT_SECONDS = 300
# what an operator may switch on; each of the other parameters is a number or a choice that adds no resource
SWITCHED_ON = {
    'Permissions': 'enforce',
    'PermissionsBoundaryArn': 'arn:aws:iam::111122223333:policy/boundary',
    'KmsKeyArn': 'arn:aws:kms:eu-west-2:111122223333:key/00000000-0000-0000-0000-000000000000',
    'CallRecords': 'yes',
    'ReservedConcurrency': '5',
    'AlertEmail': 'team@example.com',
    'AlertQueueArn': 'arn:aws:sqs:eu-west-2:111122223333:alerts',
    'ChatTopic': 'yes',
    'SlackSecretArn': 'arn:aws:secretsmanager:eu-west-2:111122223333:secret:slack',
    'SlackParameter': '/slack',
    'SlackKeyArn': 'arn:aws:kms:eu-west-2:111122223333:key/11111111-1111-1111-1111-111111111111',
}


def run(*command, may_fail=False):
    """Its standard output."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    if done.returncode != 0 and not may_fail:
        sys.exit(f'{command[0]} exits {done.returncode}:\n{done.stdout}{done.stderr}')
    return done.stdout


def lint(tools, file, regions):
    """Everything that cfn-lint has to say, remarks included: I3042, a partition written out, is only one of those."""
    command = [tools / 'cfn-lint', '--format', 'json', '--include-checks', 'I', '--regions', *regions, '--template', file]
    return [
        (match['Rule']['Id'], resource_of(match), match['Message']) for match in json.loads(run(*command, may_fail=True))
    ]


def resource_of(match):
    path = match['Location']['Path'] or []
    return str(path[1] if len(path) > 1 else path[0] if path else 'the template')


def scan(tools, file):
    """What checkov finds fault with."""
    command = [tools / 'checkov', '--skip-download', '--quiet', '--framework', 'cloudformation', '--output', 'json']
    found = json.loads(run(*command, '--file', file, may_fail=True))
    if found['summary']['parsing_errors'] or not found['summary']['passed']:
        sys.exit(f'checkov could not read {file}: {found["summary"]}')
    checks = found['results']['failed_checks']
    return [(check['check_id'], check['resource'].split('.')[-1], check['check_name']) for check in checks]


def guard_binary(package):
    system = {'Linux': 'ubuntu', 'Darwin': 'macos'}.get(platform.system())
    machine = {'arm64': 'aarch64'}.get(platform.machine(), platform.machine())
    return package / 'bin' / str(system) / machine / 'cfn-guard'


def guard(folder, file):
    """What AWS Control Tower's proactive controls find fault with."""
    package = folder / 'node_modules' / '@cdklabs' / 'cdk-validator-cfnguard'
    command = [guard_binary(package), 'validate', '--rules', package / 'rules', '--data', file]
    [found] = json.loads(run(*command, '--structured', '--output-format', 'json', '--show-summary', 'none', may_fail=True))
    if not found['compliant']:
        sys.exit(f'cfn-guard judged nothing in {file}')
    return [fault for rule in found['not_compliant'] for fault in guard_faults(rule['Rule'])]


def guard_faults(rule):
    """One for each resource: the places lie deep in the answer, as `/Resources/NAME/...`."""
    resources, messages = set(), []

    def visit(node):
        if isinstance(node, dict):
            path = node.get('path')
            if isinstance(path, str) and path.startswith('/Resources/'):
                resources.add(path.split('/')[2])
            if node.get('custom_message'):
                messages.append(node['custom_message'].strip().split('\n')[0])
            for inner in node.values():
                visit(inner)
        elif isinstance(node, list):
            for inner in node:
                visit(inner)

    visit(rule)
    message = messages[0] if messages else rule['name']
    return [(rule['name'], resource, message) for resource in sorted(resources) or ['the template']]


def build(tools, scratch):
    """`sam build`, which finds the template by samconfig.toml: every function's folder has to come out as it went in."""
    run(tools / 'sam', 'build', '--no-cached', '--build-dir', scratch / 'sam' / 'build', '--region', REGIONS[0])
    template = yaml.load(TEMPLATE.read_text(), Loader=PlainLoader)
    functions = {
        name: (TEMPLATE.parent / resource['Properties']['CodeUri']).resolve()
        for name, resource in template['Resources'].items()
        if resource['Type'] == 'AWS::Serverless::Function'
    }
    problems = []
    for name, built in functions.items():
        packaged = scratch / 'sam' / 'build' / name
        compared = filecmp.dircmp(built, packaged)
        _, other, broken = filecmp.cmpfiles(built, packaged, compared.common_files, shallow=False)
        differ = [*compared.left_only, *compared.right_only, *other, *broken]
        if differ or 'index.js' not in compared.common_files:
            problems.append(f'sam build: {name} is not {built}: {", ".join(differ) or "no index.js"}')
    return problems, len(functions)


class PlainLoader(yaml.SafeLoader):
    """Reads the template without a look at its functions."""


PlainLoader.add_multi_constructor('!', lambda loader, suffix, node: suffix)


def judge_file(tools, file, regions, exceptions):
    problems = exceptions.judge('cfn-lint', lint(tools.sam, file, regions))
    return [f'{file.name}: {problem}' for problem in problems]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ['--sam', '--checkov', '--guard', '--scratch']:
        parser.add_argument(name, type=Path, required=True)
    tools = parser.parse_args()
    exceptions = Exceptions(HERE / 'exceptions.yaml')
    problems = []
    said = []

    def say(what, started):
        said.append(f'- {what} ({time.monotonic() - started:.1f} s)')

    started = time.monotonic()
    run(tools.sam / 'sam', 'validate', '--lint', '--template', TEMPLATE, '--region', REGIONS[0])
    say('sam validate --lint', started)

    started = time.monotonic()
    problems += judge_file(tools, TEMPLATE, REGIONS, exceptions)
    for region in REGIONS:
        file = tools.scratch / f'translated-{region}.json'
        file.write_text(json.dumps(translate(TEMPLATE.read_text(), region), indent=1))
        problems += judge_file(tools, file, [region], exceptions)
    say(f'cfn-lint: as written, and as translated for {", ".join(REGIONS)}', started)

    translated = json.loads((tools.scratch / f'translated-{REGIONS[0]}.json').read_text())
    for name, judge in [('checkov', lambda file: scan(tools.checkov, file)), ('cfn-guard', lambda file: guard(tools.guard, file))]:
        started = time.monotonic()
        checks = set()
        for variant, parameters in [('as it comes', {}), ('all switched on', SWITCHED_ON)]:
            file = tools.scratch / f'{name}.json'
            file.write_text(json.dumps(resolve(translated, parameters), indent=1))
            faults = judge(file)
            problems += [f'{name}, {variant}: {problem}' for problem in exceptions.judge(name, faults)]
            checks |= {check for check, _, _ in faults}
        say(f'{name}: {len(checks)} of its checks are not met, each for a reason that is written down', started)

    started = time.monotonic()
    faults, count = build(tools.sam, tools.scratch)
    problems += faults
    say(f'sam build leaves {count} bundles as they are', started)

    problems += exceptions.unused()
    if problems:
        sys.exit('\n'.join(problems))
    print('\n'.join(said))


main()
