"""DynamoDB of the local account, judged by boto3."""

import pytest
from botocore.exceptions import WaiterError
from conftest import pages, refused


@pytest.fixture
def dynamodb(client):
    return client("dynamodb")


@pytest.fixture
def table(dynamodb, name):
    """Name of a table with the key `id`, `n`."""
    keys = [("id", "S", "HASH"), ("n", "N", "RANGE")]
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": kind} for key, kind, _ in keys],
        KeySchema=[{"AttributeName": key, "KeyType": role} for key, _, role in keys],
    )
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    return name


def item(number, **attributes):
    return {"id": {"S": "a"}, "n": {"N": str(number)}, **attributes}


def test_table_comes_and_goes(dynamodb, aws, table):
    shown = dynamodb.describe_table(TableName=table)["Table"]
    assert (shown["TableStatus"], shown["ItemCount"]) == ("ACTIVE", 0)
    assert table in aws("dynamodb", "list-tables")["TableNames"]
    with refused("ResourceInUseException"):
        dynamodb.create_table(
            TableName=table,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )
    dynamodb.delete_table(TableName=table)
    dynamodb.get_waiter("table_not_exists").wait(TableName=table)
    with pytest.raises(WaiterError, match="Max attempts"):
        dynamodb.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"MaxAttempts": 2})


def test_billing_mode(dynamodb, table):
    throughput = {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}
    changed = dynamodb.update_table(TableName=table, BillingMode="PROVISIONED", ProvisionedThroughput=throughput)
    assert changed["TableDescription"]["TableName"] == table


def test_items(dynamodb, table):
    key = item(1)
    dynamodb.put_item(TableName=table, Item=item(1, text={"S": "é"}, list={"L": [{"NULL": True}]}, blob={"B": b"\x00\xff"}))
    changed = dynamodb.update_item(
        TableName=table, Key=key, UpdateExpression="SET hits = if_not_exists(hits, :none) + :one REMOVE #list",
        ExpressionAttributeValues={":none": {"N": "0"}, ":one": {"N": "1"}}, ExpressionAttributeNames={"#list": "list"},
        ReturnValues="ALL_NEW",
    )["Attributes"]
    assert changed == item(1, text={"S": "é"}, blob={"B": b"\x00\xff"}, hits={"N": "1"})
    assert dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"] == changed
    with refused("ConditionalCheckFailedException"):
        dynamodb.put_item(TableName=table, Item=key, ConditionExpression="attribute_not_exists(id)")
    dynamodb.delete_item(TableName=table, Key=key)
    assert "Item" not in dynamodb.get_item(TableName=table, Key=key)


def test_batches_and_pages(dynamodb, table):
    puts = [{"PutRequest": {"Item": item(number)}} for number in range(7)]
    assert dynamodb.batch_write_item(RequestItems={table: puts})["UnprocessedItems"] == {}
    keys = [item(number) for number in (1, 2, 99)]
    found = dynamodb.batch_get_item(RequestItems={table: {"Keys": keys}})["Responses"][table]
    assert sorted(each["n"]["N"] for each in found) == ["1", "2"]
    asked = {"TableName": table, "KeyConditionExpression": "id = :a", "ExpressionAttributeValues": {":a": {"S": "a"}}}
    assert [each["n"]["N"] for each in pages(dynamodb, "query", "Items", 2, **asked)] == [str(n) for n in range(7)]
    assert len(pages(dynamodb, "scan", "Items", 2, TableName=table)) == 7


def test_tables_are_listed_in_pages(dynamodb, name):
    for index in range(5):
        dynamodb.create_table(
            TableName=f"{name}-{index}",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )
    found = pages(dynamodb, "list_tables", "TableNames", 2)
    assert {f"{name}-{index}" for index in range(5)} <= set(found)
    assert len(found) == len(set(found))


def test_settings(dynamodb, table):
    ttl = {"Enabled": True, "AttributeName": "expiresAt"}
    assert dynamodb.update_time_to_live(TableName=table, TimeToLiveSpecification=ttl)["TimeToLiveSpecification"] == ttl
    shown = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert shown == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expiresAt"}
    recovery = {"PointInTimeRecoveryEnabled": True}
    dynamodb.update_continuous_backups(TableName=table, PointInTimeRecoverySpecification=recovery)
    shown = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    assert shown["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
