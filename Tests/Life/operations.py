"""The register of operations. Each is a function that takes the life and changes it as a user
would; it returns what it did in a few words.
"""

from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Operation:
    name: str
    run: Callable
    weight: int
    possible: Callable


OPERATIONS = []


def operation(name, weight=2, possible=lambda life: True):
    def register(function):
        OPERATIONS.append(Operation(name, function, weight, possible))
        return function

    return register


# --- When an operation is possible ---------------------------------------------


def healthy(life):
    return life.kind != "refused" and not life.away


def healthy_replicas(count):
    return lambda life: healthy(life) and len(life.followers()) >= count


def both(*conditions):
    return lambda life: all(condition(life) for condition in conditions)


def choose(life, wanted):
    """One of the operations that are possible now, by weight. `wanted`: names, or nothing for
    all; a "-" before a name excludes it.
    """
    unwanted = {name[1:] for name in wanted if name.startswith("-")}
    wanted = [name for name in wanted if not name.startswith("-")]
    candidates = [
        candidate
        for candidate in OPERATIONS
        if (not wanted or candidate.name in wanted)
        and candidate.name not in unwanted
        and candidate.possible(life)
    ]
    if not candidates:
        return None
    weights = [candidate.weight for candidate in candidates]
    return life.random.choices(candidates, weights)[0]
