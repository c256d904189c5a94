"""A call to make in both accounts, and what to remember of the answers."""

from dataclasses import dataclass, field

import jmespath

from world import Thing


@dataclass
class Plan:
    service: str
    operation: str
    parameters: dict
    # kind of thing -> jmespath of its id in the answer
    makes: dict = field(default_factory=dict)
    # things that are gone once the call is done
    ends: list = field(default_factory=list)
    writes: bool = True

    def keep(self, world, ours, theirs):
        for kind, path in self.makes.items():
            found = [jmespath.search(path, answer) for answer in (ours, theirs)]
            if all(found):
                world.add(kind, *found)
        for thing in self.ends:
            world.drop(thing)


def read(service, operation, **parameters):
    return Plan(service, operation, parameters, writes=False)


def write(service, operation, makes=None, ends=None, **parameters):
    return Plan(service, operation, parameters, makes or {}, ends or [])


def needs(*kinds):
    """The move gets a random thing of each kind after its `rng`; without one of them there is no call."""

    def wrap(move):
        def chosen(rng, world):
            if not all(world.of(kind) for kind in kinds):
                return None
            return move(rng, *(rng.choice(world.of(kind)) for kind in kinds))

        chosen.__name__ = move.__name__
        return chosen

    return wrap


def fresh(rng, word):
    """A name that no sequence used before."""
    return f'{word}-{rng.randrange(16**10):010x}'


# Ids that nobody has, well-formed and not, and texts that are too long, empty or hold what no name may hold.
NOBODY = ['0123456789abcdef0', 'nobody', '', 'x' * 300, 'a b/c?']


def spoilt(rng, plan):
    """The same call with one thing wrong: a parameter left out, or an id or text replaced."""
    places = [place for place in texts(plan.parameters)]
    if not places:
        return None
    path = rng.choice(places)
    parameters = dict(plan.parameters)
    if len(path) == 1 and rng.random() < 0.3:
        del parameters[path[0]]
    else:
        parameters = replaced(parameters, path, wrong(rng, at(parameters, path)))
    return Plan(plan.service, plan.operation, parameters, plan.makes)


def wrong(rng, value):
    if isinstance(value, Thing) and '-' in value.ours and '/' not in value.ours and rng.random() < 0.5:
        # well-formed, and nobody's
        return value.ours.rsplit('-', 1)[0] + '-' + NOBODY[0]
    return rng.choice(NOBODY)


def texts(value, path=()):
    """Where texts and ids stand."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))
    elif isinstance(value, (str, Thing)):
        yield path


def at(value, path):
    for step in path:
        value = value[step]
    return value


def replaced(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy
