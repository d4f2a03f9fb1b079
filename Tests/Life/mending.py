"""Does what the messages say, as a user would who reads them."""

from role_operations import last_word


def mend(life):
    """One thing of those that are to be done; returns it in a few words."""
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
    unused = [name for name in life.known_names() if life.drop_slot(name)]
    if unused:
        return f"drop the slots of {' '.join(unused)}"
    return f"setup.sh, {life.setup()}"
