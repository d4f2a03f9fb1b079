"""Operations on one node: it comes, goes, moves, stops, dies."""

import os
import time

from operations import both, healthy, healthy_replicas, operation

MOST_NODES = 5


@operation("add a replica", 3, both(healthy, lambda life: len(life.model.nodes) < MOST_NODES))
def add_replica(life):
    name = life.model.new_name()
    # A node that was removed without its data may come back to it.
    if life.left and life.random.random() < 0.5:
        name = life.random.choice(sorted(life.left))
        life.left.remove(name)
    upstream = life.random.choice([None, *life.model.replicas()])
    life.model.add(name, upstream)
    life.apply()
    return f"{name} below {upstream or life.model.primary}"


def can_remove(count):
    return both(healthy, lambda life: len(life.followers()) > count and life.removable())


@operation("remove a replica", 2, can_remove(2))
def remove_replica(life):
    name = life.random.choice(life.removable())
    keeps = life.random.random() < 0.5
    life.servers.compose("rm", "--force", "--stop", name)
    life.model.remove(name)
    life.apply()
    life.drop_slot(name)
    if keeps:
        life.left.append(name)
    else:
        life.throw_away(name)
    return f"{name}, {'its volume stays' if keeps else 'with its volume'}"


@operation("rename a replica", 1, can_remove(1))
def rename_replica(life):
    name, new = life.random.choice(life.removable()), life.model.new_name()
    life.servers.compose("rm", "--force", "--stop", name)
    life.model.rename(name, new)
    life.apply()
    life.drop_slot(name)
    life.throw_away(name)
    return f"{name} to {new}"


@operation("rename the primary", 1, healthy_replicas(1))
def rename_primary(life):
    """Its data does not move with it, so the change must be refused."""
    name, new = life.model.primary, life.model.new_name()
    life.servers.compose("rm", "--force", "--stop", name)
    life.model.rename(name, new)
    life.away.append(("name the primary as before", lambda: name_as_before(life, new, name)))
    life.apply()
    return f"{name} to {new}"


def name_as_before(life, new, name):
    life.servers.compose("rm", "--force", "--stop", new)
    life.model.rename(new, name)
    life.apply()


@operation("move a replica", 2, healthy_replicas(2))
def move_replica(life):
    name = life.random.choice(life.model.replicas())
    former = life.model.upstream(name)
    below = [name, *life.model.below(name)]
    others = [
        other
        for other in [None, *life.model.replicas()]
        if other not in below and (other or life.model.primary) != former
    ]
    if not others:
        return f"{name} has nowhere to go"
    upstream = life.random.choice(others)
    life.model.nodes[name].upstream = upstream
    life.apply()
    if life.random.random() < 0.7:
        life.drop_slot(name, kept_by=upstream or life.model.primary)
    return f"{name} from {former} to {upstream or life.model.primary}"


@operation("restart a node", 3)
def restart_node(life):
    name = life.random.choice(list(life.model.nodes))
    life.servers.compose("stop", name)
    life.up()
    return name


@operation("stop a node and start it later", 2)
def stop_and_start(life):
    name = life.random.choice(list(life.model.nodes))
    life.servers.compose("stop", name)
    life.wait_for_rows(10, 3)
    life.up()
    return name


@operation("kill a node", 3)
def kill_node(life):
    """As the kernel does when memory runs out: its restart policy brings it back, or we do."""
    name = life.random.choice(list(life.model.nodes))
    process = life.servers.first_process(name)
    if process is None:
        life.up()
        return f"{name} was not running"
    os.kill(process, 9)
    life.up()
    return name


@operation("stop while copying", 2, healthy_replicas(2))
def stop_while_copying(life):
    return interrupt_copy(life, "stop")


@operation("kill while copying", 2, healthy_replicas(2))
def kill_while_copying(life):
    return interrupt_copy(life, "kill")


def interrupt_copy(life, how):
    name = life.random.choice(life.followers())
    volume = life.servers.volume(name)
    life.servers.compose("rm", "--force", "--stop", name)
    with life.agreed(name):
        life.empty_volume(name)
    with life.in_background("up", "-d"):
        markers = [volume / ".pgtopo-copying", volume / "data" / ".pgtopo-copying",
                   volume / str(life.model.major) / "docker" / ".pgtopo-copying"]
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline and not any(marker.exists() for marker in markers):
            time.sleep(0.005)
        life.servers.compose(how, name)
        interrupted = any(marker.exists() for marker in markers)
    life.up()
    return f"{name}, {'in the middle' if interrupted else 'not in the middle'}"
