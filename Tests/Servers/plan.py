#!/usr/bin/env python3
"""Turns `docker compose config --format json` (standard input) into shell
definitions, one file per service, for the stand-in of Docker beside this file.

usage: plan.py STATE_FOLDER, whose `services/NAME/definition` files it writes.
"""

import ipaddress
import json
import os
import re
import shlex
import sys


def main(state):
    config = unescaped(json.load(sys.stdin))
    services = config["services"]
    networks = {
        name: network["ipam"].get("config", [])
        for name, network in config.get("networks", {}).items()
    }
    write(state, "order", "\n".join(in_order(services)) + "\n")
    write(state, "gateways", "".join(f"{line}\n" for line in gateways(networks)))
    write(state, "hosts", hosts(services))
    for name, service in services.items():
        write(state, f"services/{name}/definition", definition(config, networks, service))


def unescaped(value):
    """Compose writes "$" as "$$", so that its output can be its input."""
    if isinstance(value, str):
        return value.replace("$$", "$")
    if isinstance(value, list):
        return [unescaped(item) for item in value]
    if isinstance(value, dict):
        return {key: unescaped(item) for key, item in value.items()}
    return value


def in_order(services):
    """Each service after those that it depends on."""
    order = []

    def visit(name):
        if name not in order:
            for other in sorted(services[name].get("depends_on") or {}):
                visit(other)
            order.append(name)

    for name in sorted(services):
        visit(name)
    return order


def gateways(networks):
    for blocks in networks.values():
        for block in blocks:
            subnet = ipaddress.ip_network(block["subnet"])
            gateway = block.get("gateway") or next(subnet.hosts())
            yield f"{gateway}/{subnet.prefixlen}"


def addresses(networks, service):
    """The service's static addresses with the prefix lengths of their subnets."""
    for name, attachment in (service.get("networks") or {}).items():
        for key in ("ipv4_address", "ipv6_address"):
            text = (attachment or {}).get(key)
            if text is None:
                continue
            address = ipaddress.ip_address(text)
            for block in networks[name]:
                subnet = ipaddress.ip_network(block["subnet"])
                if address in subnet:
                    yield f"{address}/{subnet.prefixlen}"


def hosts(services):
    """Docker's name server, as a file."""
    lines = ["127.0.0.1 localhost", "::1 localhost"]
    for name, service in services.items():
        for attachment in (service.get("networks") or {}).values():
            for key in ("ipv4_address", "ipv6_address"):
                if (attachment or {}).get(key):
                    lines.append(f"{attachment[key]} {name}")
    return "\n".join(lines) + "\n"


def definition(config, networks, service):
    image_major = re.search(r":(\d+)", service["image"]).group(1)
    major = os.environ.get("PGTOPO_SERVER_MAJOR") or image_major
    data = f"{image_major}/docker" if int(image_major) >= 18 else "data"
    binaries = f"/usr/lib/postgresql/{major}/bin"
    environment = {
        "PATH": f"/usr/local/sbin:{binaries}:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "PG_MAJOR": major,
        "PGDATA": f"/var/lib/postgresql/{data}",
    }
    for name, value in (service.get("environment") or {}).items():
        if value is not None:
            environment[name] = value
    assignments = words(f"{name}={value}" for name, value in environment.items())
    command = (service.get("entrypoint") or ["docker-entrypoint.sh"]) + (
        service.get("command") or ["postgres"]
    )
    test, attempts, pause = health_check(service.get("healthcheck") or {})
    return f"""\
major={major}
addresses={shlex.quote(" ".join(addresses(networks, service)))}
depends_on={shlex.quote(" ".join(sorted(service.get("depends_on") or {})))}
attempts={attempts}
pause={pause}
environment=({assignments})
command=({words(command)})
health=({words(test)})
mounts() {{
  :
{"".join(f"  {words(line)}" + chr(10) for line in mounts(config, service))}}}
"""


def mounts(config, service):
    for mount in service.get("tmpfs") or []:
        target, _, options = mount.partition(":")
        yield ["mount_temporary", target, options or "mode=1777"]
    for mount in service.get("volumes") or []:
        mode = "ro" if mount.get("read_only") else "rw"
        if mount["type"] == "volume":
            name = config["volumes"][mount["source"]]["name"]
            yield ["mount_volume", name, mount["target"], mode]
        elif mount["type"] == "bind":
            yield ["mount_bind", mount["source"], mount["target"], mode]
        elif mount["type"] == "tmpfs":
            yield ["mount_temporary", mount["target"], "mode=1777"]
    for secret in service.get("secrets") or []:
        target = secret.get("target") or secret["source"]
        target = os.path.join("/run/secrets", target)
        source = config["secrets"][secret["source"]]
        if "file" in source:
            yield ["mount_bind", source["file"], target, "ro"]
        else:
            yield ["write_secret", source["environment"], target]


def health_check(check):
    """The command, how often it is tried, and the seconds between two tries."""
    kind, *arguments = check.get("test") or ["NONE"]
    test = ["sh", "-c", *arguments] if kind == "CMD-SHELL" else arguments
    pause = max(0.2, min(seconds(check.get("interval", "1s")), 1))
    patience = seconds(check.get("start_period", "0s"))
    patience += check.get("retries", 3) * seconds(check.get("interval", "30s"))
    return test, int(patience / pause) + 1, pause


def seconds(text):
    """A duration of Compose: "1m30s", "500ms"."""
    units = {"h": 3600, "m": 60, "s": 1, "ms": 0.001, "us": 0.000001}
    parts = re.findall(r"([\d.]+)(h|ms|us|m|s)", text)
    return sum(float(number) * units[unit] for number, unit in parts)


def words(items):
    return " ".join(shlex.quote(item) for item in items)


def write(state, path, text):
    path = os.path.join(state, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)


main(*sys.argv[1:])
