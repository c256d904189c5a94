"""The aws CLI, kept running, as starting it takes longer than most commands: reads a list of arguments as a line of JSON,
and answers with a line of JSON. In a process of its own, for it brings a botocore of its own."""

import contextlib
import io
import json
import sys

# First, as it decides which botocore is imported.
from awscli.clidriver import create_clidriver

import botocore.waiter
from account_clock import AccountClock

botocore.waiter.time = AccountClock()
driver = create_clidriver()
succeeded = []


def note(http_response, model, **_):
    if http_response.status_code < 300:
        succeeded.append([model.service_model.service_name, model.name])


driver.session.register("after-call", note)
for line in sys.stdin:
    said, complained = io.StringIO(), io.StringIO()
    succeeded.clear()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        try:
            code = driver.main(json.loads(line))
        except SystemExit as wrong_arguments:
            code = wrong_arguments.code
    answer = {"code": code, "said": said.getvalue(), "complained": complained.getvalue(), "succeeded": succeeded}
    print(json.dumps(answer), flush=True)
