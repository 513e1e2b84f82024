/** `deepstream-app` of the demo device: builds the engines it finds missing, counts frames a second, stops at an interrupt. */
import { posix } from 'node:path';
import { BOARD, type Board } from './board.ts';
import type { Process, Program } from './machine.ts';
import { fromBytes, toBytes } from './pipes.ts';
import { options } from './tools-text.ts';

export const deepstreamApp =
  (board: Board): Program =>
  async (process) => {
    const { has, value } = options(process.arguments, 'c');
    const say = (line: string): Promise<void> => process.say(toBytes(`${line}\n`));
    if (has('version-all') || has('version')) {
      await say('deepstream-app version 7.1.0');
      await say('DeepStreamSDK 7.1.0');
      if (has('version-all'))
        for (const line of [
          'CUDA Driver Version: 12.6',
          'CUDA Runtime Version: 12.6',
          'TensorRT Version: 10.3',
          'cuDNN Version: 9.0',
          'libNVWarp360 Version: 2.0.1d3',
        ])
          await say(line);
      return 0;
    }
    const file = value('c');
    if (file === undefined) {
      await say('** ERROR: <main:625>: Specify config file with -c option');
      await say('Quitting');
      await say('App run failed');
      return 255;
    }
    const path = process.path(file);
    const text = process.files.at(path)?.is === 'file' ? process.files.read(path) : undefined;
    if (text === undefined) {
      await say(`** ERROR: <main:655>: Failed to parse config file '${fromBytes(file)}'`);
      await say('Quitting');
      await say('App run failed');
      return 255;
    }
    const what = await process.wait(
      board.judge.rehearse({ kind: 'config', text: fromBytes(text), target: BOARD.target }),
    );
    const failed = (): Promise<number> => quit(process, false);
    if (what.refusal?.stage === 'parse') {
      await say(`** ERROR: <main:655>: Failed to parse config file '${fromBytes(file)}'`);
      return failed();
    }
    for (const element of what.elements) {
      const config = element.files.find(({ how }) => how === 'config');
      if (!config || !element.factory.startsWith('nvinfer')) continue;
      const there = process.files.at(posix.resolve(posix.dirname(path), toBytes(config.path)));
      if (!there) {
        await say('** ERROR: <main:716>: Failed to set pipeline to PAUSED');
        await say('Quitting');
        await process.complain(
          toBytes(
            `ERROR from ${element.name}: Configuration file parsing failed\nDebug info: gstnvinfer.cpp(912): gst_nvinfer_start (): /GstPipeline:pipeline/GstBin:primary_gie_bin/GstNvInfer:${element.name}:\nConfig file path: ${config.path}\n`,
          ),
        );
        await say('App run failed');
        return 255;
      }
      await say(
        'WARNING: [TRT]: Using an engine plan file across different models of devices is not recommended and is likely to affect performance or even cause errors.',
      );
      await process.complain(
        toBytes(
          `0:00:00.412345678 ${String(process.pid).padStart(5)} 0xaaaac3f1e0d0 INFO                 nvinfer gstnvinfer.cpp:682:gst_nvinfer_logger:<${element.name}> NvDsInferContext[UID 1]: Info from NvDsInferContextImpl::generateBackendContext() <nvdsinfer_context_impl.cpp:2195> [UID = 1]: Use deserialized engine model\n`,
        ),
      );
    }
    if (what.refusal?.stage === 'start') {
      const { element, message, debug = [] } = what.refusal;
      await say('** ERROR: <main:716>: Failed to set pipeline to PAUSED');
      await say('Quitting');
      await process.complain(
        toBytes(
          `ERROR from ${element}: ${message}\nDebug info: ${debug[0]}: /GstPipeline:pipeline/GstBin:processing_bin_0/${element}:\n${debug.slice(1).join('\n')}\n`,
        ),
      );
      await say('App run failed');
      return 255;
    }
    await say('\nRuntime commands:\n\th: Print this help\n\tq: Quit\n\n\tp: Pause\n\tr: Resume\n');
    await say('** INFO: <bus_callback:291>: Pipeline ready\n');
    await process.sleep(80);
    await say('** INFO: <bus_callback:277>: Pipeline running\n');
    return play(board, process, fromBytes(text), what);
  };

async function play(
  board: Board,
  process: Process,
  text: string,
  what: Awaited<ReturnType<Board['judge']['rehearse']>>,
): Promise<number> {
  let interrupted = false;
  let wake = (): void => {};
  process.onSignal = (signal) => {
    if (signal !== 'INT') return false;
    interrupted = true;
    wake();
    return true;
  };
  const number = (key: string): number => Number(new RegExp(`^\\s*${key}\\s*[=:]\\s*(\\d+)`, 'm').exec(text)?.[1] ?? 0);
  const measures = number('enable-perf-measurement') === 1;
  const interval = (number('perf-measurement-interval-sec') || 5) * 1000;
  const streams = Array.from({ length: what.streams }, (_, at) => at);
  const averages = streams.map(() => 0);
  board.works(process, what.load);
  const began = performance.now();
  try {
    for (let rounds = 0; ; rounds++) {
      const left =
        what.frames === undefined
          ? interval
          : Math.max(0, (what.frames / what.rate) * 1000 - (performance.now() - began));
      let timer: NodeJS.Timeout | undefined;
      await process
        .wait(
          new Promise<void>((resolve) => {
            wake = resolve;
            timer = setTimeout(resolve, Math.min(interval, left));
            if (interrupted) resolve();
          }),
        )
        .finally(() => clearTimeout(timer));
      if (interrupted) {
        await process.say('** ERROR: <_intr_handler:140>: User Interrupted.. \n\n');
        return quit(process, true);
      }
      if (what.frames !== undefined && left <= interval) {
        await process.say('** INFO: <bus_callback:314>: Received EOS. Exiting ...\n\n');
        return quit(process, true);
      }
      if (!measures) continue;
      if (rounds % 20 === 0) await process.say(`\n**PERF:  ${streams.map((at) => `FPS ${at} (Avg)`).join('\t')}\t\n`);
      const shown = streams.map((at) => {
        const fps = (what.rate / board.strain) * (0.985 + Math.random() * 0.03);
        averages[at] = rounds === 0 ? fps : averages[at]! + (fps - averages[at]!) / (rounds + 1);
        return `${fps.toFixed(2)} (${averages[at]!.toFixed(2)})`;
      });
      await process.say(`**PERF:  ${shown.join('\t')}\t\n`);
    }
  } finally {
    board.works(process, undefined);
  }
}

async function quit(process: Process, well: boolean): Promise<number> {
  await process.say(`Quitting\nApp run ${well ? 'successful' : 'failed'}\n`);
  return well ? 0 : 255;
}
