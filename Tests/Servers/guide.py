#!/usr/bin/env python3
"""guide.py GUIDE PGTOPO: carries out everything that a guide says, in the current folder.

A comment before a fenced block says what the block is:
  <!-- file: NAME -->            a file
  <!-- edit: NAME -->            lines of that file: those with "-" become those with "+"
  <!-- run -->                   commands after "$ ", each with what it prints
  <!-- run: ends with N -->      the same, and the last one ends with N
"…" stands for any text; alone on a line, for any lines. Commands whose output is not shown
may print anything.
"""

import os
import pathlib
import re
import shlex
import subprocess
import sys

BLOCK = re.compile(
    r"<!-- (?P<kind>file|edit|run)(?:: (?P<what>.+?))? -->\n```\w*\n(?P<body>.*?)```\n", re.S
)


def main(guide, pgtopo):
    blocks = list(BLOCK.finditer(pathlib.Path(guide).read_text()))
    commands = 0
    for block in blocks:
        kind, what, body = block["kind"], block["what"], block["body"]
        if kind == "file":
            pathlib.Path(what).write_text(body)
        elif kind == "edit":
            edit(pathlib.Path(what), body)
        else:
            expected = int(what.removeprefix("ends with ")) if what else 0
            commands += run(body, expected, pgtopo)
    if commands < 20:
        sys.exit(f"only {commands} commands were found")
    print(f"{commands} commands do what the guide says")


def edit(path, diff):
    lines = diff.splitlines()
    old = "".join(line[1:] + "\n" for line in lines if line[0] in "- ")
    new = "".join(line[1:] + "\n" for line in lines if line[0] in "+ ")
    text = path.read_text()
    if text.count(old) != 1:
        sys.exit(f"{path} does not have these lines once:\n{old}")
    path.write_text(text.replace(old, new))


def run(body, expected, pgtopo):
    steps = []
    for line in body.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
    for index, (command, shown) in enumerate(steps):
        print("$", command, flush=True)
        words = shlex.split(command)
        if words[0] == "export":
            os.environ.update(word.split("=", 1) for word in words[1:])
            continue
        if words[0] == "pgtopo":
            words[0] = pgtopo
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        print(done.stdout, end="", flush=True)
        wanted = expected if index == len(steps) - 1 else 0
        if done.returncode != wanted:
            sys.exit(f"exit status {done.returncode}, and not {wanted}: {command}")
        if shown and not pattern(shown).fullmatch(done.stdout):
            sys.exit(f"it prints something else: {command}\nthe guide says:\n" + "\n".join(shown))
    return len(steps)


def pattern(shown):
    """Compose's own output varies: any lines may be around those that are shown."""
    expression = r"(?s:.*)"
    for line in shown:
        if line == "…":
            expression += r"(?:.*\n)*?"
        else:
            expression += ".*?".join(re.escape(part) for part in line.split("…")) + r"\n"
    return re.compile(expression + r"(?s:.*)")


main(*sys.argv[1:])
