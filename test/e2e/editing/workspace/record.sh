#!/bin/sh
# Records a test picture, and shows it.
gst-launch-1.0 -e videotestsrc num-bufers=300 ! nvvidconv \
  ! 'video/x-raw(memory:NVMM),format=NV12' ! nvv4l2h264enc ! h264parse \
  ! mp4mux ! filesink location=test.mp4

gst-launch-1.0 videotestsrc patern=ball ! autovideosnk
