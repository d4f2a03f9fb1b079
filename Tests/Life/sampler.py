"""Watches every node and every volume about twice a second, while operations run.

What it sees goes to a Watch, which knows what the running operation may do, and judges. A
Watch holds no process and no file, so that the self-test can show it anything.
"""

import struct
import threading
import time
from dataclasses import dataclass, field

import psycopg

PAUSE = 0.4
WRITABLE = """SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off',
    extract(epoch FROM pg_postmaster_start_time())::float8"""


@dataclass
class Watch:
    """Facts about the past of nodes and volumes, and the faults that follow from them."""

    faults: list = field(default_factory=list)
    # Server (node, start) → [first, last] time it was seen writable. A server becomes
    # writable once and stays so until it ends, so it was writable between the two, too.
    writable: dict = field(default_factory=dict)
    moments: set = field(default_factory=set)
    # Servers that an operation left running beside one that it promoted.
    left_running: set = field(default_factory=set)
    # Place of a database (volume, folder) → its identifier.
    databases: dict = field(default_factory=dict)
    # Volumes whose data the running operation may delete, as the user agreed.
    may_go: set = field(default_factory=set)

    def saw_writable(self, node, start, before, after):
        """`before` and `after` are the times around the query; the answer is from between."""
        span = self.writable.setdefault((node, start), [after, before])
        span[1] = max(span[1], before)
        for other, (first, last) in self.writable.items():
            pair = frozenset([(node, start), other])
            if other[0] == node or pair in self.moments or pair & self.left_running:
                continue
            if first < span[1] and span[0] < last:
                self.moments.add(pair)
                self.faults.append(f'"{node}" and "{other[0]}" are writable at the same time')

    def saw_databases(self, volume, found):
        """What the volume contains now: folder → (identifier, whether it is finished).

        Once finished, it stays a database, whatever marker is put beside it.
        """
        for (known, folder), identifier in list(self.databases.items()):
            if known != volume or found.get(folder, (None,))[0] == identifier:
                continue
            del self.databases[known, folder]
            if volume not in self.may_go:
                self.faults.append(
                    f'database {identifier} in "{folder or "."}" of volume "{volume}" is gone'
                )
        for folder, (identifier, finished) in found.items():
            if identifier and finished:
                self.databases[volume, folder] = identifier

    def forget_volume(self, volume):
        for place in [place for place in self.databases if place[0] == volume]:
            del self.databases[place]


def databases_in(volume):
    """Every database in a volume, wherever the images of any major look."""
    found = {}
    patterns = ("PG_VERSION", "data/PG_VERSION", "*/docker/PG_VERSION")
    for version in [version for pattern in patterns for version in volume.glob(pattern)]:
        place = version.parent
        folder = "" if place == volume else str(place.relative_to(volume))
        found[folder] = identifier_of(place), not is_unfinished(volume, place)
    return found


def is_unfinished(volume, place):
    return any((place / name).exists() for name in (".pgtopo-copying", ".pgtopo-initializing")) or (
        (volume / ".pgtopo-initializing").exists()
    )


def identifier_of(place):
    """The first eight bytes of the control file."""
    try:
        with open(place / "global" / "pg_control", "rb") as file:
            return struct.unpack("<Q", file.read(8))[0]
    except (OSError, struct.error):
        return None


class Sampler(threading.Thread):
    def __init__(self, servers, watch, names):
        super().__init__(daemon=True)
        self.servers = servers
        self.watch = watch
        self.names = names  # a function: all nodes, including those that were left behind
        self.lock = threading.Lock()
        self.connections = {}
        self.ending = threading.Event()
        self.samples = 0

    def run(self):
        while not self.ending.is_set():
            with self.lock:
                for name in self.names():
                    self.look(name)
            self.samples += 1
            self.ending.wait(PAUSE)

    def look(self, name):
        self.watch.saw_databases(name, databases_in(self.servers.volume(name)))
        connection = self.connections.get(name)
        if connection is None or connection.closed:
            connection = self.connections[name] = self.servers.connect(name)
        if connection is None:
            return
        before = time.monotonic()
        try:
            writable, start = connection.execute(WRITABLE).fetchone()
        except psycopg.Error:
            connection.close()
            return
        if writable:
            self.watch.saw_writable(name, start, before, time.monotonic())

    def stop(self):
        self.ending.set()
        self.join(10)
        for connection in self.connections.values():
            if connection is not None:
                connection.close()
