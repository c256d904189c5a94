"""Whether everything that is there has been driven: runs last, and counts what the other files have done.

A new operation of the local account is missing here until a test calls it with success and makes it refuse something."""

import ledger
import pytest
from conformity import ACCEPTED

# Operations that never succeed, with the reason.
NEVER_ANSWERED = {
    ("ecs", "ExecuteCommand"): "what AWS refuses is refused; the session itself is not simulated",
}

# Operations that refuse nothing, with the reason.
NEVER_REFUSED = {
    ("autoscaling", "DescribeScalingProcessTypes"): "has no parameter",
    ("elb", "DeleteLoadBalancer"): "what is not there is deleted as well",
    ("sts", "GetCallerIdentity"): "has no parameter, and needs no permission",
}

# Paginators that cannot be made to give three pages, with the reason.
NEVER_THREE_PAGES = {}

# Failure states of waiters that nothing in the local account leads to, with the reason.
NEVER_FAILED = {
    ("ec2", "ImageAvailable"): "images come with the account, and all of them are available",
    ("lambda", "FunctionActive"): "functions come with the account, and all of them work",
    ("lambda", "FunctionUpdated"): "functions are not updated",
    ("lambda", "PublishedVersionActive"): "functions have no published versions",
}

EVERY = [(service, operation) for service, names in ledger.operations().items() for operation in names]


@pytest.fixture(autouse=True)
def everything_ran(request):
    """A part of the tests drives a part of the operations, and says nothing about the rest."""
    if request.config.option.keyword or len({item.path for item in request.session.items}) < 10:
        pytest.skip("only a part of the judges ran")


def expect_none(missing):
    assert not missing, "\n".join(" ".join(each) for each in sorted(missing))


def test_every_operation_is_driven():
    expect_none([each for each in EVERY if not ledger.answered[each] and each not in NEVER_ANSWERED])
    expect_none([each for each in NEVER_ANSWERED if ledger.answered[each]])


def test_every_operation_refuses_something():
    expect_none([each for each in EVERY if each not in ledger.refusals and each not in NEVER_REFUSED])
    expect_none([each for each in NEVER_REFUSED if each in ledger.refusals])


def test_every_paginator_turns_pages():
    few = [each for each in ledger.paginators() if ledger.most_pages[each] < 3]
    expect_none([each for each in few if each not in NEVER_THREE_PAGES])


def test_every_waiter_ends_well_and_badly():
    waiters = ledger.waiters()
    expect_none([each for each in waiters if each not in ledger.waited])
    failing = {each for each, states in waiters.items() if "failure" in states}
    expect_none(failing - ledger.failed_waiters - set(NEVER_FAILED))


def test_every_reading_command_is_run():
    expect_none([each for each in ledger.reads() if not ledger.by_command_line[each]])


def test_no_exception_is_stale():
    expect_none(set(ACCEPTED) - ledger.accepted)
