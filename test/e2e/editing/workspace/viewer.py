"""Shows a test picture."""
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
pipeline = Gst.parse_launch("videotestsrc is-lve=true ! videoconvert ! autovideosink")
