"""Asks GLib itself how it reads key files. JSON lines in: {"id", "base64"}; JSON lines out: {"id", "error"} with the
GKeyFileError code, or {"id", "groups": [[name, [[key, raw value], ...]], ...]}. With {"values": [raw, ...]} it answers
how the typed getters read each of them. Calls the library directly, so that bytes which are no UTF-8 can be asked too.
"""

import base64
import ctypes
import ctypes.util
import json
import os
import sys

# Which translations of a key GLib keeps depends on the language, so it is fixed before the library asks.
os.environ["LC_ALL"] = "C"
os.environ["LANGUAGE"] = ""

glib = ctypes.CDLL(ctypes.util.find_library("glib-2.0") or "libglib-2.0.so.0")


class GError(ctypes.Structure):
    _fields_ = [("domain", ctypes.c_uint32), ("code", ctypes.c_int), ("message", ctypes.c_char_p)]


P = ctypes.c_void_p
ERR = ctypes.POINTER(ctypes.POINTER(GError))
S = ctypes.c_char_p
SIZE = ctypes.POINTER(ctypes.c_size_t)


def function(name, result, *arguments):
    found = getattr(glib, name)
    found.restype = result
    found.argtypes = list(arguments)
    return found


key_file_new = function("g_key_file_new", P)
key_file_free = function("g_key_file_free", None, P)
load = function("g_key_file_load_from_data", ctypes.c_int, P, S, ctypes.c_size_t, ctypes.c_int, ERR)
get_groups = function("g_key_file_get_groups", ctypes.POINTER(S), P, SIZE)
get_keys = function("g_key_file_get_keys", ctypes.POINTER(S), P, S, SIZE, ERR)
get_value = function("g_key_file_get_value", P, P, S, S, ERR)
set_value = function("g_key_file_set_value", None, P, S, S, S)
get_integer = function("g_key_file_get_integer", ctypes.c_int, P, S, S, ERR)
get_boolean = function("g_key_file_get_boolean", ctypes.c_int, P, S, S, ERR)
get_double = function("g_key_file_get_double", ctypes.c_double, P, S, S, ERR)
get_uint64 = function("g_key_file_get_uint64", ctypes.c_uint64, P, S, S, ERR)
get_string = function("g_key_file_get_string", P, P, S, S, ERR)
LISTS = {
    "integer": function("g_key_file_get_integer_list", ctypes.POINTER(ctypes.c_int), P, S, S, SIZE, ERR),
    "boolean": function("g_key_file_get_boolean_list", ctypes.POINTER(ctypes.c_int), P, S, S, SIZE, ERR),
    "double": function("g_key_file_get_double_list", ctypes.POINTER(ctypes.c_double), P, S, S, SIZE, ERR),
    "string": function("g_key_file_get_string_list", ctypes.POINTER(S), P, S, S, SIZE, ERR),
}
free = function("g_free", None, P)
strfreev = function("g_strfreev", None, P)
error_free = function("g_error_free", None, ctypes.POINTER(GError))


def text(data):
    return (data or b"").decode("utf-8", "replace")


def taken(error):
    """The code of an error that was set, which is freed; None where there is none."""
    if not error:
        return None
    code = error.contents.code
    error_free(error)
    return code


def no_error():
    return ctypes.POINTER(GError)()


def read_file(data):
    key_file = key_file_new()
    try:
        error = no_error()
        load(key_file, data, len(data), 0, ctypes.byref(error))
        code = taken(error)
        if code is not None:
            return {"error": code}
        groups = []
        count = ctypes.c_size_t()
        names = get_groups(key_file, ctypes.byref(count))
        for i in range(count.value):
            name = names[i]
            keys_count = ctypes.c_size_t()
            keys = get_keys(key_file, name, ctypes.byref(keys_count), None)
            rows = []
            for j in range(keys_count.value):
                value = get_value(key_file, name, keys[j], None)
                rows.append([text(keys[j]), text(ctypes.string_at(value)) if value else None])
                free(value)
            strfreev(keys)
            groups.append([text(name), rows])
        strfreev(names)
        return {"groups": groups}
    finally:
        key_file_free(key_file)


def number(value):
    """JSON has no infinity and no NaN; a double goes through repr, which is exact."""
    return repr(value)


def read_value(raw):
    key_file = key_file_new()
    set_value(key_file, b"g", b"k", raw.encode())
    try:
        answer = {}
        for name, getter, show in (
            ("integer", get_integer, int),
            ("boolean", get_boolean, bool),
            ("double", get_double, number),
            ("uint64", get_uint64, str),
        ):
            error = no_error()
            value = getter(key_file, b"g", b"k", ctypes.byref(error))
            answer[name] = None if taken(error) is not None else show(value)
        error = no_error()
        value = get_string(key_file, b"g", b"k", ctypes.byref(error))
        answer["string"] = None if taken(error) is not None else text(ctypes.string_at(value))
        free(value)
        for name, getter in LISTS.items():
            error = no_error()
            count = ctypes.c_size_t()
            values = getter(key_file, b"g", b"k", ctypes.byref(count), ctypes.byref(error))
            if taken(error) is not None:
                answer[name + "-list"] = None
                continue
            show = {"integer": int, "boolean": bool, "double": number, "string": text}[name]
            answer[name + "-list"] = [show(values[i]) for i in range(count.value)]
            if values:
                (strfreev if name == "string" else free)(values)
        return answer
    finally:
        key_file_free(key_file)


for line in sys.stdin.buffer:
    question = json.loads(line)
    if "values" in question:
        answer = {"answers": [read_value(raw) for raw in question["values"]]}
    else:
        answer = read_file(base64.b64decode(question["base64"]))
    answer["id"] = question.get("id")
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
