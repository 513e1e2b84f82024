#!/bin/sh
# A live source whose frame rate is counted.
gst-launch-1.0 -v videotestsrc is-live=true name=camera ! video/x-raw,width=320,height=240,framerate=30/1 \
  ! videoconvert ! fpsdisplaysink name=rate text-overlay=false video-sink=fakesink
