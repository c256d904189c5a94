"""Lambda and STS of the local account, judged by boto3. Functions come with the account: `echo-1` to `echo-3`."""

import json

import pytest
from botocore.exceptions import WaiterError
from conftest import pages, refused


@pytest.fixture
def functions(client):
    return client("lambda")


def test_invocation(functions):
    answer = functions.invoke(FunctionName="echo-1", Payload=json.dumps({"a": "ä"}))
    assert (answer["StatusCode"], answer["ExecutedVersion"]) == (200, "$LATEST")
    assert json.loads(answer["Payload"].read()) == {"a": "ä"}
    assert functions.invoke(FunctionName="echo-1", InvocationType="Event")["StatusCode"] == 202
    assert functions.invoke(FunctionName="echo-1", InvocationType="DryRun")["StatusCode"] == 204
    with refused("InvalidRequestContentException"):
        functions.invoke(FunctionName="echo-1", Payload="{")


def test_configuration(functions, aws):
    shown = functions.get_function_configuration(FunctionName="echo-1")
    assert (shown["State"], shown["LastUpdateStatus"], shown["PackageType"]) == ("Active", "Successful", "Zip")
    assert aws("lambda", "get-function-configuration", "--function-name", shown["FunctionArn"])["Runtime"] == "nodejs24.x"
    names = [each["FunctionName"] for each in pages(functions, "list_functions", "Functions", 1)]
    assert names == ["echo-1", "echo-2", "echo-3"]


@pytest.mark.parametrize("waiter", ["function_active", "function_updated", "published_version_active"])
def test_waiters(functions, waiter):
    functions.get_waiter(waiter).wait(FunctionName="echo-1")
    with pytest.raises(WaiterError, match="ResourceNotFoundException"):
        functions.get_waiter(waiter).wait(FunctionName="none")


def test_who_calls(client, aws):
    assert aws("sts", "get-caller-identity") == {
        "UserId": "111122223333", "Account": "111122223333", "Arn": "arn:aws:iam::111122223333:root",
    }
    assert client("sts").get_caller_identity()["Account"] == "111122223333"
