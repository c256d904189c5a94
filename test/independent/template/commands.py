"""Runs the shell blocks of docs/operations.md with stand-ins for their programs; see .ci/steps/operations.sh."""

import argparse
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / 'docs' / 'operations.md'
# a port where nobody listens
NOWHERE = 'http://127.0.0.1:1'

# what an output of the stack would be; the guide takes them from there
GIVEN = {
    'FAILED_QUEUE_URL': f'{NOWHERE}/111122223333/failed',
    'UNDELIVERED_QUEUE_URL': f'{NOWHERE}/111122223333/undelivered',
    'INVOKE_FUNCTION_NAME': 'invoke',
    'SWEEP_FUNCTION_NAME': 'sweep',
    'ALERT_QUEUE_URL': f'{NOWHERE}/111122223333/alerts',
    'STATE_TABLE_NAME': 'table',
}

# what a queue holds once for each block, so that what is done about it is tried
MESSAGE = json.dumps({
    'Messages': [{'ReceiptHandle': 'r', 'Body': json.dumps({'requestContext': {}, 'detail-type': 'Finding State Change'})}]
})

AWS = """#!/bin/sh
said=$("{program}" --endpoint-url {nowhere} --no-sign-request --cli-connect-timeout 2 "$@" 2>&1 >/dev/null)
case $said in
  *'Could not connect to the endpoint'*)
    echo aws >>"{log}"
    case $2 in receive-message) cat "{message}" && : >"{message}" ;; *) echo something ;; esac ;;
  *) echo "aws $*: $(echo "$said" | tail -n 3)" >>"{problems}" ;;
esac
"""
# words that begin with -- have to be in the help of the subcommand
HELP = """#!/bin/sh
name={name}
if ! help=$({program} "$1" --help 2>&1); then echo "$name $1: $help" >>"{problems}"; fi
for word in "$@"; do
  case $word in
    --*) case $help in *"$word"*) ;; *) echo "$name $1 has no $word" >>"{problems}" ;; esac ;;
  esac
done
echo "$name" >>"{log}"
"""
NOTHING = '#!/bin/sh\necho {name} >>"{log}"\n'


def write_program(file, text):
    file.write_text(text)
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ['--aws', '--sam', '--scratch']:
        parser.add_argument(name, type=Path, required=True)
    options = parser.parse_args()
    programs, work = options.scratch / 'bin', options.scratch / 'work'
    programs.mkdir()
    work.mkdir()
    (work / 'policy.yaml').write_text('version: 1\n')
    problems, log = options.scratch / 'problems', options.scratch / 'log'
    message = options.scratch / 'message'
    shared = {'problems': problems, 'log': log, 'nowhere': NOWHERE, 'message': message}
    write_program(programs / 'aws', AWS.format(program=options.aws, **shared))
    write_program(programs / 'sam', HELP.format(name='sam', program=f'"{options.sam}"', **shared))
    ours = f'node --import "{ROOT}/node_modules/tsx/dist/loader.mjs" "{ROOT}/lib/cli/main.ts"'
    write_program(programs / 'ecs-ipv6', HELP.format(name='ecs-ipv6', program=ours, **shared))
    for name in ['git', 'npm']:
        write_program(programs / name, NOTHING.format(name=name, **shared))

    blocks = re.findall(r'^ *```sh\n(.*?)^ *```', GUIDE.read_text(), re.MULTILINE | re.DOTALL)
    inline = re.findall(r'`((?:ecs-ipv6|sam) [a-z]+ [^`]*)`', GUIDE.read_text())
    environment = os.environ | GIVEN | {'PATH': f'{programs}:{os.environ["PATH"]}'}
    for block in [*blocks, *inline]:
        message.write_text(MESSAGE)
        done = subprocess.run(['bash', '-euc', block], cwd=work, env=environment, capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            problems.open('a').write(f'{block}\nexits {done.returncode}: {done.stderr}\n')
    if problems.exists():
        sys.exit(problems.read_text())
    ran = log.read_text().split() if log.exists() else []
    if ran.count('aws') < 10:
        sys.exit(f'only {ran.count("aws")} aws commands were tried: are the blocks of {GUIDE.name} still found?')
    print(f'- {len(ran)} commands of docs/operations.md, {ran.count("aws")} of them of the aws CLI')


main()
