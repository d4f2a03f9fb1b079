#!/usr/bin/env python3
"""check.py PGTOPO [--write]: checks that every block of README.md matches the program's output.

A comment before a fenced block says what the block is:
  <!-- file: NAME -->            a file that the later blocks use
  <!-- output of: COMMAND -->    all that the command prints (its exit status may be 1)
  <!-- lines of: FILE -->        lines of a rendered file, in its order; "…" stands for any others
Blocks of kind console name commands of a checkout; each must be one that CI runs.
With --write, the outputs are replaced by what the program says now.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
BLOCK = re.compile(
    r"(?P<comment><!-- (?P<kind>file|output of|lines of): (?P<what>.+?) -->\n)"
    r"(?P<fence>```\w*\n)(?P<body>.*?)(?P<end>```\n)",
    re.S,
)
CONSOLE = re.compile(r"```console\n(.*?)```", re.S)
# Commands that the tests and CI run; the README may name no others.
RUN_BY_TESTS = {
    "Scripts/demo",
    "Scripts/test",
    "swift build -c release",
    "pgtopo lint",
    "pgtopo render topology.yml",
    "pgtopo explain replica-not-admitted",
    # Run by test-engine on a copy of the render.
    "export POSTGRES_PASSWORD=one REPLICATION_PASSWORD=two APP_PASSWORD=three",
    "output/primary-replica/scripts/setup.sh",
    "output/primary-replica/scripts/test.sh",
}


def output_of(command, pgtopo, folder):
    words = shlex.split(command)
    words[0] = {"pgtopo": pgtopo}[words[0]]
    run = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"{command}: exit status {run.returncode}\n{run.stderr}")
    return run.stdout


def is_excerpt(body, text):
    lines = iter(text.splitlines())
    return all(line == "…" or line in lines for line in body.splitlines())


def main():
    pgtopo = str(pathlib.Path(sys.argv[1]).resolve())
    write = "--write" in sys.argv
    text = README.read_text()
    wrong = []
    checked = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)

        def check(match):
            nonlocal checked
            checked += 1
            kind, what, body = match["kind"], match["what"], match["body"]
            if kind == "file":
                (folder / what).write_text(body)
                return match[0]
            if kind == "lines of":
                if not is_excerpt(body, (folder / what).read_text()):
                    wrong.append(f"these are not lines of {what}:\n{body}")
                return match[0]
            said = output_of(what, pgtopo, folder)
            if said != body and not write:
                wrong.append(f"{what} says otherwise:\n{said}")
            return match["comment"] + match["fence"] + said + match["end"]

        result = BLOCK.sub(check, text)
    for block in CONSOLE.findall(text):
        for line in block.splitlines():
            command = line.removeprefix("$ ").split(" #")[0].strip()
            if command not in RUN_BY_TESTS:
                wrong.append(f"nothing tests the command: {command}")
    if write:
        README.write_text(result)
    if checked < 5:
        wrong.append(f"only {checked} blocks were found")
    if wrong:
        sys.exit("README.md: " + "\nREADME.md: ".join(wrong))
    print(f"README.md: {checked} blocks agree")


main()
