import { l4tVersion } from '../board-facts.ts';
import { good, type Point, unknown } from '../diagnosis.ts';
import { fitsDeepstream, releasesOf } from '../releases.ts';

export const point: Point = {
  id: 'versions',
  title: 'Versions that belong together',
  script: '',
  read: (_out, { board: { said }, releases }) => {
    const l4t = l4tVersion(said);
    if (l4t === undefined) return unknown('The device does not say which Jetson Linux it runs.');
    const [release] = releasesOf(l4t, releases);
    if (!release) return unknown(`Jetson Linux ${l4t} is not in the table of releases.`);
    const { deepstream } = said;
    if (deepstream && fitsDeepstream(l4t, deepstream, releases) === false) {
      const text = `DeepStream ${deepstream} is not made for Jetson Linux ${l4t} (JetPack ${release.jetpack}).`;
      return { is: 'bad', text, fix: { text: `Install DeepStream ${release.deepstream.join(' or ')}.` } };
    }
    return good(
      `Jetson Linux ${l4t}, JetPack ${release.jetpack}${deepstream ? `, DeepStream ${deepstream}` : ', no DeepStream'}.`,
    );
  },
};
