/** Pages as gst-inspect-1.0 prints them in several versions, written for these tests about elements that do not exist. */

/** The layout of GStreamer 1.22. */
export const PAGE_1_22 = `Factory Details:
  Rank                     secondary (128)
  Long-name                Sample mixer
  Klass                    Filter/Editor/Video
  Description              Mixes samples
  Author                   Nobody
  Documentation            https://example.org/samplemix.html

Plugin Details:
  Name                     sampleplugin
  Description              Samples
  Filename                 /usr/lib/gstreamer-1.0/libgstsample.so
  Version                  1.22.0
  License                  LGPL
  Source release date      2023-01-23

GObject
 +----GInitiallyUnowned
       +----GstObject
             +----GstElement
                   +----GstAggregator
                         +----GstVideoAggregator
                               +----GstSampleMix

Implemented Interfaces:
  GstChildProxy

Pad Templates:
  SINK template: 'sink_%u'
    Availability: On request
    Capabilities:
      video/x-raw
                 format: { (string)I420, (string)NV12 }
                  width: [ 1, 2147483647 ]
              framerate: [ 0/1, 2147483647/1 ]
      audio/x-raw
           channel-mask: 0x0000000000000003
                 layout: interleaved
               channels: 2
    Type: GstSamplePad
    Pad Properties:
      alpha               : How much shows
                            flags: readable, writable, controllable
                            Double. Range:               0 -               1 Default:               1 
      mode                : The way it is laid over
                            flags: readable, writable
                            Enum "GstSampleMode" Default: 1, "over"
                               (0): source           - Source
                               (1): over             - Laid over what is there
  
  SRC template: 'src'
    Availability: Always
    Capabilities:
      ANY

Element has no clocking capabilities.

URI handling capabilities:
  Element can act as source.
  Supported URI protocols:
    sample
    samples

Pads:
  SRC: 'src'
    Pad Template: 'src'

Element Properties:
  caps                : What comes out
                        flags: readable, writable
                        Caps (NULL)
  filter-caps         : What may pass
                        flags: readable, writable
                                                   video/x-raw
                                                             format: I420

  gone                : Does nothing any more
                        flags: readable, writable, deprecated
                        Boolean. Default: false
  level               : How loud
                        flags: readable, writable, changeable in NULL, READY, PAUSED or PLAYING state
                        Float. Range:              -1 -        1.000001 Default:            0.25 
  name                : The name of the object
                        flags: readable, writable
                        String. Default: "samplemix0"
  parts               : Which parts: flags: are joined by +
                        (default) is all
                        flags: readable, writable, changeable only in NULL or READY state
                        Flags "GstSampleParts" Default: 0x00000003, "left+right"
                           (0x00000001): left             - GST_SAMPLE_LEFT
                           (0x00000002): right            - GST_SAMPLE_RIGHT
  rate                : Pictures a second
                        flags: readable, writable
                        Fraction. Range: 0/1 - 2147483647/1 Default: 30/1
  rectangle           : Where
                        flags: writable
                        Default: "<  >"
                        GstValueArray of GValues of type "gint" Write only
  size                : Bytes
                        flags: readable
                        Unsigned Integer64. Range: 0 - 18446744073709551615 Default: 18446744073709551615 
  structure           : More
                        flags: readable, writable
                        Boxed pointer of type "GstStructure"
  temp-file           : Where it is kept
                        flags: readable, writable
                        String. Default: "/tmp/sample-1234"

Element Signals:
  "sample" :  void user_function (GstElement* object,
                                  gpointer user_data);
`;

/** 1.14: order of registration, nothing behind a default. */
export const PAGE_1_14 = `Factory Details:
  Rank                     primary (256)
  Long-name                SampleSrc
  Klass                    Video/Capture

Plugin Details:
  Name                     samplesrc

GObject
 +----GInitiallyUnowned
       +----GstObject
             +----GstElement
                   +----GstBaseSrc
                         +----GstSampleSrc

Pad Templates:
  SRC template: 'src'
    Availability: Always
    Capabilities:
      video/x-raw(memory:NVMM)
                 format: { (string)NV12 }

Element has no clocking capabilities.
Element has no URI handling capabilities.

Pads:
  SRC: 'src'
    Pad Template: 'src'

Element Properties:
  name                : The name of the object
                        flags: readable, writable
                        String. Default: "samplesrc0"
  blocksize           : Bytes
                        flags: readable, writable
                        Unsigned Integer. Range: 0 - 4294967295 Default: 4096
  range               : Low and high
                        Two numbers
                        eg: range="1 2"
                        flags: readable, writable
                        String. Default: null
`;

/** 1.20 with an unknown flag; 1.24 with empty lines; a plugin that prints in between; a terminal's hard wraps; no tree. */
export const PAGE_TROUBLED = `Opening in BLOCKING MODE
Pad Templates:
  SINK template: 'sink'
    Availability: Always
    Capabilities:
      video/x-raw(memory:NVMM)
                 format: { (string)I420, (string)NV12, (string)P010_10LE, (string)BGRx
, (string)RGBA, (st
ring)GRAY8 }
                  width: [ 1, 2147483647 ]

Element Properties:

  SliceSampleRefreshInterval: Pictures
                        flags: readable, writable, changeable only in NULL or READY state, 0x2000
                        Unsigned Integer. Range: 0 - 4294967295 Default: 0

  device-name         : What it is called
                        flags: Opening in BLOCKING MODE
readable
                        String. Default: ""

  note                : Very long words that a terminal
 has cut in two
                        flags: readable, writable
                        Integer64. Range: -9223372036854775808 - 9223372036854775807 Default: -1
`;
