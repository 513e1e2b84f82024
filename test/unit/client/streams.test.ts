import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  cpuLoad,
  elementOfObject,
  engineLoad,
  hottest,
  LogReader,
  readDebugLine,
  readLatency,
  readRates,
  readStructure,
  readTegrastats,
  totalPower,
  withoutEscapes,
} from '../../../client/src/remote/streams/index.ts';

describe('GST_DEBUG lines', () => {
  const plain =
    '0:00:01.250000001  4711 0xaaab0c1d2e30 WARN                 basesrc gstbasesrc.c:3600:gst_base_src_loop:<cam0> error: no frames';

  test('are read in all their parts', () => {
    assert.deepEqual(readDebugLine(plain), {
      seconds: 1.250000001,
      pid: 4711,
      thread: '0xaaab0c1d2e30',
      level: 'WARN',
      category: 'basesrc',
      file: 'gstbasesrc.c',
      line: 3600,
      function: 'gst_base_src_loop',
      object: 'cam0',
      message: 'error: no frames',
    });
  });

  test('lose their colours, also the three digits of old releases', () => {
    const coloured =
      '0:00:01.250000001 \x1b[334m 4711\x1b[00m 0xaaab0c1d2e30 \x1b[33;01mWARN   \x1b[00m \x1b[00;01;37;41m             basesrc gstbasesrc.c:3600:gst_base_src_loop:<cam0>\x1b[00m error: no frames';
    assert.deepEqual(readDebugLine(withoutEscapes(coloured)), readDebugLine(plain));
  });

  test('have thread numbers since 1.28, Rust paths as functions, hours without padding, and times that are none', () => {
    const rust = readDebugLine(
      '123:59:59.000000000      99         12 INFO     webrtcsink src/webrtcsink/imp.rs:463:gstrswebrtc::webrtcsink: negotiated <all> of it',
    );
    assert.equal(rust?.thread, '12');
    assert.equal(rust?.seconds, 123 * 3_600 + 59 * 60 + 59);
    assert.equal(rust?.function, 'gstrswebrtc::webrtcsink');
    assert.equal(rust?.message, 'negotiated <all> of it');
    assert.equal(
      readDebugLine(plain.replace('0:00:01.250000001', '99:99:99.999999999'))?.seconds,
      undefined,
      'GStreamer prints this for no time at all',
    );
  });

  test('of other shapes are none', () => {
    for (const text of ['', '0:00:01.2 / 0:00:10.0', 'Setting pipeline to PAUSED ...', '1 INPUT kFLOAT data']) {
      assert.equal(readDebugLine(text), undefined, text);
    }
  });

  test('name the element of an object', () => {
    assert.equal(elementOfObject('decoder0:sink'), 'decoder0');
    assert.equal(elementOfObject('decoder0'), 'decoder0');
    assert.equal(elementOfObject(''), '');
    assert.equal(elementOfObject('0x7f0010'), '');
    assert.equal(elementOfObject('video/x-raw, width=(int)4'), '');
  });
});

describe('what a program prints', () => {
  const kinds = (...lines: string[]): string[] => {
    const reader = new LogReader();
    return lines.map((line) => {
      const { kind, level, element } = reader.read(line);
      return [kind, level, element].filter((word) => word !== '' && word !== 'none').join(' ');
    });
  };

  test('an error of gst-launch is one message with its place and its reason', () => {
    const reader = new LogReader();
    const entries = [
      'ERROR: from element /GstPipeline:pipeline0/GstFileSrc:filesrc0: Resource not found.',
      'Additional debug info:',
      '../plugins/elements/gstfilesrc.c(500): gst_file_src_start (): /GstPipeline:pipeline0/GstFileSrc:filesrc0:',
      'No such file "a.mp4"',
      'Setting pipeline to NULL ...',
    ].map((line) => reader.read(line));
    assert.deepEqual(
      entries.map(({ kind, level, element, continues }) => [kind, level, element, continues]),
      [
        ['error', 'error', 'filesrc0', false],
        ['detail', 'none', '', true],
        ['detail', 'none', 'filesrc0', true],
        ['detail', 'none', '', true],
        ['state', 'info', '', false],
      ],
    );
    assert.deepEqual(entries[0]?.path, ['pipeline0', 'filesrc0']);
  });

  test('an error of deepstream-app too, whose reason may come without a place', () => {
    assert.deepEqual(
      kinds(
        'ERROR from src_elem3: Unauthorized',
        'Unauthorized (401)',
        'The camera wants a password.',
        '** INFO: <reset_source:15>: Resetting source 3',
      ),
      ['error error src_elem3', 'detail', 'detail', 'deepstream info'],
    );
  });

  test('lines of NVIDIA tools are told apart', () => {
    assert.deepEqual(
      kinds(
        '**PERF:  29.97 (30.01)\t',
        'NvMMLiteOpen : Block : BlockType = 4',
        'GST_ARGUS: Creating output stream',
        'gstnvtracker: Batch processing is ON',
        'WARNING: [TRT]: a warning',
        'nvbuf_utils: Could not get EGL display connection',
        '** WARN: <parse_sink:12>: something',
        '0   INPUT  kFLOAT data   3x4x4',
      ),
      [
        'perf info',
        'nvmm info',
        'argus info',
        'tracker info',
        'tensorrt warning',
        'driver error',
        'deepstream warning',
        'tensorrt info',
      ],
    );
  });

  test('a loop that prints numbers repeats itself from its second line on', () => {
    assert.deepEqual(kinds('seen 1 of "a"', 'seen 27 of "b"', 'gone 3'), ['plain', 'repeat', 'plain']);
  });

  test('lines without a head after a debug line belong to it', () => {
    const reader = new LogReader();
    reader.read('0:00:00.1 1 2');
    reader.read('0:00:00.100000000 1 0x1 INFO caps file.c:1:f:<a> caps are');
    const { kind, continues } = reader.read('    video/x-raw, width=(int)4');
    assert.deepEqual([kind, continues], ['debug', true]);
  });

  test('of whatever bytes never throws and always has a kind', () => {
    const reader = new LogReader();
    const words = fc.constantFrom(
      'ERROR',
      ': from element /GstBin:',
      '0:00:00.000000000 1 0x1 WARN',
      '<',
      '\x1b[3',
      '**',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string({ unit: 'grapheme' }))), (parts) => {
        const line = parts.join('');
        const { kind, text } = reader.read(line);
        return kind.length > 0 && (line.includes('\x1b') || text === line);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('tegrastats', () => {
  /** As an Orin with JetPack 6 prints as root; figures are ours. */
  const orin =
    '03-04-2026 05:06:07 RAM 3100/7620MB (lfb 12x4MB) SWAP 20/3810MB (cached 1MB) CPU [10%@1510,30%@1510,off,off] EMC_FREQ 12%@2133 GR3D_FREQ 97%@[624] NVDEC 40%@500 NVJPG off VIC off APE 200 cpu@51.5C tj@61.25C gpu@61.25C VDD_IN 9000mW/8500mW VDD_SOC 1500mW/1400mW';

  test('as root on an Orin', () => {
    const sample = readTegrastats(orin)!;
    assert.deepEqual(sample.unknown, []);
    assert.equal(sample.time, '03-04-2026 05:06:07');
    assert.deepEqual(sample.ram, { used: 3_100, total: 7_620 });
    assert.deepEqual(sample.largestFree, { count: 12, size: 4_096 });
    assert.deepEqual(sample.swap, { used: 20, total: 3_810, cached: 1 });
    assert.deepEqual(sample.cores, [{ load: 10, clock: 1_510 }, { load: 30, clock: 1_510 }, {}, {}]);
    assert.equal(engineLoad(sample, 'GR3D'), 97);
    assert.equal(engineLoad(sample, 'NVDEC'), 40);
    assert.equal(engineLoad(sample, 'NVJPG'), 0, 'off is no load');
    assert.equal(engineLoad(sample, 'NVENC'), undefined, 'it has none');
    assert.equal(engineLoad(sample, 'APE'), undefined, 'a clock is no load');
    assert.equal(cpuLoad(sample), 20);
    assert.deepEqual(hottest(sample)?.celsius, 61.25);
    assert.equal(totalPower(sample), 9_000);
  });

  test('of old and new boards', () => {
    const old = readTegrastats(
      'RAM 900/3983MB (lfb 5x4MB) cpu [5%,off,7%,off]@1000 EMC 3%@1600 AVP 1%@80 VDE 0 GR3D 5%@900 EDP limit 0',
    )!;
    assert.deepEqual(old.unknown, []);
    assert.deepEqual(old.cores[2], { load: 7, clock: 1_000 });
    assert.equal(engineLoad(old, 'GR3D'), 5);
    const thor = readTegrastats(
      'RAM 9000/125772MB (lfb 3x4MB) CPU [1%@972] GR3D_FREQ @[0,0,0] NVENC0_FREQ @115 VIC off soc012@40.5C VIN 20000mW/19000mW',
    )!;
    assert.deepEqual(thor.unknown, []);
    assert.deepEqual(thor.engines[0], { name: 'GR3D', clocks: [0, 0, 0], off: false });
    assert.equal(totalPower(thor), 20_000);
    const nano = readTegrastats(
      'RAM 1/2MB IRAM 0/252kB(lfb 252kB) CPU [1%@102] GR3D_FREQ 0%@76 PMIC@100C GPU@-256C POM_5V_IN 1000/900',
    )!;
    assert.equal(hottest(nano), undefined, 'a constant and a sensor that is off are no temperatures');
    assert.equal(totalPower(nano), 1_000);
    const triple = readTegrastats('RAM 1/2MB NVENC1 7%@600 tj@40C/41C VDD_IN 1mW/2mW/3mW')!;
    assert.equal(engineLoad(triple, 'NVENC'), 7);
    assert.deepEqual(triple.rails, [{ name: 'VDD_IN', now: 1, average: 2, maximum: 3 }]);
    assert.equal(triple.temperatures[0]?.second, 41);
  });

  test('keeps what it does not know, and refuses what is no sample', () => {
    assert.deepEqual(readTegrastats('RAM 1/2MB WHAT? CPU [1%@102]')?.unknown, ['WHAT?']);
    for (const line of ['', 'Thu Nov 26 20:00:00 UTC 2026', 'tegrastats: command not found', 'x'.repeat(10_000)]) {
      assert.equal(readTegrastats(line), undefined);
    }
  });

  test('never throws on a line that was broken', () => {
    fc.assert(
      fc.property(fc.nat(orin.length), fc.nat(12), fc.string(), (at, length, put) => {
        readTegrastats(orin.slice(0, at) + put + orin.slice(at + length));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('frame rates', () => {
  test('of deepstream-app, of its Python samples, of fpsdisplaysink', () => {
    assert.deepEqual(readRates('**PERF:  29.97 (30.01)\t0.00 (12.50)'), [
      { stream: '0', now: 29.97, average: 30.01 },
      { stream: '1', now: 0, average: 12.5 },
    ]);
    assert.deepEqual(readRates('**PERF:  FPS 0 (Avg)\tFPS 1 (Avg)'), []);
    assert.deepEqual(readRates("**PERF:  {'stream0': 14.2, 'stream1': 15.0}"), [
      { stream: 'stream0', now: 14.2 },
      { stream: 'stream1', now: 15 },
    ]);
    assert.deepEqual(
      readRates(
        '/GstPipeline:pipeline0/GstFPSDisplaySink:out: last-message = rendered: 60, dropped: 0, current: 30.10, average: 29.90',
      ),
      [{ stream: 'out', now: 30.1, average: 29.9 }],
    );
    assert.equal(readRates('Pipeline is live'), undefined);
  });
});

describe('latency', () => {
  const record = (message: string) => readDebugLine(`0:00:02.000000000 1 0x1 TRACE GST_TRACER :0:: ${message}`)!;

  test('of elements, of the whole pipeline, as reported', () => {
    assert.deepEqual(
      readLatency(
        record(
          'element-latency, element-id=(string)0x1, element=(string)enc, src=(string)src, time=(guint64)4000000, ts=(guint64)2000000000;',
        ),
      ),
      { kind: 'element', element: 'enc', pad: 'src', time: 4_000_000, at: 2_000_000_000 },
    );
    assert.deepEqual(
      readLatency(record('latency, src=(string)a_src, sink=(string)b_sink, time=(guint64)5, ts=(guint64)6;')),
      { kind: 'pipeline', from: 'a_src', to: 'b_sink', time: 5, at: 6 },
    );
    assert.deepEqual(
      readLatency(
        record(
          'element-reported-latency, element-id=(string)0x1, element=(string)enc, live=(boolean)true, min=(guint64)7, max=(guint64)18446744073709551615, ts=(guint64)8;',
        ),
      ),
      { kind: 'reported', element: 'enc', live: true, minimum: 7, maximum: undefined, at: 8 },
    );
  });

  test('announcements are none', () => {
    assert.equal(
      readLatency(record('latency.class, src=(structure)"scope\\,\\ type\\=\\(type\\)gchararray\\;";')),
      undefined,
    );
  });

  test('structures keep what is quoted and nested', () => {
    const structure = readStructure(
      'name, a=(string)"x, \\"y\\"", b=(int)[ 1, 2 ], c={ (int)1, (int)2 }, d=(boolean)true;',
    )!;
    assert.deepEqual(
      [...structure.fields],
      [
        ['a', 'x, "y"'],
        ['b', '[ 1, 2 ]'],
        ['c', '{ (int)1, (int)2 }'],
        ['d', 'true'],
      ],
    );
  });
});
