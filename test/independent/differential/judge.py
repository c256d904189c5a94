"""The local account beside moto: the same random calls to both, and every difference has to be a known one.

`judge.py --ours URL --theirs URL [--seed N] [--sequences N] [--calls N]`. Prints the seed, without one a random one. A
difference that is not in known.yaml ends it with 1."""

import argparse
import fnmatch
import random
import sys
import time
from collections import Counter
from pathlib import Path

import boto3
import yaml
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from compare import Reader, differences
from moves import MOVES
from plan import spoilt
from world import World, resolve

KNOWN = Path(__file__).with_name('known.yaml')
REGION = 'eu-west-2'
# share of calls with something wrong in them
SPOILT = 0.15
MOST_LOOKS, SECONDS_BETWEEN_LOOKS = 100, 0.1


class Side:
    """One of the two accounts."""

    def __init__(self, name, endpoint):
        self.name = name
        self.endpoint = endpoint
        self.clients = {}

    def call(self, service, operation, parameters):
        if service not in self.clients:
            config = Config(retries={'total_max_attempts': 1}, parameter_validation=False, inject_host_prefix=False)
            self.clients[service] = boto3.client(
                service, region_name=REGION, endpoint_url=self.endpoint, config=config
            )
        try:
            answer = self.settled(getattr(self.clients[service], operation), resolve(parameters, self.name))
        except (BotoCoreError, ResponseParserError) as error:
            # what botocore itself refuses, or cannot read: moto's pages of HTML
            return None, 'no answer' if isinstance(error, ResponseParserError) else 'not sent'
        except (TypeError, AttributeError, ValueError):
            return None, 'not sent'
        except ClientError as error:
            return None, error.response['Error']['Code']
        answer.pop('ResponseMetadata', None)
        return answer, None


    @staticmethod
    def settled(call, parameters):
        """Cloud Map works off operations by and by; what they come to is what counts."""
        answer = call(**parameters)
        for _ in range(MOST_LOOKS):
            if answer.get('Operation', {}).get('Status') not in ('SUBMITTED', 'PENDING'):
                break
            time.sleep(SECONDS_BETWEEN_LOOKS)
            answer = call(**parameters)
        return answer


def play(ours, theirs, rng, calls):
    """One sequence from empty accounts; gives `(operation, path, ours, theirs)` of each difference.

    It ends when the accounts part: one refused what the other did, so that what follows would differ for that alone."""
    world = World()
    done = Counter()
    for _ in range(calls):
        move = rng.choice(MOVES)
        plan = move(rng, world)
        if plan and rng.random() < SPOILT:
            plan = spoilt(rng, plan)
        if plan is None:
            continue
        done[f'{plan.service}:{plan.operation}'] += 1
        (our_answer, our_code), (their_answer, their_code) = (
            side.call(plan.service, plan.operation, plan.parameters) for side in (ours, theirs)
        )
        name = f'{plan.service}:{plan.operation}'
        if our_code != their_code:
            yield name, 'outcome', our_code or 'done', their_code or 'done'
        if our_code is None and their_code is None:
            plan.keep(world, our_answer, their_answer)
            readers = Reader(world, 'ours'), Reader(world, 'theirs')
            pair = readers[0].read(our_answer), readers[1].read(their_answer)
            for path, one, other in differences(*pair):
                yield name, path, one, other
        elif plan.writes and (our_code is None) != (their_code is None):
            break
    yield None, done, None, None


def is_known(entry, name, path, one, other):
    pairs = (
        (entry['call'], name),
        (entry['at'], path),
        (entry.get('ours', '*'), str(one)),
        (entry.get('theirs', '*'), str(other)),
    )
    return all(fnmatch.fnmatchcase(value, pattern.replace('[]', '[[]]')) for pattern, value in pairs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--ours', required=True)
    parser.add_argument('--theirs', required=True)
    parser.add_argument('--seed', type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument('--sequences', type=int, default=120)
    parser.add_argument('--calls', type=int, default=60)
    options = parser.parse_args()
    known = yaml.safe_load(KNOWN.read_text()) or []
    rng = random.Random(options.seed)
    print(f'- seed {options.seed}: {options.sequences} sequences of up to {options.calls} calls', flush=True)
    unknown, met, calls = {}, Counter(), Counter()
    ours, theirs = Side('ours', options.ours), Side('theirs', options.theirs)
    for _ in range(options.sequences):
        for name, path, one, other in play(ours, theirs, rng, options.calls):
            if name is None:
                calls.update(path)
                continue
            entry = next((entry for entry in known if is_known(entry, name, path, one, other)), None)
            if entry is None:
                key = (name, path, one, other) if path == 'outcome' else (name, path, None, None)
                unknown.setdefault(key, (one, other))
            else:
                met[known.index(entry)] += 1
    for (name, path, *_), (one, other) in sorted(unknown.items(), key=lambda item: item[0][:2]):
        print(f'{name} {path}: ours {one!r}, moto {other!r}')
    print(f'- {len(met)} of {len(known)} entries of the list of known differences were met')
    total = f'{sum(calls.values())} calls of {len(calls)} operations'
    print(f'- {total}: {sum(met.values())} known differences, {len(unknown)} unknown')
    sys.exit(1 if unknown else 0)


if __name__ == '__main__':
    main()
