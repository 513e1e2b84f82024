#!/usr/bin/python3
"""Asks the real GStreamer about caps: one JSON request a line on stdin, one JSON answer a line on stdout.

Needs Debian's python3-gi and gir1.2-gstreamer-1.0, so run it with /usr/bin/python3.

  {"op": "version"}              -> {"version": "GStreamer 1.22.0"}
  {"op": "templates"}            -> {"templates": [CAPS, ...]}, each distinct pad template of the installed plugins
  {"op": "pair", "a": CAPS, "b": CAPS, "heavy": true|false}
                                 -> what the library makes of the two; a key is missing where the library has no answer

"heavy" asks for the operations too that abort the program on some caps or take long. When the program ends without
an answer, that is GStreamer's own doing; ask again without "heavy" or take it as the answer.
"""
import json
import os
import sys

os.environ.setdefault("GST_DEBUG", "0")
import gi  # noqa: E402

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst  # noqa: E402

Gst.init(None)
# The library warns of every odd text on stderr; what it makes of the text is in the answer.
for domain in ("GStreamer", "GLib", "GLib-GObject"):
    GLib.log_set_handler(domain, GLib.LogLevelFlags.LEVEL_MASK, lambda *_: None, None)


def printed(caps):
    return None if caps is None else caps.to_string()


def pair(request):
    a, b = Gst.Caps.from_string(request["a"]), Gst.Caps.from_string(request["b"])
    answer = {"a": printed(a), "b": printed(b)}
    if a is None or b is None:
        return answer
    answer["intersect"] = printed(a.intersect_full(b, Gst.CapsIntersectMode.FIRST))
    answer["zigZag"] = printed(a.intersect_full(b, Gst.CapsIntersectMode.ZIG_ZAG))
    answer["canIntersect"] = a.can_intersect(b)
    answer["aSubset"] = a.is_subset(b)
    answer["bSubset"] = b.is_subset(a)
    answer["equal"] = a.is_equal(b)
    answer["merged"] = printed(Gst.Caps.merge(a.copy(), b.copy()))
    if not a.is_any() and not a.is_empty():
        answer["fixated"] = printed(Gst.Caps.fixate(a.copy()))
    if request.get("heavy"):
        answer["normalized"] = printed(Gst.Caps.normalize(a.copy()))
        answer["simplified"] = printed(Gst.Caps.simplify(a.copy()))
        if not a.is_any():
            answer["minus"] = printed(a.subtract(b))
    return answer


def templates(_request):
    found = set()
    for factory in Gst.Registry.get().get_feature_list(Gst.ElementFactory):
        for template in factory.get_static_pad_templates():
            found.add(template.static_caps.string.strip())
    return {"templates": sorted(found)}


OPS = {"pair": pair, "templates": templates, "version": lambda _request: {"version": Gst.version_string()}}

for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(OPS[request["op"]](request)), flush=True)
