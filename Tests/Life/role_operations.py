"""Operations on roles: promotions, and what comes after them."""

import time

from operations import both, healthy, healthy_replicas, operation


def primary_writes(life):
    return life.primary_writes()


def roles_differ(life):
    return life.actual() != life.model.primary and life.actual() in life.model.nodes


# --- The primary is gone ---------------------------------------------------------


@operation("promote by hand after a stop", 3, both(healthy_replicas(2), primary_writes))
def promote_by_hand(life):
    """pg_promote on the replica that received most, as the manual says."""
    old = life.actual()
    how = life.random.choice(["stop", "kill"])
    stopped = time.time()
    life.servers.compose(how, old)
    new = life.most_advanced()
    if new is None:
        life.up()
        return f"nobody to promote after {old}"
    life.accept_loss(lambda at, server: not life.model.synchronous and at <= stopped + 10)
    life.servers.ask(new, "SELECT pg_promote()", statement_timeout="60000")
    return f"{how} {old}, promote {new}, " + after_promotion(life, old, new)


@operation("promote.sh", 3, both(healthy_replicas(2), primary_writes,
                                 lambda life: life.servers.has_script("promote")))
def promote_by_script(life):
    old, new = life.actual(), life.random.choice(life.followers())
    how = life.random.choice(["running", "stop", "kill"])
    begun = time.time()
    if how != "running":
        life.servers.compose(how, old)
    status, output = life.servers.script("promote", new, "--yes")
    life.note_output(output)
    # Without synchronous replication nobody knows of rows that only a dead primary has.
    life.accept_loss(
        lambda at, server: not life.model.synchronous and how == "kill" and at <= begun + 10
    )
    if status != 0:
        life.up()
        return f"{old} {how}, {new} not promoted: {last_line(output)}"
    return f"{old} {how}, {new} promoted, " + after_promotion(life, old, new)


def after_promotion(life, old, new):
    """What a user does next: swap the roles in the topology or not, and start everything."""
    if life.random.random() < 0.5:
        life.model.swap_primary(new)
        life.apply()
        return "roles swapped"
    if life.random.random() < 0.5:
        life.setup()
        return "roles not swapped, setup.sh"
    life.up()
    return "roles not swapped"


@operation("swap the roles in the topology", 4, both(healthy, roles_differ))
def swap_roles(life):
    old, new = life.model.primary, life.actual()
    life.model.swap_primary(new)
    life.apply()
    return f"{old} to {new}"


@operation("declare another primary", 1, healthy_replicas(1))
def declare_primary(life):
    """A wish only: who is primary does not change by a topology."""
    new = life.random.choice(life.followers())
    before = life.actual()
    life.model.swap_primary(new)
    life.apply()
    return f"{new}, while {before} is it"


# --- The primary runs on -----------------------------------------------------------


@operation("promote beside a running primary", 1, both(healthy_replicas(2), primary_writes))
def promote_beside(life):
    """What nobody should do. From here on the rows of the old one are nobody's; the state
    must be named, and no later start may make it worse."""
    old, new = life.actual(), life.random.choice(life.followers())
    start = life.servers.value(
        old, "SELECT extract(epoch FROM pg_postmaster_start_time())::float8"
    )
    life.watch.left_running.add((old, start))
    begun, address = time.time(), life.address(old)
    life.accept_loss(lambda at, server: server == address and at >= begun - 10, lasting=True)
    life.servers.ask(new, "SELECT pg_promote()", statement_timeout="60000")
    status = life.ends.status()
    if status is not None and status[0] == 0:
        life.faults.append(f"status.sh sees no problem with two primaries: {status[1]}")
    life.servers.compose("stop", old)
    life.up()
    return f"{new} beside {old}, which then starts again"


# --- Back among the others ---------------------------------------------------------


@operation("rejoin.sh", 1, both(healthy_replicas(1), lambda life: life.servers.has_script("rejoin")))
def rejoin(life):
    return bring_back(life, "rejoin", life.random.choice(life.followers()))


@operation("recopy.sh", 2, both(healthy_replicas(1), lambda life: life.servers.has_script("recopy")))
def recopy(life):
    return bring_back(life, "recopy", life.random.choice(life.followers()))


def bring_back(life, script, name):
    with life.agreed(name):
        status, output = life.servers.script(script, name, "--yes")
        life.note_output(output)
        life.up()
        life.wait_until_healthy(name)
    return f"{name}, exit status {status}: {last_line(output)}"


def last_line(output):
    lines = output.strip().splitlines()
    return lines[-1] if lines else ""
