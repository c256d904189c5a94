"""Notes what the judges drive: operations, answers, paginators and waiters, and what there is to be driven.

Paginators and waiters are noted where botocore runs them, whoever asks; operations by the hook of the clients."""

import json
import os
from collections import Counter
from functools import cache

import boto3
import botocore.paginate
import botocore.waiter
from botocore import xform_name
from botocore.exceptions import WaiterError
from botocore.utils import EVENT_ALIASES, hyphenize_service_id
from conformity import NOT_SIMULATED, complaints, exception_for

# All by (service, operation), the service as boto3 names it; what the aws CLI has called with success apart.
answered = Counter()
refusals = {}
by_command_line = Counter()
most_pages = Counter()
# By (service, name of the waiter).
waited = set()
failed_waiters = set()

answers = Counter()
# Keys of conformity.ACCEPTED that were needed.
accepted = set()


def judge(http_response, model, **_):
    """For `after-call`: holds an answer against the model and notes it."""
    found = []
    for each in complaints(model, http_response):
        exception = exception_for(each)
        if exception:
            accepted.add(exception)
        else:
            found.append(each)
    assert not found, "\n".join(f"{each.place} {each.text} ({each.kind})" for each in found)
    answers["validated"] += 1


def note_call(http_response, parsed, model, **_):
    """For `after-call` of boto3's clients."""
    key = (model.service_model.service_name, model.name)
    if http_response.status_code < 300:
        answered[key] += 1
    else:
        code = parsed["Error"]["Code"]
        if code not in (NOT_SIMULATED[0], "DryRunOperation"):
            refusals.setdefault(key, set()).add(code)


def summary():
    """What a run has done, in figures."""
    there = sum(len(names) for names in operations().values())
    driven = len(set(answered) | set(refusals))
    pages = sum(1 for count in most_pages.values() if count > 2)
    return (
        f"{driven} of {there} operations driven, {len(by_command_line)} of them by the aws CLI, "
        f"{answers['validated']} answers validated, {pages} paginators over three pages or more, "
        f"{len(waited)} waiters to success and {len(failed_waiters)} to failure, {len(accepted)} kinds of exception"
    )


def operation_of(method):
    """(service, operation) that a client's method calls, or a waiter's or a paginator's wrapper of it."""
    client = method.__self__
    names = client.meta.method_to_api_mapping
    return client.meta.service_model.service_name, names[method.__name__]


def watch_paginators():
    """Notes the most pages that each paginator has seen in one go."""
    walk = botocore.paginate.PageIterator.__iter__

    def noted(self):
        key = operation_of(self._method)
        for count, page in enumerate(walk(self), 1):
            most_pages[key] = max(most_pages[key], count)
            yield page

    botocore.paginate.PageIterator.__iter__ = noted


def watch_waiters(clock):
    """Notes how each waiter has ended, and lets it sleep by the account's clock."""
    botocore.waiter.time = clock
    wait = botocore.waiter.Waiter.wait

    def noted(self, **parameters):
        service, _ = operation_of(self._operation_method._client_method)
        try:
            wait(self, **parameters)
            waited.add((service, self.name))
        except WaiterError as error:
            if "terminal failure state" in str(error) or "An error occurred" in str(error):
                failed_waiters.add((service, self.name))
            raise

    botocore.waiter.Waiter.wait = noted


@cache
def account():
    """What the local account says of itself: `control`, `operations`."""
    return json.loads(os.environ["LOCAL_ACCOUNT"])


@cache
def operations():
    """Operations that are there, by service as boto3 names it."""
    return {service_called(service_id): names for service_id, names in account()["operations"].items()}


def service_called(service_id):
    """boto3's name for a service, e.g. `elbv2` for `Elastic Load Balancing v2`."""
    hyphenized = hyphenize_service_id(service_id)
    names = [hyphenized, *(name for name, alias in EVENT_ALIASES.items() if alias == hyphenized)]
    there = set(boto3.Session().get_available_services())
    for name in names:
        if name in there and model(name).meta.service_model.service_id == service_id:
            return name
    raise AssertionError(f"boto3 has no service with the id {service_id}")


@cache
def model(service):
    """A client that nobody calls with, for what it knows of its service."""
    return boto3.client(service, endpoint_url="http://127.0.0.1:9")


def paginators():
    """(service, operation) of each paginator of an operation that is there."""
    return [
        (service, operation)
        for service, names in operations().items()
        for operation in names
        if model(service).can_paginate(xform_name(operation))
    ]


def waiters():
    """(service, waiter) -> states that it knows, for each waiter on an operation that is there."""
    found = {}
    for service, names in operations().items():
        client = model(service)
        for name in client.waiter_names:
            config = client.get_waiter(name)
            if operation_of(config._operation_method._client_method)[1] in names:
                found[(service, config.name)] = {acceptor.state for acceptor in config.config.acceptors}
    return found


def reads():
    """(service, operation) of each reading operation that is there and needs no parameter."""
    return [
        (service, operation)
        for service, names in operations().items()
        for operation in names
        if operation.startswith(("Describe", "List", "Get")) and not required(service, operation)
    ]


def required(service, operation):
    shape = model(service).meta.service_model.operation_model(operation).input_shape
    return shape.required_members if shape else []
