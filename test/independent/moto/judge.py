"""The command line against moto: `audit` has to find what was seeded, and nothing else."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from seed import Account, seed_compliant, seed_faults, seed_unrelated

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
POLICY = HERE / 'policy.yaml'
COMPLIANT, VIOLATIONS = 0, 1


def audit(*flags):
    command = ['npm', 'run', '-s', 'cli', '--', 'audit', '--format', 'json', *flags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.stderr or not done.stdout:
        sys.exit(f'{command} exits {done.returncode}: {done.stderr}')
    return done.returncode, json.loads(done.stdout)


def compare(what, flags, seeded, exit_code):
    """Compares as multisets: a finding that is told twice is one too many."""
    expected, gaps = seeded
    found_code, report = audit(*flags)
    found = Counter((f['status'], f['rule'], f['resource']) for f in report['findings'])
    wanted = Counter(expected)
    unread = {(gap['call'], tuple(gap['resources'])) for gap in report['gaps']}
    problems = [f'missing: {finding}' for finding in wanted - found]
    problems += [f'extra: {finding}' for finding in found - wanted]
    problems += [f'not read: {gap}' for gap in unread - gaps]
    problems += [f'read, against expectation: {gap}' for gap in gaps - unread]
    problems += [f'would write: {outcome}' for outcome in report['actions']]
    problems += [f'policy: {problem}' for problem in report['policyProblems']]
    if found_code != exit_code:
        problems.append(f'exit code {found_code}, not {exit_code}')
    if problems:
        sys.exit('\n'.join([f'{what}:', *problems]))
    rules = len({rule for _, rule, _ in expected})
    calls = sum(report['apiCalls'].values())
    seen = f'{len(expected)} findings of {rules} rules, as seeded'
    print(f'- {what}: {seen}, by {calls} API calls; exit code {exit_code}')


account = Account(os.environ['AWS_ENDPOINT_URL'])
faults = seed_faults(account, 'shop')
seed_faults(account, 'outside')
seed_compliant(account, 'clean')
seed_unrelated(account)

policy = ['--policy', str(POLICY)]
compare('moto, whole account', policy, faults, VIOLATIONS)
compare('moto, cluster with faults', [*policy, '--cluster', 'shop'], faults, VIOLATIONS)
compare('moto, cluster without faults', [*policy, '--cluster', 'clean'], (set(), set()), COMPLIANT)
