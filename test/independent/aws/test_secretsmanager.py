"""Secrets Manager of the local account, judged by boto3 and the aws CLI."""

import pytest
from conftest import clock, pages, refused

DAY = 24 * 60 * 60


@pytest.fixture
def secrets(client):
    return client("secretsmanager")


@pytest.fixture
def secret(secrets, name):
    """ARN of a secret whose value is `first`."""
    made = secrets.create_secret(Name=name, SecretString="first", Description="judge", Tags=[{"Key": "team", "Value": "web"}])
    return made["ARN"]


def test_a_value_has_versions(secrets, aws, secret, name):
    assert secret.rpartition("-")[0] == f"arn:aws:secretsmanager:eu-west-2:111122223333:secret:{name}"
    second = secrets.put_secret_value(SecretId=name, SecretString="second")["VersionId"]
    shown = aws("secretsmanager", "get-secret-value", "--secret-id", name)
    assert (shown["SecretString"], shown["VersionId"], shown["ARN"]) == ("second", second, secret)
    previous = secrets.get_secret_value(SecretId=secret, VersionStage="AWSPREVIOUS")
    assert (previous["SecretString"], previous["VersionStages"]) == ("first", ["AWSPREVIOUS"])
    third = secrets.update_secret(SecretId=name, SecretBinary=b"third", Description="changed")["VersionId"]
    assert secrets.get_secret_value(SecretId=name)["SecretBinary"] == b"third"
    described = secrets.describe_secret(SecretId=name)
    assert described["VersionIdsToStages"] == {second: ["AWSPREVIOUS"], third: ["AWSCURRENT"]}
    assert (described["Description"], described["Tags"]) == ("changed", [{"Key": "team", "Value": "web"}])
    with refused("ResourceExistsException"):
        secrets.put_secret_value(SecretId=name, SecretString="other", ClientRequestToken=second)
    with refused("ResourceExistsException"):
        secrets.create_secret(Name=name, SecretString="x")


def test_a_secret_is_deleted_later_or_never(secrets, secret, name):
    secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    with refused("InvalidRequestException", "deletion"):
        secrets.get_secret_value(SecretId=name)
    secrets.restore_secret(SecretId=name)
    assert secrets.get_secret_value(SecretId=secret)["SecretString"] == "first"
    gone = secrets.delete_secret(SecretId=name, RecoveryWindowInDays=7)["DeletionDate"]
    assert secrets.describe_secret(SecretId=name)["DeletedDate"] == gone
    clock.sleep(7 * DAY)
    with refused("ResourceNotFoundException"):
        secrets.describe_secret(SecretId=name)


def test_secrets_are_listed_in_pages(secrets, name):
    made = [secrets.create_secret(Name=f"{name}/{index}", SecretString="x")["Name"] for index in range(4)]
    filters = [{"Key": "name", "Values": [name]}]
    found = pages(secrets, "list_secrets", "SecretList[].Name", 1, Filters=filters, SortOrder="asc")
    assert found == made
    secrets.delete_secret(SecretId=made[0])
    assert pages(secrets, "list_secrets", "SecretList[].Name", 5, Filters=filters, SortOrder="asc") == made[1:]
    planned = secrets.list_secrets(Filters=filters, IncludePlannedDeletion=True)["SecretList"]
    assert len(planned) == 4


def test_tags(secrets, secret, name):
    secrets.tag_resource(SecretId=name, Tags=[{"Key": "stage", "Value": "beta"}])
    secrets.untag_resource(SecretId=name, TagKeys=["team"])
    assert secrets.describe_secret(SecretId=name)["Tags"] == [{"Key": "stage", "Value": "beta"}]
