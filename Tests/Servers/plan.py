#!/usr/bin/env python3
"""Turns `docker compose config --format json` (standard input) into what the stand-in for
Docker beside this file needs: for each service `services/NAME/definition` (for shells),
`definition.json` (for supervise.py) and `hash`, which changes when Compose would recreate
the service's container.

usage: plan.py STATE_FOLDER
"""

import hashlib
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
        name: (network.get("ipam") or {}).get("config") or []
        for name, network in config.get("networks", {}).items()
    }
    write(state, "project", config["name"] + "\n")
    write(state, "order", "".join(f"{name}\n" for name in in_order(services)))
    write(state, "gateways", "".join(f"{line}\n" for line in gateways(networks)))
    write(state, "declared-volumes", "".join(
        f"{shlex.quote(volume['name'])} {shlex.quote(temporary_options(volume))}\n"
        for volume in config.get("volumes", {}).values()))
    for name, service in services.items():
        folder = f"services/{name}"
        write(state, f"{folder}/definition", definition(config, networks, name, service))
        write(state, f"{folder}/definition.json", json.dumps(supervision(networks, service)))
        write(state, f"{folder}/hash", fingerprint(config, service) + "\n")


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
    """The services in order, each after those that it depends on."""
    order = []

    def visit(name):
        if name not in order:
            for other in sorted(services[name].get("depends_on") or {}):
                visit(other)
            order.append(name)

    for name in sorted(services):
        visit(name)
    return order


def fingerprint(config, service):
    """As in Compose, of the whole service except what it depends on."""
    relevant = {key: value for key, value in service.items() if key != "depends_on"}
    relevant["volume names"] = {
        name: volume["name"] for name, volume in config.get("volumes", {}).items()}
    relevant["major"] = server_major(service)
    return hashlib.sha256(json.dumps(relevant, sort_keys=True).encode()).hexdigest()


def temporary_options(volume):
    """The options of a volume in memory, which may be small: "size=64m"."""
    options = volume.get("driver_opts") or {}
    return (options.get("o") or "mode=0755") if options.get("type") == "tmpfs" else ""


# --- The network ---------------------------------------------------------------


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


# --- A service -----------------------------------------------------------------


def image_major(service):
    return re.search(r":(\d+)", service["image"]).group(1)


def server_major(service):
    return os.environ.get("PGTOPO_SERVER_MAJOR") or image_major(service)


def definition(config, networks, name, service):
    major = server_major(service)
    new_layout = int(image_major(service)) >= 18
    data = f"{image_major(service)}/docker" if new_layout else "data"
    binaries = f"/usr/lib/postgresql/{major}/bin"
    environment = {
        "PATH": f"/usr/local/sbin:{binaries}:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "PG_MAJOR": major,
        "PGDATA": f"/var/lib/postgresql/{data}",
    }
    for variable, value in (service.get("environment") or {}).items():
        if value is not None:
            environment[variable] = value
    # A service's own entry point discards the image's command.
    entrypoint = service.get("entrypoint")
    command = service.get("command") or ([] if entrypoint else ["postgres"])
    image_volume = "/var/lib/postgresql" if new_layout else "/var/lib/postgresql/data"
    return f"""\
service={shlex.quote(name)}
major={major}
image_volume={image_volume}
addresses=({words(addresses(networks, service))})
depends_on={shlex.quote(" ".join(sorted(service.get("depends_on") or {})))}
volumes=({words(volume_names(config, service))})
user={shlex.quote(service.get("user") or "")}
stop_signal={shlex.quote((service.get("stop_signal") or "SIGINT").removeprefix("SIG"))}
grace={int(seconds(service.get("stop_grace_period", "10s")))}
shm_size={int(service.get("shm_size") or 64 << 20)}
environment=({words(f"{key}={value}" for key, value in environment.items())})
entrypoint=({words(entrypoint or ["docker-entrypoint.sh"])})
command=({words(command)})
mounts() {{
  :
{"".join(f"  {words(line)}" + chr(10) for line in mounts(config, service, image_volume))}}}
secrets() {{
  :
{"".join(f"  {words(line)}" + chr(10) for line in environment_secrets(config, service))}}}
"""


def mounts(config, service, image_volume):
    """Calls of container.sh's functions, outer folders first as in Docker."""
    lines = []
    for mount in service.get("tmpfs") or []:
        target, _, options = mount.partition(":")
        lines.append(["mount_temporary", target, options or "mode=1777"])
    for mount in service.get("volumes") or []:
        mode = "ro" if mount.get("read_only") else "rw"
        if mount["type"] == "volume":
            name = config["volumes"][mount["source"]]["name"]
            lines.append(["mount_volume", mount["target"], name, mode])
        elif mount["type"] == "bind":
            lines.append(["mount_bind", mount["target"], mount["source"], mode])
        elif mount["type"] == "tmpfs":
            lines.append(["mount_temporary", mount["target"], "mode=1777"])
    for source, target, secret in secrets(config, service):
        # With its owner and mode on the host, whatever the service requests.
        if "file" in source:
            lines.append(["mount_bind", target, source["file"], "ro"])
    if image_volume not in [line[1] for line in lines]:
        lines.append(["mount_anonymous", image_volume])
    return sorted(lines, key=lambda line: line[1].count("/"))


def environment_secrets(config, service):
    for source, target, secret in secrets(config, service):
        if "environment" in source:
            mode = secret.get("mode", "0444")
            mode = mode if isinstance(mode, str) else f"{mode:04o}"
            yield ["write_secret", source["environment"], target, mode,
                   f"{secret.get('uid') or 0}:{secret.get('gid') or 0}"]


def secrets(config, service):
    for secret in service.get("secrets") or []:
        target = os.path.join("/run/secrets", secret.get("target") or secret["source"])
        yield config["secrets"][secret["source"]], target, secret


def volume_names(config, service):
    for mount in service.get("volumes") or []:
        if mount["type"] == "volume":
            yield config["volumes"][mount["source"]]["name"]


def supervision(networks, service):
    check = service.get("healthcheck") or {}
    kind, *arguments = check.get("test") or ["NONE"]
    test = ["sh", "-c", *arguments] if kind == "CMD-SHELL" else arguments
    health = {
        "test": test,
        "interval": seconds(check.get("interval", "30s")),
        "timeout": seconds(check.get("timeout", "30s")),
        "retries": check.get("retries") or 3,
        "start_period": seconds(check.get("start_period", "0s")),
    }
    return {
        "addresses": list(addresses(networks, service)),
        "restart": service.get("restart") or "no",
        "health": None if kind == "NONE" or check.get("disable") else health,
    }


def seconds(text):
    """A duration of Compose: "1m30s", "500ms"."""
    units = {"h": 3600, "m": 60, "s": 1, "ms": 0.001, "us": 0.000001}
    parts = re.findall(r"([\d.]+)(h|ms|us|m|s)", text)
    return sum(float(number) * units[unit] for number, unit in parts)


def words(items):
    return " ".join(shlex.quote(item) for item in items)


def write(state, path, text):
    """By rename, since several commands may plan and read at the same time."""
    path = os.path.join(state, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(f"{path}.{os.getpid()}", "w", encoding="utf-8", errors="surrogateescape") as file:
        file.write(text)
    os.replace(file.name, path)


main(*sys.argv[1:])
