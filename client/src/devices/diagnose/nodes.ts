import { good, type Point, unknown } from '../diagnosis.ts';

export const point: Point = {
  id: 'nodes',
  title: 'Nodes of the codecs, and who may use them',
  script:
    'for d in /dev/v4l2-nvenc /dev/v4l2-nvdec /dev/nvhost-msenc /dev/nvhost-nvdec /dev/nvhost-vic /dev/nvmap; do [ -e $d ] || continue; if [ -r $d ] && [ -w $d ]; then echo "$d yes"; else echo "$d no"; fi; done',
  read: (out, { board: { said } }) => {
    const nodes = [...out.matchAll(/^(\S+) (yes|no)$/gm)].map(([, path, may]) => ({ path: path!, may: may === 'yes' }));
    if (nodes.length === 0) return unknown('The device has none of the nodes that a Jetson has.');
    const barred = nodes.filter(({ may }) => !may).map(({ path }) => path);
    if (barred.length > 0) {
      const user = said.user ?? 'USER';
      const text = `${user} may not use ${barred.join(', ')}.`;
      return { is: 'bad', text, fix: { text: `sudo usermod -aG video,render ${user}, then log in anew.` } };
    }
    const coder = nodes.some(({ path }) => /enc$/.test(path)) ? '' : ' There is no encoder.';
    return good(`${nodes.map(({ path }) => path).join(', ')} may be used.${coder}`);
  },
};
