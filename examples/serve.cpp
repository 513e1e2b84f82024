// The stream for the guard's phone.
// gst-lint: target orin-nano-8gb
#include <gst/rtsp-server/rtsp-server.h>

int main(int argc, char *argv[]) {
  gst_init(&argc, &argv);
  GMainLoop *loop = g_main_loop_new(nullptr, FALSE);
  GstRTSPServer *server = gst_rtsp_server_new();
  GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new();
  gst_rtsp_media_factory_set_launch(factory,
      "( v4l2src device=/dev/video0 ! videoscale ! video/x-raw,width=640,framerate=30 "
      "! videoconvert ! x264enc tune=zerolatency speed-preset=superfst ! rtph264pay name=pay pt=96 )");
  gst_rtsp_mount_points_add_factory(gst_rtsp_server_get_mount_points(server), "/gate", factory);
  gst_rtsp_server_attach(server, nullptr);
  g_main_loop_run(loop);
}
