/**
 * Times DeepStream projects: a workspace of many, read cold by the command line, and keystrokes in one project's files with
 * everything that depends on them. The projects are made up here.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files } from '../../server/src/workspace/files.ts';
import { Project } from '../../server/src/workspace/project.ts';
import { Store } from '../../server/src/workspace/store.ts';
import { count, type Figure } from '../acceptance/figures.ts';
import { memoryFiles } from '../support/files.ts';
import { documentOf, testWorld } from '../support/world.ts';

/** Projects of five files each. */
const PROJECTS = 80;
const KEYSTROKES = 200;

/** Figures of a cold run over the workspace, and of keystrokes. `program` is the bundled command line. */
export function configFigures(program: string): readonly Figure[] {
  const [inApp, inFile] = [keystrokes('app.txt'), keystrokes('pgie.txt')];
  return [
    count(`${PROJECTS * 5} configurations cold, ms`, coldRun(program), 2000),
    count('keystroke in an application and all that depends on it, p95 ms', inApp, 30),
    count('keystroke in an inference and all that depends on it, p95 ms', inFile, 30),
  ];
}

function coldRun(program: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'jetson-pipelines-bench-'));
  try {
    for (let i = 0; i < PROJECTS; i++) {
      const place = join(folder, `gate${i}`);
      mkdirSync(place);
      for (const [name, text] of Object.entries(projectFiles(i))) writeFileSync(join(place, name), text);
    }
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      const { status } = spawnSync(process.execPath, [program, '--format', 'json', folder], { maxBuffer: 1 << 28 });
      if (status === null || status > 1) throw new Error(`the command line ended with ${status}`);
      return performance.now() - started;
    });
    return Math.round(Math.min(...times));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Types a number into the file, one keystroke after the other, and asks each time for the findings of all files. */
function keystrokes(name: string): number {
  const texts = Object.fromEntries(
    Object.entries(projectFiles(0)).map(([file, text]) => [`/project/${file}`, text]),
  ) as Record<string, string>;
  const files: Files = { ...memoryFiles(texts), read: (path) => texts[path] };
  const store = new Store({ ...testWorld('', {}), files, project: new Project() });
  const all = Object.entries(texts).map(([path, text]) => documentOf(text, '', path));
  for (const document of all) store.update(document);
  for (const { uri } of all) store.analysis(uri);
  const path = `/project/${name}`;
  const edited = all.find(({ uri }) => uri.endsWith(path))!;
  const times: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    texts[path] = edited.text.replace(/^batch-size=.*$/m, `batch-size=${1 + (i % 97)}`);
    const started = performance.now();
    store.update({ ...edited, version: i + 2, text: texts[path] });
    for (const uri of [edited.uri, ...store.dependants(path)]) store.analysis(uri);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return Math.round(times[Math.floor(times.length * 0.95)]! * 10) / 10;
}

/** One project: an application with eight cameras, two inferences, a tracker and analytics. */
function projectFiles(seed: number): Readonly<Record<string, string>> {
  const groups = (count: number, write: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => write(i)).join('');
  const keys = (pairs: Readonly<Record<string, string | number>>): string =>
    Object.entries(pairs)
      .map(([key, value]) => `${key}=${value}\n`)
      .join('');
  const inference = (id: number, more: Readonly<Record<string, string | number>>): string =>
    `# Inference ${id} of gate ${seed}\n[property]\n${keys({
      'gpu-id': 0,
      'net-scale-factor': '0.0039215697906911373',
      'model-color-format': 0,
      'onnx-file': `cars${id}.onnx`,
      'model-engine-file': `cars${id}.onnx_b8_gpu0_fp16.engine`,
      'labelfile-path': 'labels.txt',
      'batch-size': 8,
      'network-mode': 2,
      'gie-unique-id': id,
      interval: 0,
      ...more,
    })}\n[class-attrs-all]\n${keys({ 'nms-iou-threshold': 0.45, 'pre-cluster-threshold': 0.25, topk: 300 })}`;
  return {
    'app.txt': `# Gate ${seed}\n[application]\n${keys({ 'enable-perf-measurement': 1, 'perf-measurement-interval-sec': 5 })}
[tiled-display]\n${keys({ enable: 1, rows: 2, columns: 4, width: 1280, height: 720 })}
${groups(8, (i) => `[source${i}]\n${keys({ enable: 1, type: 4, uri: `rtsp://10.0.${seed}.${i + 2}/main`, 'rtsp-reconnect-interval-sec': 10, latency: 200 })}\n`)}[streammux]\n${keys({ 'live-source': 1, 'batch-size': 8, 'batched-push-timeout': 40000, width: 1920, height: 1080 })}
[primary-gie]\n${keys({ enable: 1, 'gie-unique-id': 1, 'batch-size': 8, 'config-file': 'pgie.txt' })}
[secondary-gie0]\n${keys({ enable: 1, 'gie-unique-id': 2, 'operate-on-gie-id': 1, 'config-file': 'sgie.txt' })}
[tracker]\n${keys({ enable: 1, 'tracker-width': 640, 'tracker-height': 384, 'll-lib-file': '/opt/nvidia/deepstream/deepstream/lib/libnvds_nvmultiobjecttracker.so', 'll-config-file': 'tracker.yml' })}
[nvds-analytics]\n${keys({ enable: 1, 'config-file': 'analytics.txt' })}
[osd]\n${keys({ enable: 1, 'border-width': 2, 'text-size': 12 })}
[sink0]\n${keys({ enable: 1, type: 4, codec: 1, 'enc-type': 1, bitrate: 4000000, 'rtsp-port': 8554, 'udp-port': 5400 })}`,
    'pgie.txt': inference(1, { 'process-mode': 1, 'network-type': 0, 'num-detected-classes': 4, 'cluster-mode': 2 }),
    'sgie.txt': inference(2, { 'process-mode': 2, 'network-type': 1, 'classifier-threshold': 0.5 }),
    'tracker.yml': `%YAML:1.0\nBaseConfig:\n  minDetectorConfidence: 0.1\nTargetManagement:\n  maxTargetsPerStream: 150\n  probationAge: 3\n  maxShadowTrackingAge: 30\nDataAssociator:\n  dataAssociatorType: 0\n`,
    'analytics.txt': `[property]\n${keys({ enable: 1, 'config-width': 1920, 'config-height': 1080, 'osd-mode': 2 })}\n${groups(8, (i) => `[roi-filtering-stream-${i}]\n${keys({ enable: 1, 'roi-gate': '100;100;900;100;900;700;100;700', 'class-id': -1 })}\n`)}`,
    'labels.txt': 'car\nbus\nbicycle\nperson\n',
  };
}
