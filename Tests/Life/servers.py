"""The ways to the nodes of one lane: through `docker compose`, as a user has them, and
through the files and sockets of the stand-in in Tests/Servers, as only a test has them.
"""

import os
import shutil
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
        """Ends all of a command that takes too long. Returns its status and what it printed."""
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

    def script(self, name, *arguments, limit=90):
        return self.run(self.folder / "scripts" / f"{name}.sh", *arguments, limit=limit)

    def has_script(self, name):
        return (self.folder / "scripts" / f"{name}.sh").exists()

    def render(self, model):
        self.topology.write_text(model.text())
        return self.run(self.pgtopo, "render", self.topology)

    # --- Processes and sockets ---------------------------------------------------

    def first_process(self, name):
        """The container's process with number 1, as this namespace numbers it, or None."""
        try:
            outer = int((self.state / "services" / name / "pid").read_text())
            children = Path(f"/proc/{outer}/task/{outer}/children").read_text().split()
        except (OSError, ValueError):
            return None
        return int(children[0]) if children else None

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
        """The rows, or None where the node does not answer."""
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
        return self.run("ip", "-n", name, "link", "set", "eth0", "down")

    def mend(self, name):
        return self.run("ip", "-n", name, "link", "set", "eth0", "up")

    def volume(self, name):
        return self.state / "volumes" / f"life_{name}-data"

    def disk(self, name):
        return self.work / "disks" / name

    def make_disk(self, name):
        """A small one for the node's volume, with room beside the volume for what fills it."""
        volume, disk = self.volume(name), self.disk(name)
        if disk.exists():
            return
        disk.mkdir(parents=True)
        volume.mkdir(parents=True)
        self.must("mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", disk)
        (disk / "volume").mkdir()
        shutil.chown(disk / "volume", "postgres")
        self.must("mount", "--bind", disk / "volume", volume)

    def remove_disk(self, name):
        volume, disk = self.volume(name), self.disk(name)
        if not disk.exists():
            return
        # A container that ended a moment ago may still hold its mounts.
        self.must("umount", "--lazy", volume)
        self.must("umount", "--lazy", disk)
        volume.rmdir()
        disk.rmdir()

    def fill(self, name):
        """Until nothing fits."""
        with open(self.disk(name) / "ballast", "wb", buffering=0) as file:
            for size in (1 << 20, 4096):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    continue

    def free(self, name):
        (self.disk(name) / "ballast").unlink(missing_ok=True)

    def must(self, *command):
        status, output = self.run(*command)
        if status != 0:
            raise RuntimeError(f"{command}: {output}")

    # --- What the scripts know -----------------------------------------------------

    def facts(self):
        """/pgtopo/state/primary as a dictionary; empty as long as there is none."""
        return self.notes_file("primary")

    def note(self, name):
        return self.notes_file(f"nodes/{name}")

    def notes_file(self, path):
        try:
            text = (self.state / "volumes" / "life_pgtopo-state" / path).read_text()
        except OSError:
            return {}
        return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)

    def logs(self, lines=60):
        return self.compose("logs", "--tail", str(lines))[1]
