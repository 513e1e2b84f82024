import { l4tVersion } from '../board-facts.ts';
import type { Check } from '../check.ts';
import { fitsDeepstream, releasesOf } from '../releases.ts';

/** Elements that DeepStream brings. */
const DEEPSTREAM =
  /^(?:nvinfer|nvinferserver|nvstreammux|nvtracker|nvdsosd|nvmultistreamtiler|nvds\w+|nvmsgconv|nvmsgbroker)$/;

/** A DeepStream is made for some releases of JetPack; on others its libraries do not load or crash. */
export const check: Check = {
  id: 'versions',
  byNames: true,
  run: ({ planned: { program, elements }, board: { said }, releases }) => {
    const l4t = l4tVersion(said);
    const uses = program === 'deepstream-app' || elements.some(({ factory }) => DEEPSTREAM.test(factory));
    if (!uses || l4t === undefined || said.deepstream === undefined) return [];
    if (fitsDeepstream(l4t, said.deepstream, releases) !== false) return [];
    const [release] = releasesOf(l4t, releases);
    const text = `DeepStream ${said.deepstream} is not made for Jetson Linux ${l4t}`;
    return [{ severity: 'warning', text: `${text}, which goes with ${release?.deepstream.join(' or ')}.` }];
  },
};
