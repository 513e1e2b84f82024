/** Finds tilers with fewer tiles than the batch has frames. */
import { batchSize, inputsOf, muxerOf } from '../model/batches.ts';
import type { Rule } from '../model/finding.ts';
import { numberOf } from '../model/flow.ts';
import { graphOf } from '../model/graph.ts';
import { isWhole } from '../model/program.ts';

export const rule: Rule = {
  id: 'tiles-left-out',
  title: 'The tiler has fewer tiles than the batch has sources',
  why: 'The tiler draws source after source into rows × columns tiles. Sources for which there is no tile are not shown.',
  severity: 'warning',
  on: 'launch',
  examples: [
    {
      bad: 'nvarguscamerasrc sensor-id=0 ! m.sink_0 nvarguscamerasrc sensor-id=1 ! m.sink_1 nvarguscamerasrc sensor-id=2 ! m.sink_2 nvstreammux name=m batch-size=3 width=1280 height=720 live-source=true ! nvmultistreamtiler rows=1 columns=2 ! fakesink',
      good: 'nvarguscamerasrc sensor-id=0 ! m.sink_0 nvarguscamerasrc sensor-id=1 ! m.sink_1 nvarguscamerasrc sensor-id=2 ! m.sink_2 nvstreammux name=m batch-size=3 width=1280 height=720 live-source=true ! nvmultistreamtiler rows=2 columns=2 ! fakesink',
    },
  ],
  *check(reading) {
    if (reading.kind !== 'launch' || !isWhole(reading)) return;
    const graph = graphOf(reading.pipeline);
    for (const element of reading.pipeline.elements) {
      const tiles = element.spec?.roles?.tiles;
      const found = tiles && muxerOf(graph, element);
      if (!tiles || !found) continue;
      const setting = (name: string): string | undefined =>
        element.settings.findLast((one) => one.name === name && one.path.length === 0)?.value;
      const rows = numberOf(setting(tiles.rows));
      const columns = numberOf(setting(tiles.columns));
      // Sources that really are there: a longer batch may stay unfilled.
      const sources = Math.min(inputsOf(graph, found.muxer), batchSize(found.muxer) ?? 0);
      if (!rows || !columns || rows * columns >= sources) continue;
      yield {
        span: element.span,
        message: `${rows} × ${columns} tiles show ${rows * columns} of ${sources} sources: the others are left out. Raise ${tiles.rows} or ${tiles.columns}.`,
        related: [{ span: found.muxer.span, message: `${sources} sources meet here` }],
      };
    }
  },
};
