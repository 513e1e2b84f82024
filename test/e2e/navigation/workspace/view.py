"""Shows what the camera sees."""
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

Gst.init(None)
pipeline = Gst.parse_launch(open("camera.gst").read())
frames = pipeline.get_by_name("frames")
backup = Gst.parse_launch("videotestsrc ! videoconvert ! appsink name=frames")
