#!/bin/bash
# Records a test picture.
gst-launch-1.0 videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=15/1 ! \
  x264enc tune=zerolatency ! h264parse ! mp4mux ! filesink location=take.mp4
