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
    return f"{how} {old}, promote {new}, {after_promotion(life, new)}"


def has(script):
    return lambda life: life.servers.has_script(script)


@operation("promote.sh", 3, both(healthy_replicas(2), primary_writes, has("promote")))
def promote_by_script(life):
    """Also while the primary runs. Without --accept-loss it must not lose a row."""
    old, new = life.actual(), life.random.choice(life.followers())
    how = life.random.choice(["running", "stop", "kill"])
    options = ["--accept-loss"] if how == "kill" and life.random.random() < 0.3 else []
    begun = time.time()
    if how != "running":
        life.servers.compose(how, old)
    status, output = life.servers.script("promote", new, "--yes", *options)
    life.note_output(output)
    if options:
        life.accept_loss(lambda at, server: at <= begun + 10)
    what = " ".join([f"{old} {how}, {new}", *options])
    if status != 0:
        life.up()
        return f"{what}, exit status {status}: {last_word(output)}"
    return f"{what}, {after_promotion(life, new)}"


def after_promotion(life, new):
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
    """Only a wish: the topology does not change which node is the primary."""
    new = life.random.choice(life.followers())
    before = life.actual()
    life.model.swap_primary(new)
    life.apply()
    return f"{new}, while {before} is it"


# --- The primary runs on -----------------------------------------------------------


@operation("promote beside a running primary", 1, both(healthy_replicas(2), primary_writes))
def promote_beside(life):
    """What nobody should do. Rows are given up from here on until all is well again; status.sh
    must report it, and no later start may make it worse: the promoted node must not become
    writable again while the other one is the primary."""
    old, new = life.actual(), life.random.choice(life.followers())
    begun = time.time()
    start = life.servers.value(
        new, "SELECT extract(epoch FROM pg_postmaster_start_time())::float8"
    )
    life.watch.left_running.add((new, start))
    life.accept_loss(lambda at, server: at >= begun - 10, lasting=True)
    life.servers.ask(new, "SELECT pg_promote()", statement_timeout="60000")
    status = life.ends.status()
    if status is not None and status[0] == 0:
        life.faults.append(f"status.sh sees no problem with two primaries: {status[1]}")
    again = life.random.choice([None, old, new])
    if again:
        life.servers.compose("stop", again)
        life.up()
    return f"{new} beside {old}, {f'then {again} starts again' if again else 'both run on'}"


# --- Back among the others ---------------------------------------------------------


@operation("rejoin.sh", 1, both(healthy_replicas(1), has("rejoin")))
def rejoin(life):
    return bring_back(life, "rejoin", life.random.choice(life.followers()))


@operation("recopy.sh", 2, both(healthy_replicas(1), has("recopy")))
def recopy(life):
    return bring_back(life, "recopy", life.random.choice(life.followers()))


def bring_back(life, script, name):
    with life.agreed(name):
        status, output = life.servers.script(script, name, "--yes")
        life.note_output(output)
        life.up()
        life.wait_until_healthy(name)
    return f"{name}, exit status {status}: {last_word(output)}"


def last_word(output):
    """The last line that a script printed about itself."""
    lines = [line for line in output.splitlines() if ".sh: " in line]
    return lines[-1] if lines else output.strip()[-200:]
