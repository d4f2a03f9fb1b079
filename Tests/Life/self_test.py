"""Shows that the checker can fail: plants each fault that it must find, and also the innocent
event that looks like it.

usage: self_test.py            the part that needs no servers
       self_test.py PGTOPO     on real servers, in namespaces that Scripts/test-life created
"""

import os
import random
import shutil
import struct
import sys
import tempfile
from pathlib import Path

from checker import Rows, verdict
from life import Life
from model import Model
from sampler import Watch, databases_in
from servers import Servers

failures = []


def expect(what, holds):
    print(f"{'ok' if holds else 'NOT FOUND'}: {what}", flush=True)
    if not holds:
        failures.append(what)


# --- Without servers -------------------------------------------------------------


def rows():
    kept, lost, given_up, twice = Rows(), Rows(), Rows(), Rows()
    for case in (kept, lost, given_up, twice):
        case.note(1, 10.0, "a")
        case.note(2, 11.0, "a")
    twice.note(2, 12.0, "b")
    kept.judge({1, 2, 3})
    lost.judge({1})
    given_up.judge({1}, lambda at, server: server == "a" and at > 10.5)
    expect("every acknowledged row is there: no fault", not kept.faults)
    expect("an acknowledged row is lost", bool(lost.faults) and lost.lost == 1)
    expect("a row was given up: no fault", not given_up.faults)
    expect("a row is acknowledged twice", bool(twice.faults))


def databases():
    with tempfile.TemporaryDirectory() as folder:
        volume = Path(folder)
        for layout in ("", "data", "18/docker"):
            expect_deletions(volume, layout)


def expect_deletions(volume, layout):
    watch = Watch()

    def look():
        watch.saw_databases("a", databases_in(volume))
        found, watch.faults = watch.faults, []
        return bool(found)

    place = volume / layout
    where = f'in "{layout or "."}"'
    make_database(place, 7)
    (place / ".pgtopo-copying").touch()
    look()
    empty(volume)
    expect(f"a copy that was not finished goes {where}: no fault", not look())
    make_database(place, 7)
    look()
    (volume / ".pgtopo-initializing").touch()
    look()
    empty(volume)
    expect(f"a database is deleted, after a marker came beside it, {where}", look())
    make_database(place, 7)
    look()
    make_database(place, 8)
    expect(f"a database is replaced by another {where}", look())
    watch.may_go.add("a")
    empty(volume)
    expect(f"the user agreed to the deletion {where}: no fault", not look())


def make_database(place, identifier):
    (place / "global").mkdir(parents=True, exist_ok=True)
    (place / "PG_VERSION").write_text("17\n")
    (place / "global" / "pg_control").write_bytes(struct.pack("<Q", identifier) + bytes(100))


def empty(folder):
    for entry in folder.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def writable_nodes():
    in_turn, both, agreed, later = Watch(), Watch(), Watch(), Watch()
    see(in_turn, ("a", 1), ("a", 2), ("b", 3), ("b", 4))
    see(both, ("a", 1), ("b", 2), ("a", 3), ("b", 4))
    agreed.left_running.add(("a", 100.0))
    see(agreed, ("a", 1), ("b", 2), ("a", 3), ("b", 4))
    later.left_running.add(("a", 50.0))
    see(later, ("a", 1), ("b", 2), ("a", 3), ("b", 4))
    expect("one primary after the other: no fault", not in_turn.faults)
    expect("two nodes are writable", bool(both.faults))
    expect("an operation left the old primary running: no fault", not agreed.faults)
    expect("the old primary is writable again after a later start", bool(later.faults))


def see(watch, *sights):
    for node, at in sights:
        watch.saw_writable(node, 100.0, at, at + 0.01)


def end_states():
    told = (1, 'problems:\n  "b" does not start: diverged\n    Run scripts/rejoin.sh b.\n')
    well, silent = (True, "", ""), (False, "", "")
    refused = (False, "diverged", "Run scripts/rejoin.sh b.")
    expect("all is healthy: no fault", verdict({"b": well}, (0, ""))[0] == "healthy")
    expect("refused with what to do: no fault", verdict({"b": refused}, told)[0] == "refused")
    for what, facts, status in (
        ("a node is ill, and nobody says why", silent, told),
        ("a node says why, but not what to do", (False, "diverged", ""), told),
        ("a node refuses, and status.sh sees no problem", refused, (0, "")),
        ("a node refuses, and status.sh does not name it", refused, (1, told[1].replace("b", "c"))),
        ("status.sh says nothing of what to do", refused, (1, 'problems:\n  "b" is ill\n')),
        ("a healthy replica does not stream", well,
         (1, 'problems:\n  "b" does not stream from "a"\n    See its log.\n')),
        ("status.sh fails", well, (127, "not found")),
    ):
        expect(what, verdict({"b": facts}, status)[0] is None)


# --- On real servers ---------------------------------------------------------------


def on_servers(pgtopo):
    servers = Servers(os.environ["PGTOPO_TEST_LIFE"], pgtopo)
    life = Life(Model(False, 17), servers, random.Random(1))
    try:
        life.begin()
        expect("a topology starts: no fault", not life.faults)
        life.wait_for_rows(20, 20)
        planted(life, "a row is deleted on the primary", "rows are lost", lose_row)
        planted(life, "the data of a replica is deleted", "is gone", delete_data)
        planted(life, "a replica is promoted beside its primary", "same time", promote)
        planted(life, "a node is stopped, and nobody says why", "neither healthy", stop_node)
    finally:
        life.end()


def planted(life, what, words, plant):
    if life.faults:
        print(*life.faults, sep="\n")
    life.faults = []
    plant(life)
    life.judge(limit=5)
    expect(f"{what}, on real servers", any(words in fault for fault in life.faults))


def lose_row(life):
    life.servers.ask(life.actual(), "DELETE FROM life_rows WHERE n = 7")


def delete_data(life):
    life.servers.compose("stop", "c")
    life.empty_volume("c")


def promote(life):
    life.servers.ask("b", "SELECT pg_promote()")


def stop_node(life):
    life.servers.compose("stop", "b")


if __name__ == "__main__":
    if sys.argv[1:]:
        on_servers(*sys.argv[1:])
    else:
        for test in (rows, databases, writable_nodes, end_states):
            test()
    sys.exit(1 if failures else 0)
