"""EventBridge Scheduler of the local account, judged by boto3 and the aws CLI."""

import json

import pytest
from conftest import eventually, pages, refused

ROLE = "arn:aws:iam::111122223333:role/scheduler"
OFF = {"Mode": "OFF"}


@pytest.fixture
def scheduler(client):
    return client("scheduler")


@pytest.fixture
def group(scheduler, name):
    """A schedule group of its own; its name and ARN."""
    arn = scheduler.create_schedule_group(Name=name, Tags=[{"Key": "team", "Value": "web"}])["ScheduleGroupArn"]
    return name, arn


def settings(group, **others):
    target = {"Arn": "arn:aws:lambda:eu-west-2:111122223333:function:echo-1", "RoleArn": ROLE, "Input": json.dumps({"a": 1})}
    return {"GroupName": group, "ScheduleExpression": "rate(1 hour)", "FlexibleTimeWindow": OFF, "Target": target, **others}


def test_schedule_comes_changes_and_goes(scheduler, aws, group):
    name, _ = group
    arn = scheduler.create_schedule(Name="hourly", **settings(name))["ScheduleArn"]
    with refused("ConflictException"):
        scheduler.create_schedule(Name="hourly", **settings(name))
    changed = settings(name, State="DISABLED", ScheduleExpression="cron(0 3 * * ? *)")
    assert scheduler.update_schedule(Name="hourly", **changed)["ScheduleArn"] == arn
    shown = aws("scheduler", "get-schedule", "--name", "hourly", "--group-name", name)
    assert (shown["Arn"], shown["State"], shown["ScheduleExpression"]) == (arn, "DISABLED", "cron(0 3 * * ? *)")
    assert scheduler.get_schedule(Name="hourly", GroupName=name)["Target"]["RoleArn"] == ROLE
    scheduler.delete_schedule(Name="hourly", GroupName=name)
    with refused("ResourceNotFoundException"):
        scheduler.get_schedule(Name="hourly", GroupName=name)


def test_schedules_are_listed_in_pages(scheduler, group):
    name, _ = group
    names = [f"s{index}" for index in range(3)]
    for each in names:
        scheduler.create_schedule(Name=each, **settings(name))
    assert pages(scheduler, "list_schedules", "Schedules[].Name", 1, GroupName=name) == names


def test_groups(scheduler, group, name):
    scheduler.create_schedule_group(Name=f"{name}-2")
    _, arn = group
    assert scheduler.get_schedule_group(Name=name)["Arn"] == arn
    assert {"default", name, f"{name}-2"} <= set(pages(scheduler, "list_schedule_groups", "ScheduleGroups[].Name", 1))
    scheduler.delete_schedule_group(Name=name)
    with refused("ResourceNotFoundException"):
        eventually(lambda: not scheduler.get_schedule_group(Name=name))


def test_tags(scheduler, group):
    _, arn = group
    scheduler.tag_resource(ResourceArn=arn, Tags=[{"Key": "stage", "Value": "beta"}])
    scheduler.untag_resource(ResourceArn=arn, TagKeys=["team"])
    assert scheduler.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "stage", "Value": "beta"}]
