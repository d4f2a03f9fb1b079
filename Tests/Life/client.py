"""The client of the topology: the writer, in a network namespace with the client's address."""

import json
import subprocess
import sys
from pathlib import Path

from model import CLIENT, CLIENT_ADDRESS

HERE = Path(__file__).resolve().parent
NAMESPACE = "pgtopo-client"


class Client:
    def __init__(self, servers):
        self.acknowledged = servers.work / "acknowledged"
        self.log = servers.work / "writer.log"
        self.read = 0
        self.join_network(servers)
        # The host names are Docker's; the stand-in updates their file in place.
        command = 'mount --bind "$1" /etc/hosts && shift && exec "$@"'
        self.process = subprocess.Popen(
            ["nsenter", f"--net=/run/netns/{NAMESPACE}", "unshare", "--mount",
             "sh", "-c", command, "sh", servers.state / "hosts", sys.executable,
             HERE / "writer.py", servers.folder / "clients" / f"{CLIENT}.env", self.acknowledged],
            stdin=subprocess.DEVNULL,
            stdout=open(self.log, "w", encoding="utf-8"),
            stderr=subprocess.STDOUT,
        )

    def join_network(self, servers):
        inside = ("ip", "-n", NAMESPACE)
        servers.must("ip", "netns", "add", NAMESPACE)
        servers.must("ip", "link", "add", "vethclient", "type", "veth",
                     "peer", "name", "eth0", "netns", NAMESPACE)
        servers.must(*inside, "address", "add", f"{CLIENT_ADDRESS}/24", "dev", "eth0")
        servers.must(*inside, "link", "set", "lo", "up")
        servers.must(*inside, "link", "set", "eth0", "up")
        servers.must("ip", "link", "set", "vethclient", "master", "containers", "up")

    def notes(self):
        """The new ones since the last call."""
        try:
            with open(self.acknowledged, encoding="utf-8") as file:
                file.seek(self.read)
                text = file.read()
        except FileNotFoundError:
            return []
        # The last line may be half written.
        text = text[: text.rfind("\n") + 1]
        self.read += len(text.encode())
        return [json.loads(line) for line in text.splitlines()]

    def last_word(self):
        lines = self.log.read_text(errors="replace").splitlines()
        return lines[-1] if lines else "nothing"

    def stop(self):
        self.process.kill()
        self.process.wait()
