"""ministack and the local account, on free ports of this machine, each for as long as a `with` lasts."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[3]
# the local account's; ministack takes an access key id of twelve digits for an account, as the local account does
ACCOUNT = '111122223333'
REGION = 'eu-west-2'
STOP_SECONDS = 10


def stop(process):
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def bare_environment(scratch, node):
    """Nothing of this machine's AWS settings, which functions on ministack would inherit."""
    return {'PATH': f'{node.parent}:{os.environ["PATH"]}', 'HOME': str(scratch), 'TMPDIR': str(scratch)}


@contextmanager
def ministack(scratch, node):
    """Gives its endpoint at once: calls wait until it listens. Its log is `ministack.log`."""
    settings = {
        'MINISTACK_HOST': '127.0.0.1',
        'MINISTACK_ACCOUNT_ID': ACCOUNT,
        'MINISTACK_REGION': REGION,
        # these would listen on ports of their own, for everyone
        'SFTP_ENABLED': '0',
        'IOT_MTLS_ENABLED': '0',
    }
    # not its own program, which takes no socket that somebody else has opened
    server = [sys.executable, '-m', 'hypercorn', 'ministack.app:app', '--workers', '0']
    with socket.create_server(('127.0.0.1', 0)) as listener, open(scratch / 'ministack.log', 'w') as log:
        port = str(listener.getsockname()[1])
        process = subprocess.Popen(
            [*server, '--bind', f'fd://{listener.fileno()}'],
            pass_fds=[listener.fileno()],
            env=bare_environment(scratch, node) | settings | {'GATEWAY_PORT': port},
            stdout=log,
            stderr=log,
        )
    endpoint = f'http://127.0.0.1:{port}'
    try:
        yield endpoint
    finally:
        try:
            # ends the processes of its functions
            if process.poll() is None:
                request = urllib.request.Request(f'{endpoint}/_ministack/reset', b'')
                urllib.request.urlopen(request, timeout=STOP_SECONDS).close()
        finally:
            stop(process)


@contextmanager
def local_account(scratch):
    """Gives a function, which waits for the demo's seed and answers with the endpoint."""
    node = Path(shutil.which('node'))
    process = subprocess.Popen(
        [node, ROOT / 'dist' / 'cli.cjs', 'local', '--seed', 'demo', '--port', '0'],
        env=bare_environment(scratch, node),
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = []

    def endpoint():
        if not lines:
            lines.append(process.stdout.readline())
        if not lines[0]:
            raise RuntimeError('the local account did not start')
        return json.loads(lines[0])['endpoint']

    try:
        yield endpoint
    finally:
        stop(process)
