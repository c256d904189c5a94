"""Two answers to the same call, with what each account chose for itself taken out, compared member by member."""

import datetime
import ipaddress
import json
import re

OUR_ACCOUNT, THEIR_ACCOUNT = '111122223333', '123456789012'

# What an account chooses: the same shape is the same value.
CHOSEN = [
    # Cloud Map's operations
    (re.compile(r'\b[0-9a-z]{32}-[0-9a-z]{8}\b'), '<operation>'),
    (re.compile(r'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'), '<uuid>'),
    (re.compile(r'\b([a-z]+(?:-[a-z]+)*)-[0-9a-f]{8}(?:[0-9a-f]{9})?\b'), r'<\1>'),
    (re.compile(r'\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\b'), '<mac>'),
    (re.compile(r'\b[0-9a-f]{16,64}\b'), '<hex>'),
    (re.compile(r'\bip-\d+-\d+-\d+-\d+\b'), '<ip-name>'),
]
# Members whose value says nothing beyond being there.
OPAQUE = re.compile(
    r'(NextToken|nextToken|NextMarker|RequestId|ReceiptHandle|SenderId|MD5\w*|HTTPHeaders|CreatorRequestId|ClientToken'
    r'|DNSName|QueueUrl|CanonicalHostedZoneId|HostedZoneId|SequenceNumber|VersionLabel)$'
)


class Reader:
    """Turns the answer of one account into one that can be laid beside the other's."""

    def __init__(self, world, side):
        account = OUR_ACCOUNT if side == 'ours' else THEIR_ACCOUNT
        names = {getattr(thing, side): thing.name for thing in world.every()}
        names.pop('', None)
        # the longest first: an ARN holds the ids of others
        self.names = sorted(names.items(), key=lambda item: -len(item[0]))
        self.account = account

    def read(self, value, member=''):
        if OPAQUE.search(member):
            return '<any>' if value else '<none>'
        if isinstance(value, dict):
            return {key: self.read(item, key) for key, item in value.items()}
        if isinstance(value, list):
            return sorted((self.read(item, member) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
        if isinstance(value, datetime.datetime):
            return '<time>'
        if isinstance(value, str) and value.startswith('{'):
            return self.read(json.loads(value), member)
        return self.text(value) if isinstance(value, str) else value

    def text(self, value):
        for own, name in self.names:
            value = value.replace(own, name)
        value = value.replace(self.account, '<account>')
        for pattern, name in CHOSEN:
            value = pattern.sub(name, value)
        return address_or_network(value)


def address_or_network(value):
    """Addresses, and the IPv6 networks that Amazon gives, are an account's own choice; IPv4 networks are the caller's."""
    try:
        network = ipaddress.ip_network(value)
    except ValueError:
        return value
    if '/' not in value:
        return f'<ipv{network.version}>'
    return f'<ipv6 /{network.prefixlen}>' if network.version == 6 and network.prefixlen > 0 else value


def differences(ours, theirs, path=''):
    """`(path, ours, theirs)` of every member that differs; what an account lacks is `MISSING`."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted({*ours, *theirs}):
            yield from differences(ours.get(key, MISSING), theirs.get(key, MISSING), f'{path}.{key}' if path else key)
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            yield f'{path}[]', f'{len(ours)} items', f'{len(theirs)} items'
        else:
            for one, other in zip(ours, theirs):
                yield from differences(one, other, f'{path}[]')
    elif not is_empty_twin(ours, theirs) and ours != theirs:
        yield path, ours, theirs


class Missing:
    def __repr__(self):
        return 'absent'

    def __bool__(self):
        return False


MISSING = Missing()


def is_empty_twin(ours, theirs):
    """An empty list or text and none are the same to whoever reads the answer."""
    return MISSING in (ours, theirs) and not ours and not theirs and {type(ours), type(theirs)} <= {Missing, list, str}
