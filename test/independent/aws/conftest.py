"""What every judge in this folder needs: strict boto3 clients, the aws CLI, and checks of refusals.

Run by .ci/steps/aws.sh, which sets AWS_ENDPOINT_URL, a region and credentials."""

import json
import os
import subprocess
import uuid
from contextlib import contextmanager
from xml.etree import ElementTree

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

# Envelope of the query protocols' answers, which no model describes.
ENVELOPE = {"requestId", "ResponseMetadata"}


@pytest.fixture(scope="session")
def endpoint():
    """Address of the local account."""
    return os.environ["AWS_ENDPOINT_URL"]


@pytest.fixture(scope="session")
def client(endpoint):
    """`client("ecs")`: a boto3 client that refuses answers with anything the AWS model does not know.

    `client("ecs", parameter_validation=False)` sends what boto3 itself would refuse."""
    made = {}

    def make(service, **settings):
        key = (service, *sorted(settings.items()))
        if key not in made:
            config = Config(retries={"total_max_attempts": 1}, **settings)
            made[key] = boto3.client(service, endpoint_url=endpoint, config=config)
            made[key].meta.events.register("after-call", expect_known_names)
        return made[key]

    return make


@pytest.fixture(scope="session")
def aws():
    """`aws("ec2", "describe-vpcs")`: runs the aws CLI and gives its JSON; raises CliError if it fails."""

    def run(*arguments):
        command = ["aws", "--output", "json", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0:
            raise CliError(done.stderr.strip())
        return json.loads(done.stdout) if done.stdout.strip() else None

    return run


class CliError(Exception):
    """The aws CLI ended with an error; the text is what it said."""


@pytest.fixture
def name():
    """A name that no other test uses."""
    return f"t-{uuid.uuid4().hex[:12]}"


@contextmanager
def refused(code, *words):
    """The block's call is answered with this error code, and a message with all of these words."""
    with pytest.raises((ClientError, CliError)) as caught:
        yield caught
    said = str(caught.value)
    assert f"({code})" in said, f"expected {code}: {said}"
    for word in words:
        assert word in said


def pages(client, operation, key, size=5, **parameters):
    """Every item under `key` (`Reservations` or `Reservations[].Instances[]`), through boto3's paginator."""
    paginator = client.get_paginator(operation)
    found = list(paginator.paginate(PaginationConfig={"PageSize": size}, **parameters).search(key))
    return [item for item in found if item is not None]


def expect_known_names(http_response, parsed, model, **_):
    """boto3 passes over names that its model lacks; here they are errors, for they are what it would never show."""
    if http_response.status_code >= 300 or model.output_shape is None:
        return
    protocol = model.service_model.metadata["protocol"]
    if protocol in ("ec2", "query"):
        root = ElementTree.fromstring(http_response.content)
        wrapper = model.output_shape.serialization.get("resultWrapper")
        element = root if wrapper is None else next(each for each in root if local(each) == wrapper)
        check_xml(model.output_shape, element, model.name)
    elif http_response.content:
        check_json(model.output_shape, json.loads(http_response.content), model.name)


def local(element):
    """Name of an XML element without its namespace."""
    return element.tag.rpartition("}")[2]


def check_xml(shape, element, path):
    """Every element below has a member, by its name on the wire."""
    if shape.type_name == "structure":
        members = {wire_name(key, member): member for key, member in shape.members.items()}
        for child in element:
            key = local(child)
            if key in ENVELOPE:
                continue
            assert key in members, f"{path} has no member for <{key}>"
            check_xml(members[key], child, f"{path}.{key}")
    elif shape.type_name == "list" and not shape.serialization.get("flattened"):
        for child in element:
            expected = shape.member.serialization.get("name", "member")
            assert local(child) == expected, f"{path} has <{local(child)}> where <{expected}> belongs"
            check_xml(shape.member, child, f"{path}[]")


def wire_name(key, member):
    """A flattened list is spelt as its elements are."""
    if member.type_name == "list" and member.serialization.get("flattened"):
        return member.member.serialization.get("name", member.serialization.get("name", key))
    return member.serialization.get("name", key)


def check_json(shape, value, path):
    """Every key below has a member."""
    if value is None:
        return
    if shape.type_name == "structure":
        members = {member.serialization.get("name", key): member for key, member in shape.members.items()}
        for key, item in value.items():
            assert key in members, f"{path} has no member {key}"
            check_json(members[key], item, f"{path}.{key}")
    elif shape.type_name == "list":
        for item in value:
            check_json(shape.member, item, f"{path}[]")
    elif shape.type_name == "map":
        for item in value.values():
            check_json(shape.value, item, f"{path}{{}}")
