#!/bin/sh
# Records the camera and shows a preview.
gst-launch-1.0 -e \
  nvarguscamerasrc sensor-id=0 ! \
  'video/x-raw(memory:NVMM),width=1920,height=1080,framerate=30/1,format=NV12' ! \
  tee name=t \
  t. ! queue ! \
    nvv4l2h264enc bitrate=8000000 ! \
    h264parse ! \
    qtmux ! \
    filesink location=take.mp4 \
  t. ! queue ! \
    nvvidconv ! \
    'video/x-raw,format=I420' ! \
    autovideosink
