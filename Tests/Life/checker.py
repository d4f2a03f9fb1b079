"""Judges what a step left behind: rows, and the state it ended in."""

import re
import time

LIMIT = 60
# Two looks in a row must agree that a refusal is final.
LOOKS = 2
PAUSE = 0.5


class Rows:
    """The acknowledged rows that must exist. Takes the writer's notes line by line."""

    def __init__(self):
        self.acknowledged = {}  # number → (time, server)
        self.excused = {}
        self.lost = 0
        self.newest = 0  # numbers only grow
        self.faults = []

    def note(self, number, at, server):
        if number <= self.newest:
            self.faults.append(f"row {number} was acknowledged twice")
        self.newest = max(self.newest, number)
        self.acknowledged[number] = (at, server)

    def missing(self, present):
        return sorted(set(self.acknowledged) - present)

    def judge(self, present, excuse=None):
        """`excuse` tells from a row's time and server whether the operation gave it up."""
        lost = []
        for number in self.missing(present):
            if excuse and excuse(*self.acknowledged[number]):
                self.excused[number] = self.acknowledged.pop(number)
            else:
                lost.append(number)
        if lost:
            at, server = self.acknowledged[lost[0]]
            self.faults.append(
                f"{len(lost)} acknowledged rows are lost, the first is {lost[0]}, "
                f"acknowledged by {server} at {time.strftime('%H:%M:%S', time.gmtime(at))}"
            )
        self.lost += len(lost)
        # Reported once.
        for number in lost:
            del self.acknowledged[number]
        return lost


def verdict(nodes, status):
    """The kind of an end state, or what is wrong with it.

    `nodes`: name → (healthy, problem, hint), the last two from the node's own note.
    `status`: exit status of status.sh and what it printed, or None.
    """
    ill = {name: facts for name, facts in nodes.items() if not facts[0]}
    unnamed = [name for name, (_, problem, hint) in ill.items() if not problem or not hint]
    if unnamed:
        names = ", ".join(unnamed)
        return None, f"neither healthy nor refused with a problem and what to do: {names}"
    if status is None:
        return ("refused" if ill else "healthy"), ""
    code, output = status
    if not ill and code == 0:
        return "healthy", ""
    if code not in (0, 1):
        return None, f"status.sh exits {code}: {output}"
    if code == 0:
        return None, f"status.sh sees no problem, but there is one with {', '.join(ill)}"
    told = problems(output)
    silent = [name for name in ill if not any(f'"{name}"' in problem for problem in told)]
    if silent:
        return None, f"status.sh does not name {', '.join(silent)}"
    for problem, hint in told.items():
        if not hint:
            return None, f"status.sh does not say what to do: {problem}"
        # Short breaks are normal, and are not an end state.
        if "does not stream" in problem and not ill:
            return None, f"the nodes are healthy, but {problem}"
    if not told:
        return None, f"status.sh exits 1 without a problem: {output}"
    return ("refused" if ill else "told"), ""


def problems(output):
    """The end of status.sh's output: each problem, with what to do indented below it."""
    found, problem = {}, None
    for line in output.partition("problems:\n")[2].splitlines():
        if line.startswith("    ") and problem:
            found[problem] = f"{found[problem]} {line.strip()}".strip()
        elif line.startswith("  "):
            problem = line.strip()
            found[problem] = ""
    return found


class EndStates:
    """Waits until the nodes are healthy or have refused for good."""

    def __init__(self, servers):
        self.servers = servers
        self.said = {}

    def wait(self, names, limit=LIMIT):
        """(kind, what status.sh printed, fault)"""
        self.said = {}
        deadline = time.monotonic() + limit
        agreed, last = 0, None
        while True:
            nodes = {name: self.look(name) for name in names}
            ill = {name: facts for name, facts in nodes.items() if not facts[0]}
            late = time.monotonic() > deadline
            if late or all(problem and hint for _, problem, hint in ill.values()):
                status = self.status()
                kind, fault = verdict(nodes, status)
                told = re.sub(r"[0-9.]+ [kMGT]?B", "", "\n".join(problems(status[1]) if status else []))
                sight = (kind, ill, told)
                agreed = agreed + 1 if sight == last else 1
                last = sight
                # It may still become one, and a problem may disappear by itself.
                if late or kind == "healthy" or kind and agreed >= LOOKS:
                    return kind, status[1] if status else "", fault
            time.sleep(PAUSE)

    def status(self):
        return self.servers.script("status") if self.servers.has_script("status") else None

    def look(self, name):
        # Docker's status first, since that is what a user sees, and it costs nothing.
        healthy = self.servers.container(name).get("health") == "healthy"
        if healthy and self.servers.has_script("health"):
            probe = ("sh", "/pgtopo/scripts/health.sh", "--now")
            healthy = self.servers.compose("exec", "-T", name, *probe, limit=20)[0] == 0
        elif healthy:
            healthy = self.streams(name)
        note = self.servers.note(name)
        facts = note.get("problem", "").strip(), note.get("hint", "").strip()
        # A refusing node restarts again and again, and each time says nothing for a moment.
        if not healthy and not all(facts) and note.get("phase") == "starting":
            facts = self.said.get(name, facts)
        self.said[name] = facts
        return healthy, *facts

    def streams(self, name):
        """For a node without a health check: whether it writes or receives."""
        return bool(self.servers.value(
            name,
            "SELECT NOT pg_is_in_recovery() OR EXISTS (SELECT FROM pg_stat_wal_receiver "
            "WHERE status = 'streaming')",
        ))
