#!/bin/sh
gst-launch-1.0 videotestsrc num-bufers=10 ! fakesink
