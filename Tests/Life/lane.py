"""One lane: a life of random operations with one seed.

usage: lane.py STEPS SEED PGTOPO RESULT, in namespaces that Scripts/test-life created. Writes
the outcome to RESULT as JSON.
"""

import json
import os
import random
import sys
import time
import traceback

import node_operations  # noqa: F401
import role_operations  # noqa: F401
import whole_operations  # noqa: F401
from checker import problems
from life import Life
from mending import mend
from model import Model
from operations import choose
from servers import Servers

# After so many steps without health, the lane follows the messages.
PATIENCE = 2
MENDINGS = 6


def main(steps, seed, pgtopo, result):
    generator = random.Random(seed)
    synchronous = seed % 2 == 1
    model = Model(synchronous, int(os.environ.get("PGTOPO_LIFE_MAJOR", "17")))
    life = Life(model, Servers(os.environ["PGTOPO_TEST_LIFE"], pgtopo), generator)
    history = []
    begun = time.monotonic()
    try:
        life.begin()
        history.append(record(life, 0, "first start", mode(synchronous), begun))
        ill = 0
        while len(history) <= steps and not life.faults:
            ill = 0 if life.kind in ("healthy", "told") else ill + 1
            history.append(step(life, len(history), ill))
        if not life.faults:
            heal(life)
    except Exception:
        life.faults.append(traceback.format_exc())
    finally:
        life.end()
    report(life, seed, history)
    with open(result, "w", encoding="utf-8") as file:
        json.dump(summary(life, seed, history), file)


def mode(synchronous):
    return "synchronous" if synchronous else "asynchronous"


def step(life, number, ill):
    begun = time.monotonic()
    wanted = [name for name in os.environ.get("PGTOPO_LIFE_OPERATIONS", "").split(",") if name]
    tired = ill > PATIENCE or life.away and life.random.random() < 0.6
    chosen = None if tired or ill and life.random.random() < 0.6 else choose(life, wanted)
    if chosen is None:
        name, detail = "as the messages say", mend(life)
    else:
        name, detail = chosen.name, chosen.run(life)
    life.judge()
    return record(life, number, name, detail, begun)


def record(life, number, name, detail, begun):
    seconds = time.monotonic() - begun
    outcome = life.kind if not life.faults else "WRONG"
    lane = mode(life.model.synchronous)[:5]
    print(f"{lane} {number:3d}  {name:32} {outcome:8} {seconds:5.1f} s  {detail}", flush=True)
    if outcome in ("told", "refused"):
        for problem in problems(life.output):
            print(f"{'':12}{problem}", flush=True)
    return {"name": name, "detail": detail, "outcome": outcome, "seconds": round(seconds, 1)}


def heal(life):
    """Repairs everything at the end, so that every row can be looked for."""
    for _ in range(MENDINGS):
        if life.kind in ("healthy", "told"):
            break
        print(f"      at the end: {mend(life)}", flush=True)
        life.judge()
    life.collect()
    if not life.judge_rows():
        life.faults.append("at the end no primary can be asked for its rows")
    life.faults += life.watch.faults + life.rows.faults


def report(life, seed, history):
    """Prints what is needed to understand a life that went wrong."""
    if not life.faults:
        return
    print(f"\nseed {seed}: wrong:")
    for fault in life.faults:
        print(f"  {fault}")
    print("after")
    for number, line in enumerate(history):
        print(f"  {number} {line['name']}: {line['detail']} ({line['outcome']})")
    print(f"the state: {life.servers.facts()}")
    for name in life.model.nodes:
        print(f"the note of {name}: {life.servers.note(name)}")
    print(f"the messages:\n{life.output}")
    print(f"the writer: {life.client.last_word() if life.client else 'not started'}")
    print(f"the topology:\n{life.model.text()}")
    print(f"the logs:\n{life.servers.logs()}", flush=True)


def summary(life, seed, history):
    return {
        "seed": seed,
        "steps": len(history) - 1,
        "rows": len(life.rows.acknowledged) + len(life.rows.excused) + life.rows.lost,
        "lost": life.rows.lost,
        "excused": len(life.rows.excused),
        "samples": life.sampler.samples,
        "faults": life.faults,
        "history": history,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
