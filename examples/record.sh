#!/usr/bin/env bash
# Records both cameras until the service is stopped.
# gst-lint: target orin-nano-8gb
set -euo pipefail

OUT=${1:-/var/lib/gate}
CAPS="video/x-raw(memory:NVMM),width=1920,height=1080,framerate=30/1"

# The gate. The parentheses are the shell's here.
gst-launch-1.0 -e nvarguscamerasrc sensor-id=0 ! \
  video/x-raw(memory:NVMM),width=1920,height=1080 ! \
  nvvidconv ! x264enc bitrate=4000000 tune=zero-latency ! \
  h264parse ! qtmux ! filesink location="$OUT/gate.mov" &

# The yard, at a lower rate.
gst-launch-1.0 -e nvarguscamerasrc sensor-id=1 ! "$CAPS" ! \
  nvvidconv ! 'video/x-raw,format=I420' ! \ 
  x264enc bitrate=2000 ! h264parse ! matroskamux ! filesink location="$OUT/yard.mkv" &

# What the guard hears: a decoder that takes no picture.
gst-launch-1.0 rtspsrc location=rtsp://gate.local/audio lattency=200 ! rtpopusdepay ! opusdec ! audioconvert ! alsasink

wait
