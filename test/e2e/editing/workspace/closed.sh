#!/bin/sh
# Nobody opens this file; its problem is found all the same.
gst-launch-1.0 audiotestsrc wav=sine ! autoaudiosink
