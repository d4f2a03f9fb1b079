"""Connects to a PostgreSQL server many times, from any loopback address.

libpq cannot choose its source address, so this speaks the start of the protocol itself (the
manual's "Message Flow"). Reads a JSON list of connections, makes them one after the other,
and prints a JSON list of the server's responses: null if it authenticated the user, otherwise
its error.

A connection has: socket (a path) or host and port, source (an address, may be null), tls,
user, database (may be null), replication (null, "true" or "database"), password.
"""

import json
import socket
import ssl
import struct
import sys

PROTOCOL = 3 << 16
SSL_REQUEST = 80877103
CLEARTEXT_PASSWORD = 3


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    json.dump([ask(connection, context) for connection in json.load(sys.stdin)], sys.stdout)


def ask(connection, context):
    with connect(connection) as plain:
        plain.settimeout(20)
        if not connection["tls"]:
            return authenticate(plain, connection)
        plain.sendall(struct.pack("!II", 8, SSL_REQUEST))
        if plain.recv(1) != b"S":
            return "the server has no TLS"
        with context.wrap_socket(plain) as encrypted:
            return authenticate(encrypted, connection)


def connect(connection):
    if connection["socket"]:
        client = socket.socket(socket.AF_UNIX)
        client.connect(connection["socket"])
        return client
    family = socket.AF_INET6 if ":" in connection["host"] else socket.AF_INET
    client = socket.socket(family)
    if connection["source"]:
        client.bind((connection["source"], 0))
    client.connect((connection["host"], connection["port"]))
    return client


def authenticate(client, connection):
    client.sendall(startup_message(connection))
    while True:
        kind, body = message(client)
        if kind == b"E":
            return error_text(body)
        if kind != b"R":
            raise ValueError(f"unexpected message {kind}")
        method = struct.unpack("!I", body[:4])[0]
        if method == 0:
            # What comes next (the database may not exist) is not decided by pg_hba.conf.
            return None
        if method != CLEARTEXT_PASSWORD:
            raise ValueError(f"unexpected request for authentication {method}")
        password = connection["password"].encode() + b"\0"
        client.sendall(b"p" + struct.pack("!I", len(password) + 4) + password)


def startup_message(connection):
    body = struct.pack("!I", PROTOCOL)
    for name in ["user", "database", "replication"]:
        if connection[name] is not None:
            body += name.encode() + b"\0" + connection[name].encode() + b"\0"
    return struct.pack("!I", len(body) + 5) + body + b"\0"


def message(client):
    header = exactly(client, 5)
    return header[:1], exactly(client, struct.unpack("!I", header[1:])[0] - 4)


def exactly(client, count):
    data = b""
    while len(data) < count:
        more = client.recv(count - len(data))
        if not more:
            raise EOFError("the server closed the connection")
        data += more
    return data


def error_text(body):
    """The field M of an ErrorResponse."""
    fields = [field.decode(errors="replace") for field in body.split(b"\0") if field]
    return next((field[1:] for field in fields if field[0] == "M"), "")


main()
