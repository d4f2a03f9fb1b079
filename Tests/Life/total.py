"""Adds up what the lanes wrote: a table of operations and outcomes, and a last line that
says whether anything was lost. usage: total.py RESULT…; exit status 0 only if nothing was.
"""

import json
import os
import sys
from collections import Counter, defaultdict

OUTCOMES = ["healthy", "told", "refused", "WRONG"]


def main(paths):
    lanes = [load(path) for path in paths]
    steps = [step for lane in lanes for step in lane["history"][1:]]
    print_table(steps)
    faults = [fault for lane in lanes for fault in lane["faults"]]
    lost = sum(lane["lost"] for lane in lanes)
    gone = sum("is gone" in fault for fault in faults)
    moments = sum("writable at the same time" in fault for fault in faults)
    good = sum(step["outcome"] != "WRONG" for step in steps)
    for lane in lanes:
        if lane["excused"]:
            print(f"seed {lane['seed']}: {lane['excused']} rows were given up by operations "
                  "that say so")
    for fault in faults:
        print(f"wrong: {fault.splitlines()[0] if fault else 'unknown'}")
    seeds = " and ".join(str(lane["seed"]) for lane in lanes)
    rows = sum(lane["rows"] for lane in lanes)
    print(f"life: {len(steps)} steps, seeds {seeds}: "
          f"{lost} acknowledged rows lost of {rows}, "
          f"{gone} databases deleted, {moments} moments with two writable nodes, "
          f"{good} end states healthy or refused with what to do"
          f"{f', {len(faults)} faults' if faults else ''}")
    return 1 if faults or good != len(steps) else 0


def load(path):
    """Also for a lane that ended without writing a result."""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    return {"seed": "?", "rows": 0, "lost": 0, "excused": 0, "history": [{}],
            "faults": ["a lane ended before its result was written"]}


def print_table(steps):
    outcomes, seconds = defaultdict(Counter), Counter()
    for step in steps:
        outcomes[step["name"]][step["outcome"]] += 1
        seconds[step["name"]] += step["seconds"]
    print(f"\n{'operation':34}{''.join(f'{outcome:>9}' for outcome in OUTCOMES)}   s each")
    for name in sorted(outcomes):
        counts = "".join(f"{outcomes[name][outcome] or '-':>9}" for outcome in OUTCOMES)
        print(f"{name:34}{counts}{seconds[name] / outcomes[name].total():9.1f}")
    print()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
