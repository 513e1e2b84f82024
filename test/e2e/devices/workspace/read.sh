#!/bin/bash
gst-launch-1.0 -q filesrc location=words.txt ! fakesink dump=true num-buffers=$COUNT
