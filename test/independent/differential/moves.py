"""Every move, as often as it shall be made: what builds comes more often than what takes down."""

from moves_cloudmap import CLOUD_MAP
from moves_ec2 import EC2
from moves_ecs import ECS
from moves_elbv2 import ELBV2
from moves_messaging import MESSAGING

MOVES = [*EC2, *ELBV2, *CLOUD_MAP, *ECS, *MESSAGING]
