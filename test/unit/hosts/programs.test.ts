import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lift, texts } from '../../support/hosts.ts';

test('Python: literals side by side, joined, raw and formatted', () => {
  const py = (text: string): string[] => texts('python', text);
  assert.deepEqual(py('p = Gst.parse_launch("videotestsrc ! "\n    "fakesink")'), ['videotestsrc ! fakesink']);
  assert.deepEqual(py("p = Gst.parse_launch('filesrc location=' + path + ' ! fakesink')"), [
    'filesrc location=<> ! fakesink',
  ]);
  assert.deepEqual(py("p = Gst.parse_launch(f'videotestsrc num-buffers={n} ! fakesink name={{x}}')"), [
    'videotestsrc num-buffers=<> ! fakesink name={x}',
  ]);
  assert.deepEqual(py("s = 'videotestsrc num-buffers=%d ! fakesink' % n"), ['videotestsrc num-buffers=<> ! fakesink']);
  assert.deepEqual(py("s = 'videotestsrc num-buffers=%d ! fakesink' %"), ['videotestsrc num-buffers=<> ! fakesink']);
  assert.deepEqual(py("s = 'videotestsrc num-buffers={} ! fakesink'.format(n)"), [
    'videotestsrc num-buffers=<> ! fakesink',
  ]);
  assert.deepEqual(
    py('CAPS = "video/x-raw, width=320"\np = Gst.parse_launch("videotestsrc ! " + CAPS + " ! fakesink")'),
    ['videotestsrc ! video/x-raw, width=320 ! fakesink'],
  );
  assert.deepEqual(py('s = """\nvideotestsrc !\n  fakesink\n"""'), ['\nvideotestsrc !\n  fakesink\n']);
  assert.deepEqual(py("s = ' ! '.join(['videotestsrc', 'queue', sink])"), ['videotestsrc ! queue ! <>']);
  assert.deepEqual(py("s = 'videotestsrc ! ' \\\n    'fakesink'"), ['videotestsrc ! fakesink']);
  assert.deepEqual(py("s = r'filesrc location=C:\\n ! fakesink'"), ['filesrc location=C:\\n ! fakesink']);
});

test('Python: commands and lists of arguments', () => {
  const py = (text: string): string[] => texts('python', text);
  assert.deepEqual(py('os.system("gst-launch-1.0 videotestsrc ! \'a/b, c=d\' ! fakesink")'), [
    'videotestsrc ! a/b,\\ c=d ! fakesink ',
  ]);
  assert.deepEqual(py('subprocess.run(["gst-launch-1.0", "-v", "filesrc", "location=a b", "!", "fakesink"])'), [
    'filesrc location=a\\ b ! fakesink ',
  ]);
  assert.deepEqual(py('subprocess.run(["gst-launch-1.0", "filesrc", f"location={p}", "!", sink])'), [
    'filesrc <> ! <> '.replace('<> !', 'location=<> !'),
  ]);
  assert.deepEqual(py('"""Usage:\n\n    gst-launch-1.0 videotestsrc ! fakesink\n"""'), ['videotestsrc ! fakesink ']);
});

test('who receives it is told', () => {
  const consumer = (text: string, language = 'python'): string | undefined => lift(language, text)[0]?.consumer;
  assert.equal(consumer('cap = cv2.VideoCapture("v4l2src ! appsink", cv2.CAP_GSTREAMER)'), 'opencv-capture');
  assert.equal(consumer('out = cv2.VideoWriter("appsrc ! fakesink", 0, 30, size)'), 'opencv-writer');
  assert.equal(consumer('factory.set_launch("( videotestsrc ! x264enc ! rtph264pay name=pay0 )")'), 'rtsp-factory');
  assert.equal(consumer('gst_rtsp_media_factory_set_launch (f, "( videotestsrc ! fakesink )");', 'c'), 'rtsp-factory');
  assert.equal(consumer('writer.open("appsrc ! fakesink", 0, 30, size);', 'cpp'), 'opencv-writer');
});

test('who receives it is told, too, where it has a name or comes from a function', () => {
  const told = (language: string, text: string): unknown[] =>
    lift(language, text).map((excerpt) => [excerpt.certainty, excerpt.consumer, excerpt.fragment]);
  const capture = [['code', 'opencv-capture', false]];
  assert.deepEqual(told('python', 'p = "v4l2src ! appsink"\ncap = cv2.VideoCapture(p, cv2.CAP_GSTREAMER)'), capture);
  assert.deepEqual(
    told(
      'python',
      'def source(w):\n  return (\n    "v4l2src ! video/x-raw, width=(int)%d ! "\n    "appsink" % w\n  )\ncap = cv2.VideoCapture(source(3), cv2.CAP_GSTREAMER)',
    ),
    capture,
  );
  assert.deepEqual(
    told('cpp', 'std::string p = "v4l2src ! appsink";\ncv::VideoCapture cap(p, cv::CAP_GSTREAMER);'),
    capture,
  );
  assert.deepEqual(
    told(
      'cpp',
      'std::string source(int w) { return "v4l2src num-buffers=" + std::to_string(w) + " ! appsink"; }\nint main() { auto p = source(3);\n cap.open(p, cv::CAP_GSTREAMER); }',
    ),
    capture,
  );
  assert.deepEqual(told('python', 'p = "v4l2src ! queue"\np += " ! appsink"\ncap = cv2.VideoCapture(p)'), [
    ['code', 'opencv-capture', true],
    ['code', 'opencv-capture', true],
  ]);
  assert.deepEqual(told('python', 'p = Gst.parse_launch("fakesrc" if name == "a" else "b")'), []);
  assert.deepEqual(
    told('python', 'def f(caps):\n  return Gst.parse_launch("fakesrc ! " + caps + " ! fakesink")\ncaps = "video/x-raw"')
      .length,
    1,
  );
});

test('a bare string is a pipeline only where it looks like one', () => {
  assert.equal(lift('python', 's = "videotestsrc ! fakesink"')[0]?.certainty, 'guess');
  for (const text of [
    'print("Hello ! you")',
    's = "no ! way ! this is prose"',
    's = "a != b"',
    'log("Stop ! Wait")',
    's = "queue"',
  ]) {
    assert.deepEqual(lift('python', text), [], text);
  }
});

test('C and C++: adjacent literals, macros, formats, raw strings, streams', () => {
  const c = (text: string): string[] => texts('cpp', text);
  assert.deepEqual(c('p = gst_parse_launch ("videotestsrc ! " // a remark\n  "fakesink", &error);'), [
    'videotestsrc ! fakesink',
  ]);
  assert.deepEqual(
    c('#define CAPS "video/x-raw"\np = gst_parse_launch ("videotestsrc ! " CAPS " ! fakesink", NULL);'),
    ['videotestsrc ! video/x-raw ! fakesink'],
  );
  assert.deepEqual(c('p = gst_parse_launch ("videotestsrc ! " OTHER " ! fakesink", NULL);'), [
    'videotestsrc ! <> ! fakesink',
  ]);
  assert.deepEqual(c('s = g_strdup_printf ("filesrc location=%s ! fakesink blocksize=%u", a, b);'), [
    'filesrc location=<> ! fakesink blocksize=<>',
  ]);
  assert.deepEqual(c('auto s = R"x(videotestsrc ! fakesink name="a")x";'), ['videotestsrc ! fakesink name="a"']);
  assert.deepEqual(c('ss << "v4l2src device=" << device << " ! fakesink";'), ['v4l2src device=<> ! fakesink']);
  assert.deepEqual(c('std::string s = std::string("filesrc location=") + path + " ! fakesink";'), [
    'filesrc location=<> ! fakesink',
  ]);
  assert.deepEqual(c('auto s = std::format("v4l2src device={} ! fakesink", d);'), ['v4l2src device=<> ! fakesink']);
  assert.deepEqual(c('auto s = QString("v4l2src device=%1 ! fakesink").arg(d);'), ['v4l2src device=<> ! fakesink']);
  assert.deepEqual(c('/**\n * gst-launch-1.0 videotestsrc ! \\\n *   fakesink\n */'), ['videotestsrc ! fakesink ']);
  assert.deepEqual(c('snprintf (buffer, sizeof (buffer), "v4l2src device=%s ! fakesink", d);'), [
    'v4l2src device=<> ! fakesink',
  ]);
});

test('Rust: raw and continued strings, format!, concat!, Command', () => {
  const rust = (text: string): string[] => texts('rust', text);
  assert.deepEqual(rust('gst::parse::launch("videotestsrc ! \\\n     fakesink")?;'), ['videotestsrc ! fakesink']);
  assert.deepEqual(rust('gst::parse::launch(r#"videotestsrc ! fakesink name="a""#)?;'), [
    'videotestsrc ! fakesink name="a"',
  ]);
  assert.deepEqual(rust('let s = format!("filesrc location={path} ! fakesink name={{a}}");'), [
    'filesrc location=<> ! fakesink name={a}',
  ]);
  assert.deepEqual(rust('gst::parse::launch(&format!("filesrc location={} ! fakesink", path))?;'), [
    'filesrc location=<> ! fakesink',
  ]);
  assert.deepEqual(rust('gst::parse_launch(concat!("videotestsrc", " ! ", "fakesink"))'), ['videotestsrc ! fakesink']);
  assert.deepEqual(rust('Command::new("gst-launch-1.0").args(["videotestsrc", "!", "fakesink"]);'), [
    'videotestsrc ! fakesink ',
  ]);
  assert.deepEqual(rust("fn f<'a>(x: &'a str) -> char { '\"' }\nlet s = \"videotestsrc ! fakesink\";"), [
    'videotestsrc ! fakesink',
  ]);
});

test('JavaScript, Go, Java and C#', () => {
  assert.deepEqual(texts('typescript', 'const p = new Pipeline(`v4l2src device=${d}\n ! fakesink`);'), [
    'v4l2src device=<>\n ! fakesink',
  ]);
  assert.deepEqual(texts('javascript', "spawn('gst-launch-1.0', ['videotestsrc', '!', `${sink}`]);"), [
    'videotestsrc ! <> ',
  ]);
  assert.deepEqual(texts('javascript', 'const r = /["\']/; const s = "videotestsrc ! " + "fakesink";'), [
    'videotestsrc ! fakesink',
  ]);
  assert.deepEqual(texts('go', 'p, err := gst.NewPipelineFromString(fmt.Sprintf("v4l2src device=%s ! fakesink", d))'), [
    'v4l2src device=<> ! fakesink',
  ]);
  assert.deepEqual(texts('go', 'exec.Command("gst-launch-1.0", "videotestsrc", "!", "fakesink")'), [
    'videotestsrc ! fakesink ',
  ]);
  assert.deepEqual(texts('go', 'const s = `videotestsrc !\n fakesink`'), ['videotestsrc !\n fakesink']);
  assert.deepEqual(texts('java', 'Gst.parseLaunch(String.format("v4l2src device=%s ! fakesink", d));'), [
    'v4l2src device=<> ! fakesink',
  ]);
  assert.deepEqual(texts('java', 'String s = """\n  videotestsrc !\n  fakesink""";'), [
    '\n  videotestsrc !\n  fakesink',
  ]);
  assert.deepEqual(texts('csharp', 'var p = Parse.Launch($"v4l2src device={d} ! fakesink");'), [
    'v4l2src device=<> ! fakesink',
  ]);
  assert.deepEqual(texts('csharp', 'var s = @"filesrc location=""a b"" !\n fakesink";'), [
    'filesrc location="a b" !\n fakesink',
  ]);
});

test('parts of pipelines are fragments', () => {
  const fragment = (text: string): boolean | undefined => lift('python', text)[0]?.fragment;
  assert.equal(fragment('s += " ! videoconvert ! fakesink"'), true);
  assert.equal(fragment('s = "t. ! queue ! fakesink"'), true);
  assert.equal(fragment('s = head + " ! queue ! fakesink"'), true);
  assert.equal(fragment('s = "videotestsrc ! tee name=t t. ! fakesink"'), false);
});

test('what is written is escaped for the literal', () => {
  const [excerpt] = lift('c', 'p = gst_parse_launch ("videotestsrc name=\\"a\\" ! fakesink", NULL);');
  assert.equal(excerpt?.text, 'videotestsrc name="a" ! fakesink');
  assert.equal(excerpt?.write('name="b"', 13, 21), 'name=\\"b\\"');
  const [template] = lift('python', "s = f'v4l2src device={d} ! fakesink'");
  assert.equal(template?.write('{ a }', 0, 0), '{{ a }}');
});
