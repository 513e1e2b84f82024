"""Shows the gate camera, and what the detector sees."""

# gst-lint: target orin-nano-8gb
import cv2
import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst

WIDTH, HEIGHT = 1280, 720


def open_camera(sensor: int) -> cv2.VideoCapture:
    return cv2.VideoCapture(
        f"nvarguscamerasrc sensor-id={sensor} ! "
        f"video/x-raw(memory:NVMM),width={WIDTH},height={HEIGHT},framerate=30/1 ! "
        "nvvidconv flip-methd=2 ! video/x-raw,format=BGRx ! "
        "videoconvert ! autovideosink",
        cv2.CAP_GSTREAMER,
    )


def detector() -> Gst.Element:
    Gst.init(None)
    return Gst.parse_launch(
        "nvstreammux name=mux batch-size=2 width=1280 height=720 ! "
        "nvinfer config-file-path=detector.txt ! nvvideoconvert ! nvdsosd ! fakesink "
        "videotestsrc num-buffers=many ! nvvideoconvert ! mux.sink_0 "
        "videotestsrc ! nvvideoconvert ! mux.sink_0"
    )
