"""Does what the messages say, as a user who reads them would."""

import re

from operations import operation
from role_operations import last_word


@operation("as status.sh tells", 5, lambda life: life.kind == "told")
def as_told(life):
    """Everything that no script does: unused slots, roles, ALTER SYSTEM."""
    done = []
    of_no_use = r'slot "(\w+)" on "(\w+)" (?:is of no use|belongs to no declared|has lost its WAL)'
    for name, node in re.findall(of_no_use, life.output):
        life.servers.ask(node, f"SELECT pg_drop_replication_slot('{name}')")
        done.append(f"drop slot {name} on {node}")
    for node in re.findall(r'overrides settings of the topology on "(\w+)"', life.output):
        life.servers.ask(node, "ALTER SYSTEM RESET ALL")
        life.servers.ask(node, "SELECT pg_reload_conf()")
        life.overridden = [other for other in life.overridden if other != node]
        done.append(f"reset the settings of {node}")
    for name in re.findall(r'user "(\w+)" is declared, and the database does not have', life.output):
        life.create_user(name)
        done.append(f"create user {name}")
    for actual, declared in re.findall(
        r'"(\w+)" is the actual primary, and "(\w+)" the declared', life.output
    ):
        if actual in life.model.nodes and declared == life.model.primary:
            life.model.swap_primary(actual)
            life.apply()
            done.append(f"declare {actual} the primary")
    return ", ".join(done) or "nothing that can be done without a script"


def mend(life):
    """Does one of the things to do; returns what it did in a few words."""
    if life.away:
        what, take_back = life.away.pop()
        take_back()
        return what
    for script, name in life.hints():
        if name not in life.model.nodes:
            continue
        with life.agreed(name):
            status, output = life.servers.script(script, name, "--yes")
            life.up()
            life.wait_until_healthy(name)
        return f"{script}.sh {name}, exit status {status}: {last_word(output)}"
    return f"setup.sh, {life.setup()}"
