"""Access to the nodes of one lane: through `docker compose`, as for a user, and through the
files and sockets of the stand-in in Tests/Servers, as only for a test.
"""

import os
import signal
import subprocess
from pathlib import Path

import psycopg

DISK = "300m"


class Servers:
    def __init__(self, work, pgtopo):
        self.work = Path(work)
        self.pgtopo = pgtopo
        self.state = Path(os.environ["PGTOPO_SERVERS"])
        self.topology = self.work / "topology.yml"
        self.folder = self.work / "rendered"

    # --- Commands --------------------------------------------------------------

    def run(self, *command, limit=90):
        """Ends a command that takes too long, with its children. Returns status and output."""
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            return 124, f"{output}\n(ended after {limit} s)"
        return process.returncode, output

    def compose(self, *arguments, limit=90):
        file = self.folder / "docker-compose.yml"
        return self.run("docker", "compose", "-f", file, *arguments, limit=limit)

    def script(self, name, *arguments, limit=180):
        return self.run(self.folder / "scripts" / f"{name}.sh", *arguments, limit=limit)

    def has_script(self, name):
        return (self.folder / "scripts" / f"{name}.sh").exists()

    def render(self, model):
        self.topology.write_text(model.text())
        return self.run(self.pgtopo, "render", self.topology)

    # --- Processes and sockets ---------------------------------------------------

    def container(self, name):
        """What the stand-in knows about it: state, health, pid, exit."""
        return pairs(self.state / "containers" / name / "status")

    def first_process(self, name):
        """The pid in this namespace of the container's process 1, or None."""
        process = self.container(name).get("pid")
        return int(process) if process else None

    def connect(self, name, **options):
        """As the superuser, through the container's own socket: no password, no network."""
        process = self.first_process(name)
        if process is None:
            return None
        folder = f"/proc/{process}/root/run/postgresql"
        if not os.path.exists(f"{folder}/.s.PGSQL.5432"):
            return None
        options = {"statement_timeout": "3000", "synchronous_commit": "local"} | options
        try:
            return psycopg.connect(
                host=folder,
                user="postgres",
                dbname="app",
                connect_timeout=3,
                autocommit=True,
                application_name="pgtopo-life",
                options=" ".join(f"-c {key}={value}" for key, value in options.items()),
            )
        except psycopg.Error:
            return None

    def ask(self, name, statement, **options):
        """The rows, or None if the node does not answer."""
        connection = self.connect(name, **options)
        if connection is None:
            return None
        try:
            with connection:
                cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        except psycopg.Error:
            return None

    def value(self, name, statement):
        rows = self.ask(name, statement)
        return rows[0][0] if rows else None

    # --- Network and disks -------------------------------------------------------

    def cut(self, name):
        self.must("docker", "network", "disconnect", "life", name)

    def mend(self, name):
        self.must("docker", "network", "connect", "life", name)

    def volume(self, name):
        return self.state / "volumes" / f"life_{name}-data"

    def make_disk(self, name):
        volume = self.volume(name)
        if not volume.exists():
            self.must("docker", "volume", "create", "-o", "type=tmpfs",
                      "-o", f"o=size={DISK}", volume.name)

    def remove_disk(self, name):
        if self.volume(name).exists():
            self.must("docker", "volume", "rm", self.volume(name).name)

    def fill(self, name):
        """Shrinks the disk to the size of its contents."""
        facts = os.statvfs(self.volume(name))
        used = (facts.f_blocks - facts.f_bfree) * facts.f_frsize
        # Data written meanwhile makes it too small again.
        self.run("docker", "volume", "resize", self.volume(name).name, used + (4 << 20))

    def free(self, name):
        self.must("docker", "volume", "resize", self.volume(name).name, DISK)

    def must(self, *command):
        status, output = self.run(*command)
        if status != 0:
            raise RuntimeError(f"{command}: {output}")

    # --- What the scripts know -----------------------------------------------------

    def facts(self):
        """/pgtopo/state/primary as a dictionary; empty if there is none."""
        return self.notes_file("primary")

    def note(self, name):
        return self.notes_file(f"nodes/{name}")

    def notes_file(self, path):
        return pairs(self.state / "volumes" / "life_pgtopo-state" / path)

    def logs(self, lines=60):
        return self.compose("logs", "--tail", str(lines))[1]


def pairs(path):
    """The lines KEY=VALUE of a file that may be missing."""
    try:
        lines = path.read_text(errors="replace").splitlines()
    except OSError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)
