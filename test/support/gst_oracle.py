#!/usr/bin/python3
"""Asks the real GStreamer what it says of a pipeline. One JSON request a line on stdin, one answer a line on stdout.

    /usr/bin/python3 gst_oracle.py [STAND-INS.json]

Needs Debian's python3-gi, gir1.2-gstreamer-1.0 and the plugin packages. NVIDIA's elements do not exist on a PC: those
in STAND-INS.json ([{name, typeName, pads, properties, inPlace}], as written by test/support/stand-ins.ts from the
project's own tables) are registered with their pad templates and property types; one that works in place answers caps
queries with what its neighbours say, as a GstBaseTransform does. Everything else is real.

  {"pipeline": TEXT}  ->  {"ok", "errors": [{"code", "message"}], "elements": [{"factory", "name"}],
                           "links": [[element, pad, element, pad]], "conflicts": [MESSAGE]}

"conflicts" are links that were made although the caps of their ends, asked again at the end, do not meet. No state is
changed, so nothing runs. Where GStreamer itself crashes this program ends; the caller starts it anew.
"""
import ctypes
import json
import os
import sys

os.environ["GST_DEBUG"] = "0"
os.environ.setdefault("GST_REGISTRY_FORK", "no")
import gi  # noqa: E402

gi.require_version("Gst", "1.0")
from gi.repository import GLib, GObject, Gst  # noqa: E402

Gst.init(None)
# Elements made from Python are not floating; the parser says so each time and goes on.
GLib.log_set_handler("GStreamer", GLib.LogLevelFlags.LEVEL_CRITICAL, lambda *_: None, None)

DIRECTIONS = {"src": Gst.PadDirection.SRC, "sink": Gst.PadDirection.SINK}
PRESENCES = {"always": Gst.PadPresence.ALWAYS, "sometimes": Gst.PadPresence.SOMETIMES, "request": Gst.PadPresence.REQUEST}
READ_WRITE = GObject.ParamFlags.READWRITE


class EnumValue(ctypes.Structure):
    _fields_ = [("value", ctypes.c_int), ("name", ctypes.c_char_p), ("nick", ctypes.c_char_p)]


gobject = ctypes.CDLL("libgobject-2.0.so.0")
gobject.g_enum_register_static.restype = ctypes.c_size_t
gobject.g_enum_register_static.argtypes = [ctypes.c_char_p, ctypes.POINTER(EnumValue)]
kept_alive = []  # GLib keeps pointers into the tables of values


def enum_type(values):
    table = (EnumValue * (len(values) + 1))()
    for slot, value in zip(table, values):
        nick = str(value.get("nick") or value.get("name") or value["value"]).encode()
        slot.value, slot.name, slot.nick = value["value"], str(value.get("name") or nick.decode()).encode(), nick
    kept_alive.append(table)
    name = f"StandInEnum{len(kept_alive)}"
    gobject.g_enum_register_static(name.encode(), table)
    return GObject.type_from_name(name)


def within(value, low, high):
    return min(max(value, low), high)


def property_of(spec):
    kind, name = spec["type"]["kind"], spec["name"]
    if kind == "bool":
        return (GObject.TYPE_BOOLEAN, name, name, False, READ_WRITE)
    if kind in ("int", "uint"):
        floor, ceiling = (-(2**31), 2**31 - 1) if kind == "int" else (0, 2**32 - 1)
        low, high = int(spec["type"].get("min") or floor), int(spec["type"].get("max") or ceiling)
        low, high = within(low, floor, ceiling), within(high, floor, ceiling)
        return (GObject.TYPE_INT if kind == "int" else GObject.TYPE_UINT, name, name, low, high, within(0, low, high), READ_WRITE)
    if kind in ("float", "double"):
        return (GObject.TYPE_DOUBLE, name, name, -1e300, 1e300, 0.0, READ_WRITE)
    if kind == "enum" and any(isinstance(v["value"], int) for v in spec["type"].get("values") or []):
        values = [v for v in spec["type"]["values"] if isinstance(v["value"], int) and -(2**31) <= v["value"] < 2**31]
        return (enum_type(values), name, name, values[0]["value"], READ_WRITE)
    return (GObject.TYPE_STRING, name, name, "", READ_WRITE)


def stand_in(spec):
    always = [pad["name"] for pad in spec["pads"] if pad["presence"] == "always"]

    def answer(pad, parent, query):
        return pad.proxy_query_caps(query) if query.type == Gst.QueryType.CAPS else pad.query_default(parent, query)

    def init(self):
        Gst.Element.__init__(self)
        self.values = {}
        for name in always:
            pad = Gst.Pad.new_from_template(self.get_pad_template(name), name)
            if spec["inPlace"]:
                pad.set_query_function(answer)
            self.add_pad(pad)

    def request(self, template, name, _caps):
        pattern, number = template.name_template, 0
        while name is None:
            wanted = pattern.replace("%u", str(number)).replace("%d", str(number))
            name = None if self.get_static_pad(wanted) else wanted
            number += 1
        if self.get_static_pad(name):
            return None
        pad = Gst.Pad.new_from_template(template, name)
        self.add_pad(pad)
        return pad

    templates = tuple(
        Gst.PadTemplate.new(p["name"], DIRECTIONS[p["direction"]], PRESENCES[p["presence"]], Gst.Caps.from_string(p["caps"])) for p in spec["pads"]
    )
    return type("StandIn" + spec["name"], (Gst.Element,), {
        # GStreamer counts automatic names by the type's name, without "Gst".
        "__gtype_name__": spec.get("typeName") or "Gst" + spec["name"],
        "__gstmetadata__": (spec["name"], "Generic", "stands in for " + spec["name"], "tests"),
        "__gsttemplates__": templates,
        "__gproperties__": {p["name"]: property_of(p) for p in spec["properties"] if p["name"] not in ("name", "parent")},
        "__init__": init,
        "do_request_new_pad": request,
        "do_release_pad": lambda self, pad: self.remove_pad(pad),
        "do_get_property": lambda self, p: self.values.get(p.name, p.default_value),
        "do_set_property": lambda self, p, value: self.values.__setitem__(p.name, value),
    })


def register(path):
    with open(path, encoding="utf-8") as file:
        specs = json.load(file)
    for spec in specs:
        if not Gst.ElementFactory.find(spec["name"]):
            Gst.Element.register(None, spec["name"], Gst.Rank.NONE, stand_in(spec))


def everything_in(box):
    walk = box.iterate_recurse()
    while True:
        result, element = walk.next()
        if result == Gst.IteratorResult.OK:
            yield element
        elif result == Gst.IteratorResult.RESYNC:
            walk.resync()
        else:
            return


def describe(error):
    code = error.code
    if "gst_parse_error" in str(error.domain).replace("-", "_"):
        code = Gst.ParseError(error.code).value_nick
    return {"code": code, "message": error.message}


def ask(text):
    answer = {"ok": False, "errors": [], "elements": [], "links": [], "conflicts": []}
    try:
        made = Gst.parse_launch_full(text, None, Gst.ParseFlags.FATAL_ERRORS)
    except GLib.Error as error:
        answer["errors"].append(describe(error))
        return answer
    answer["ok"] = True
    for element in everything_in(made) if isinstance(made, Gst.Bin) else [made]:
        factory = element.get_factory()
        answer["elements"].append({"factory": factory.get_name() if factory else None, "name": element.get_name()})
        for pad in element.pads:
            peer = pad.get_peer() if pad.direction == Gst.PadDirection.SRC else None
            if peer is None:
                continue
            other = peer.get_parent_element()
            answer["links"].append([element.get_name(), pad.get_name(), other.get_name() if other else None, peer.get_name()])
            if not pad.query_caps(None).can_intersect(peer.query_caps(None)):
                answer["conflicts"].append(answer["links"][-1])
    made.set_state(Gst.State.NULL)
    return answer


def main():
    if len(sys.argv) > 1:
        register(sys.argv[1])
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(ask(json.loads(line)["pipeline"])), flush=True)


if __name__ == "__main__":
    main()
