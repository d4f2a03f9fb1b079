#!/usr/bin/env python3
"""Does what Docker's daemon does for one running container of the stand-in beside this file:
starts it, runs its health check, restarts it according to its restart policy, and ends when
the container has ended for good. Everything that it knows is in the container's file
`status`, as lines KEY=VALUE; the file `stopped` says that somebody wants the container to
stay down; the lock on the file `alive` is held while this runs.

usage: supervise.py CONTAINER (standard output and error are the container's log)
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time

STATE = os.environ["PGTOPO_SERVERS"]
TOOLS = os.path.dirname(os.path.abspath(__file__))
# The tests are impatient: checks are this many times as frequent as declared.
HURRY = float(os.environ.get("PGTOPO_HURRY", "4"))


class Container:
    def __init__(self, name):
        self.name = name
        self.folder = os.path.join(STATE, "containers", name)
        with open(self.path("definition.json"), encoding="utf-8") as file:
            self.definition = json.load(file)
        self.health = self.definition["health"]
        self.status = {"state": "created", "health": "", "exit": 0, "pid": "", "restarts": 0,
                       "failing": 0}
        self.lock = threading.Lock()

    def path(self, name):
        return os.path.join(self.folder, name)

    def has(self, name):
        return os.path.exists(self.path(name))

    def note(self, **changes):
        with self.lock:
            if not self.health:
                changes.pop("health", None)
            self.status.update(changes)
            with open(self.path("status.new"), "w", encoding="utf-8") as file:
                file.writelines(f"{key}={value}\n" for key, value in self.status.items())
            os.replace(file.name, self.path("status"))

    # --- Its life ----------------------------------------------------------------

    def live(self):
        pause = 0
        while True:
            began = time.monotonic()
            code = self.run()
            if not self.is_restarted_after(code):
                self.note(state="exited", exit=code, pid="", health="unhealthy")
                return
            # A check that was stopped counts as unhealthy in Docker.
            self.note(state="restarting", exit=code, pid="", health="unhealthy",
                      restarts=self.status["restarts"] + 1)
            # After ten seconds, Docker forgets that a container failed.
            if time.monotonic() - began >= 10:
                pause = 0
            pause = min(pause * 2 or 0.1, 60)
            again = time.monotonic() + pause
            while time.monotonic() < again and not self.has("stopped"):
                time.sleep(0.02)
            if self.has("stopped"):
                self.note(state="exited")
                return

    def is_restarted_after(self, code):
        policy, _, limit = self.definition["restart"].partition(":")
        if self.has("stopped") or policy == "no":
            return False
        if policy == "on-failure":
            return code != 0 and (not limit or self.status["restarts"] < int(limit))
        return True

    def run(self):
        """Runs it from start to end; returns the exit status in a shell's notation."""
        connected = subprocess.run(
            [f"{TOOLS}/network.sh", "connect", self.name, *self.definition["addresses"]],
            stdin=subprocess.DEVNULL, check=False)
        if connected.returncode != 0:
            return 128
        if self.has("ready"):
            os.remove(self.path("ready"))
        process = subprocess.Popen(
            ["nsenter", f"--net=/run/netns/{self.name}",
             "unshare", "--mount", "--pid", "--ipc", "--fork", "--kill-child",
             f"{TOOLS}/container.sh", self.folder], stdin=subprocess.DEVNULL)
        while not self.has("ready") and process.poll() is None:
            time.sleep(0.005)
        ended = threading.Event()
        monitor = threading.Thread(target=self.watch, args=(ended,))
        self.note(state="running", exit=0, pid=first_child(process.pid), failing=0,
                  health="starting")
        if self.health:
            monitor.start()
        code = process.wait()
        ended.set()
        if self.health:
            monitor.join()
        subprocess.run([f"{TOOLS}/network.sh", "remove", self.name], check=False)
        return code if code >= 0 else 128 - code

    # --- Its health, by Docker's rules ----------------------------------------------

    def watch(self, ended):
        began = time.monotonic()
        while not ended.wait(self.health["interval"] / HURRY):
            if self.has("paused"):
                self.note(health="unhealthy")
                continue
            probed = time.monotonic()
            healthy = self.probe()
            if ended.is_set():
                return
            if healthy:
                self.note(health="healthy", failing=0)
            elif self.status["health"] != "starting" or probed - began >= self.health["start_period"]:
                failing = self.status["failing"] + 1
                if failing >= self.health["retries"]:
                    self.note(health="unhealthy", failing=failing)
                else:
                    self.note(failing=failing)

    def probe(self):
        """Runs the check once; it may take as long as its timeout allows."""
        with open(self.path("probe.new"), "w", encoding="utf-8") as output:
            # Its own session, so that everything it started can be ended, too.
            process = subprocess.Popen(
                [f"{TOOLS}/enter.sh", self.name, *self.health["test"]], stdin=subprocess.DEVNULL,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
            try:
                code = process.wait(self.health["timeout"] or None)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                code = -1
                output.write(f"Health check exceeded timeout ({self.health['timeout']}s)\n")
        os.replace(self.path("probe.new"), self.path("probe"))
        return code == 0


def first_child(process):
    """The process that is number 1 in the container's own namespace."""
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
            return file.read().split()[0]
    except (OSError, IndexError):
        return ""


def main(name):
    container = Container(name)
    with open(container.path("alive"), "w", encoding="ascii") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        container.live()


main(*sys.argv[1:])
