#!/usr/bin/python3
"""Times the real GStreamer: one pipeline a line on stdin, the seconds that parsing and linking them all took on stdout."""
import os
import sys
import time

os.environ["GST_DEBUG"] = "0"
import gi  # noqa: E402

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst  # noqa: E402

Gst.init(None)
pipelines = [line.rstrip("\n") for line in sys.stdin]
Gst.parse_launch(pipelines[0])  # loads the plugins, which is not what is timed
begun = time.perf_counter()
for text in pipelines:
    try:
        Gst.parse_launch(text)
    except GLib.Error:
        pass
print(time.perf_counter() - begun)
