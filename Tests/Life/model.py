"""The topology that a life changes, as data, and as a topology file.

The file is written as JSON, which is YAML: nothing needs quoting by hand.
"""

import json
from dataclasses import dataclass, field

NETWORK = "172.30.0"
CLIENT = "backend"
CLIENT_ADDRESS = f"{NETWORK}.200"

# The values that settings() may set, up and down. The first two must not be lower on a
# replica than on its primary; the others are independent.
SETTINGS = {
    "max_connections": [50, 60, 100],
    "max_worker_processes": [8, 12],
    "work_mem": ["4MB", "8MB"],
    "log_checkpoints": ["on", "off"],
}


@dataclass
class Node:
    name: str
    address: int
    upstream: str | None = None  # None: the declared primary
    settings: dict = field(default_factory=dict)


class Model:
    def __init__(self, synchronous, major):
        self.synchronous = synchronous
        self.major = major
        self.primary = "a"
        self.nodes = {name: Node(name, 10 + index) for index, name in enumerate("abc")}
        self.settings = {"max_connections": 50, "work_mem": "4MB"}
        self.users = []
        self.names_given = 3

    def replicas(self):
        return [name for name in self.nodes if name != self.primary]

    def upstream(self, name):
        """The declared one; None for the primary."""
        if name == self.primary:
            return None
        return self.nodes[name].upstream or self.primary

    def readers(self, name):
        return [other for other in self.replicas() if self.upstream(other) == name]

    def below(self, name):
        """Every node that gets its WAL through this one."""
        found = []
        for reader in self.readers(name):
            found += [reader, *self.below(reader)]
        return found

    def new_name(self):
        self.names_given += 1
        return f"n{self.names_given}"

    def add(self, name, upstream):
        taken = {node.address for node in self.nodes.values()}
        address = next(number for number in range(10, 200) if number not in taken)
        self.nodes[name] = Node(name, address, upstream)

    def remove(self, name):
        for reader in self.readers(name):
            self.nodes[reader].upstream = None
        del self.nodes[name]

    def rename(self, name, new):
        """In its place, since the order of nodes is the order in every rendered file."""
        for reader in self.readers(name):
            if name != self.primary:
                self.nodes[reader].upstream = new
        if name == self.primary:
            self.primary = new
        self.nodes[name].name = new
        self.nodes = {node.name: node for node in self.nodes.values()}

    def swap_primary(self, new):
        """What a user writes after a promotion: the roles are swapped."""
        old, self.primary = self.primary, new
        self.nodes[new].upstream = None
        for node in self.nodes.values():
            if node.upstream in (old, new):
                node.upstream = None

    def document(self):
        users = {
            "postgres": {"attributes": ["superuser"], "password": {"env": "POSTGRES_PASSWORD"}},
            "repuser": {"attributes": ["replication"], "password": {"env": "REPLICATION_PASSWORD"}},
            "app": {"password": {"env": "APP_PASSWORD"}, "databases": ["app"]},
        }
        for name in self.users:
            users[name] = {"password": {"env": "APP_PASSWORD"}}
        document = {
            "version": 1,
            "name": "life",
            "output": "rendered",
            "postgres": {"version": self.major, "database": "app"},
            "network": {"subnet": f"{NETWORK}.0/24"},
            "users": users,
            "nodes": {node.name: self.node_document(node) for node in self.nodes.values()},
            "clients": {CLIENT: {"ip": CLIENT_ADDRESS, "user": "app"}},
            # Small, so that a life reaches the limits. fsync stays on: the disks are in memory.
            "settings": {
                "shared_buffers": "16MB",
                "max_wal_size": "64MB",
                "min_wal_size": "32MB",
                "max_slot_wal_keep_size": "64MB",
                **self.settings,
            },
        }
        if self.synchronous:
            document["replication"] = {"synchronous": {"method": "any", "count": 1}}
        return document

    def node_document(self, node):
        document = {"ip": f"{NETWORK}.{node.address}"}
        if node.name == self.primary:
            document["role"] = "primary"
        else:
            document |= {"role": "replica", "upstream": self.upstream(node.name)}
        if node.settings:
            document["settings"] = node.settings
        return document

    def text(self):
        lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in self.document().items()]
        return "{\n" + ",\n".join(lines) + "\n}\n"
