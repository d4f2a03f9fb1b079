"""Parses connection strings with libpq.

Reads a JSON list of texts; prints an object with the major of libpq, the keywords that it
knows, and for each text the options that it found, or its error as a text. The argument is
the library's name, by default libpq.so.5.
"""

import ctypes
import json
import sys


class Option(ctypes.Structure):
    """PQconninfoOption in libpq-fe.h."""

    _fields_ = [
        (name, ctypes.c_char_p)
        for name in ("keyword", "envvar", "compiled", "val", "label", "dispchar")
    ] + [("dispsize", ctypes.c_int)]


def main():
    libpq = ctypes.CDLL(sys.argv[1] if len(sys.argv) > 1 else "libpq.so.5")
    libpq.PQconninfoParse.restype = ctypes.POINTER(Option)
    libpq.PQconninfoParse.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_void_p)]
    libpq.PQconninfoFree.argtypes = [ctypes.POINTER(Option)]
    libpq.PQfreemem.argtypes = [ctypes.c_void_p]
    answers = [parse(libpq, text) for text in json.load(sys.stdin)]
    keywords = [option.keyword for option in options(libpq.PQconninfoParse(b"", None))]
    result = {
        "major": libpq.PQlibVersion() // 10000,
        "keywords": sorted(keyword.decode() for keyword in keywords),
        "answers": answers,
    }
    json.dump(result, sys.stdout)


def parse(libpq, text):
    error = ctypes.c_void_p()
    first = libpq.PQconninfoParse(text.encode(), ctypes.byref(error))
    if not first:
        sentence = decoded(ctypes.string_at(error.value)).removesuffix("\n")
        libpq.PQfreemem(error)
        return sentence
    found = {
        option.keyword.decode(): decoded(option.val)
        for option in options(first)
        if option.val is not None
    }
    libpq.PQconninfoFree(first)
    return found


def options(first):
    index = 0
    while first[index].keyword:
        yield first[index]
        index += 1


def decoded(text):
    return text.decode(errors="replace")


main()
