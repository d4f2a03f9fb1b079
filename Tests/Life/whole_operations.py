"""Operations on everything at once, on settings, and on what surrounds the nodes."""

import time

from model import SETTINGS
from operations import both, healthy, operation

@operation("change settings", 4)
def change_settings(life):
    name = life.random.choice(sorted(SETTINGS))
    before = life.model.settings.get(name)
    value = life.random.choice([value for value in SETTINGS[name] if value != before])
    life.model.settings[name] = value
    life.apply()
    return f"{name} {before} to {value}"


@operation("change a replica's settings", 1, lambda life: bool(life.model.replicas()))
def change_node_settings(life):
    node = life.random.choice(life.model.replicas())
    settings = life.model.nodes[node].settings
    if settings:
        settings.clear()
        detail = f"{node} as the others"
    else:
        settings["work_mem"] = "16MB"
        detail = f"{node} work_mem 16MB"
    life.apply()
    return detail


@operation("cold start of everything", 3)
def cold_start(life):
    """Stops all nodes at once, and starts them one by one in any order."""
    how = life.random.choice(["stop", "kill"])
    life.servers.compose(how)
    names = list(life.model.nodes)
    life.random.shuffle(names)
    for name in names:
        life.start(name)
    life.up()
    return f"{how}, then {' '.join(names)}"


@operation("down and up", 2)
def down_and_up(life):
    life.servers.compose("down")
    life.up()
    return ""


@operation("remove all containers", 1)
def remove_containers(life):
    life.servers.compose("rm", "--force", "--stop")
    life.up()
    return ""


@operation("setup.sh", 2)
def setup(life):
    return life.setup()


@operation("render twice", 1)
def render_twice(life):
    life.apply()
    status, output = life.servers.render(life.model)
    if status != 0 or " 0 files written" not in output:
        life.faults.append(f"a second render is not the same: {output}")
    return ""


@operation("ALTER SYSTEM", 1, both(healthy, lambda life: not life.overridden))
def alter_system(life):
    node = life.random.choice(list(life.model.nodes))
    life.servers.ask(node, "ALTER SYSTEM SET work_mem = '3MB'")
    life.servers.ask(node, "SELECT pg_reload_conf()")
    life.overridden.append(node)
    return node


@operation("ALTER SYSTEM RESET", 3, lambda life: bool(life.overridden))
def reset_system(life):
    node = life.overridden.pop()
    if node in life.model.nodes:
        life.servers.ask(node, "ALTER SYSTEM RESET ALL")
        life.servers.ask(node, "SELECT pg_reload_conf()")
    return node


@operation("drop a slot", 2, healthy)
def drop_slot(life):
    """While its replica is away, since a slot in use cannot be dropped."""
    name = life.random.choice(life.model.replicas())
    life.servers.compose("stop", name)
    dropped = life.drop_slot(name)
    churned = life.random.random() < 0.3 and life.churn()
    life.up()
    return f"of {name} on {dropped or 'nobody'}{', and WAL went on' if churned else ''}"


@operation("add a user", 1, both(healthy, lambda life: len(life.model.users) < 2))
def add_user(life):
    """An existing database gets no new users by itself: render says how to create them."""
    name = f"user{len(life.model.users) + 1}"
    life.model.users.append(name)
    output = life.apply()
    if f'"{name}"' not in output and life.primary_writes() and life.servers.has_script("status"):
        life.faults.append(f"render does not say that user {name} must be made: {output}")
    if life.random.random() < 0.5:
        return f"{name}, which nobody creates"
    life.create_user(name)
    return name


@operation("fill and free a disk", 2, healthy)
def fill_disk(life):
    name = life.random.choice(list(life.model.nodes))
    life.servers.fill(name)
    life.churn()
    time.sleep(1)
    life.servers.free(name)
    life.up()
    return name


@operation("cut and mend the network", 2, healthy)
def cut_network(life):
    name = life.random.choice(list(life.model.nodes))
    life.servers.cut(name)
    life.wait_for_rows(20, 4)
    life.servers.mend(name)
    return name


@operation("change the major", 3, both(healthy, lambda life: len(life.majors()) > 1))
def change_major(life):
    """The data is still the old major's: every node must refuse until the change is undone."""
    before = life.model.major
    life.model.major = life.random.choice([major for major in life.majors() if major != before])
    life.away.append((f"back to {before}", lambda: take_major_back(life, before)))
    life.apply()
    return f"{before} to {life.model.major}"


def take_major_back(life, before):
    life.model.major = before
    life.apply()
