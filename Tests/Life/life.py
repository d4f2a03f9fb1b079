"""A life: one topology on real servers, and everything that operations do with it."""

import contextlib
import os
import re
import threading
import time

from checker import LIMIT, EndStates, Rows
from client import Client
from sampler import Sampler, Watch


class Life:
    def __init__(self, model, servers, random):
        self.model, self.servers, self.random = model, servers, random
        self.watch, self.rows, self.ends = Watch(), Rows(), EndStates(servers)
        self.faults = []
        self.kind = "healthy"  # of the last end state
        self.output = ""  # of status.sh then, and of scripts since
        self.left = []  # nodes that were removed without their volumes
        self.away = []  # (what, function): what a user must undo before all is well
        self.overridden = []  # nodes with ALTER SYSTEM
        self.excuses, self.lasting = [], []
        self.client = None
        self.sampler = Sampler(servers, self.watch, lambda: [*self.model.nodes, *self.left])

    # --- Beginning and end -------------------------------------------------------

    def begin(self):
        self.apply()
        self.judge()
        if self.faults:
            return
        self.servers.ask(self.actual(), "CREATE TABLE life_rows "
                         "(n bigint PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())")
        self.servers.ask(self.actual(), "GRANT SELECT, INSERT ON life_rows TO app")
        self.sampler.start()
        self.client = Client(self.servers)

    def end(self):
        if self.sampler.is_alive():
            self.sampler.stop()
        if self.client:
            self.client.stop()

    # --- What a user does ----------------------------------------------------------

    def apply(self):
        """Renders and starts the changed topology. Returns what render printed."""
        status, output = self.servers.render(self.model)
        if status != 0:
            self.faults.append(f"render failed: {output}")
        self.up()
        return output

    def up(self):
        self.make_disks()
        self.servers.compose("up", "-d")

    def start(self, name):
        self.servers.compose("start", name)

    def setup(self):
        self.make_disks()
        status, output = self.servers.script("setup", limit=120)
        self.note_output(output)
        ill = [name for name in self.model.nodes if not self.ends.look(name)[0]]
        if status == 0 and ill:
            self.faults.append(f"setup.sh exits 0, but {', '.join(ill)} is not healthy: {output}")
        return f"exit status {status}"

    def make_disks(self):
        for name in self.model.nodes:
            self.servers.make_disk(name)

    @contextlib.contextmanager
    def in_background(self, *arguments):
        thread = threading.Thread(target=self.servers.compose, args=arguments)
        thread.start()
        try:
            yield
        finally:
            thread.join(120)

    def drop_slot(self, name, kept_by=None):
        """Drops it where it is unused; returns those nodes."""
        dropped = []
        for node in self.model.nodes:
            if node != kept_by and self.servers.ask(
                node,
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots "
                f"WHERE slot_name = '{name}' AND NOT active",
            ):
                dropped.append(node)
        return ", ".join(dropped)

    def create_user(self, name):
        self.wait_until_healthy(self.actual())
        self.servers.ask(self.actual(), f"CREATE ROLE {name} LOGIN PASSWORD 'app-secret'")

    @contextlib.contextmanager
    def agreed(self, name):
        """In this context, the node's data may be deleted."""
        self.watch.may_go.add(name)
        try:
            yield
        finally:
            with self.sampler.lock:
                self.watch.forget_volume(name)
                self.watch.may_go.discard(name)

    def throw_away(self, name):
        with self.agreed(name):
            self.servers.remove_disk(name)

    def empty_volume(self, name):
        self.servers.must("find", self.servers.volume(name), "-mindepth", "1", "-delete")

    def accept_loss(self, excuse, lasting=False):
        """Excuses rows that the operation gives up; with `lasting`, in later steps, too."""
        (self.lasting if lasting else self.excuses).append(excuse)

    def note_output(self, output):
        self.output += output

    # --- What a user sees ------------------------------------------------------------

    def actual(self):
        """The actual primary, according to the shared state or else to the nodes."""
        named = self.servers.facts().get("primary")
        if named:
            return named
        writable = [name for name in self.model.nodes if self.writes(name)]
        return writable[0] if writable else self.model.primary

    def writes(self, name):
        return self.servers.value(name, "SELECT pg_is_in_recovery()") is False

    def primary_writes(self):
        return self.writes(self.actual())

    def followers(self):
        return [name for name in self.model.nodes if name != self.actual()]

    def removable(self):
        return [name for name in self.followers() if name != self.model.primary]

    def most_advanced(self):
        received = "SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')::bigint"
        positions = {
            name: self.servers.value(name, received)
            for name in self.followers()
            if self.servers.value(name, "SELECT pg_is_in_recovery()")
        }
        known = {name: position for name, position in positions.items() if position is not None}
        return max(known, key=known.get) if known else None

    def majors(self):
        return [int(major) for major in os.environ.get("PGTOPO_LIFE_MAJORS", "17").split()]

    def churn(self):
        """Writes enough WAL for a slot to lose its own."""
        primary = self.actual()
        for _ in range(8):
            self.servers.ask(primary, "SELECT pg_logical_emit_message(true, 'life', "
                             "repeat('x', 8000000)); SELECT pg_switch_wal()")
        return True

    def wait_until_healthy(self, name, limit=30):
        deadline = time.monotonic() + limit
        while not self.ends.look(name)[0] and time.monotonic() < deadline:
            time.sleep(0.3)

    # --- Judging -----------------------------------------------------------------------

    def collect(self):
        """Records the rows that were acknowledged since the last call; returns how many."""
        notes = self.client.notes() if self.client else []
        for note in notes:
            self.rows.note(note["n"], note["at"], note["server"])
        return len(notes)

    def wait_for_rows(self, count, limit):
        deadline, written = time.monotonic() + limit, 0
        while written < count and time.monotonic() < deadline:
            time.sleep(0.1)
            written += self.collect()
        return written >= count

    def judge(self, limit=LIMIT):
        """Waits for the end state of a step, and records its faults. Returns its kind."""
        self.output = ""
        kind, output, fault = self.ends.wait(list(self.model.nodes), limit)
        self.note_output(output)
        if fault:
            self.faults.append(fault)
        self.kind = kind or "wrong"
        self.collect()
        self.judge_rows()
        if self.kind in ("healthy", "told"):
            self.lasting = []
        if self.kind in ("healthy", "told") and self.client and not self.wait_for_rows(1, 30):
            self.faults.append(f"{self.kind}, but no row was acknowledged within 30 s: "
                               f"{self.client.last_word()}")
        self.faults += self.watch.faults + self.rows.faults
        self.watch.faults, self.rows.faults = [], []
        return self.kind

    def judge_rows(self):
        """Returns whether there was a primary to ask."""
        if not self.client or not self.writes(self.actual()):
            return False
        present = self.servers.ask(self.actual(), "SELECT n FROM life_rows")
        if present is None:
            return False
        excuses = self.excuses + self.lasting
        self.rows.judge({row[0] for row in present},
                        lambda at, server: any(excuse(at, server) for excuse in excuses))
        self.excuses = []
        return True

    def hints(self):
        """The commands that the last messages told the user to run: (script, node).

        Another promotion comes last: it is only for a primary that is known to be lost.
        """
        found = re.findall(r"scripts/(rejoin|recopy|promote)\.sh ([A-Za-z0-9_.-]*[A-Za-z0-9_])",
                           self.output)
        return sorted(dict.fromkeys(found), key=lambda hint: hint[0] == "promote")
