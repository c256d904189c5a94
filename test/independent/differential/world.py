"""What exists in both accounts: the same things, under the ids that each of them gave."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Thing:
    """One resource, or one text of it, as each account calls it."""

    kind: str
    number: int
    ours: str
    theirs: str

    @property
    def name(self):
        return f'<{self.kind}#{self.number}>'


@dataclass
class World:
    things: dict = field(default_factory=dict)
    counter: int = 0

    def add(self, kind, ours, theirs):
        self.counter += 1
        thing = Thing(kind, self.counter, ours, theirs)
        self.things.setdefault(kind, []).append(thing)
        return thing

    def of(self, kind):
        return self.things.get(kind, [])

    def drop(self, thing):
        self.things[thing.kind].remove(thing)
        # its name may still be told of, but nothing new refers to it
        self.things.setdefault('gone', []).append(thing)

    def every(self):
        return [thing for things in self.things.values() for thing in things]


def resolve(value, side):
    """Parameters for one of the accounts: `ours` or `theirs`."""
    if isinstance(value, Thing):
        return getattr(value, side)
    if isinstance(value, dict):
        return {key: resolve(item, side) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve(item, side) for item in value]
    return value
