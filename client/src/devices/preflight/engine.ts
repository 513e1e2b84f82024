import type { Check } from '../check.ts';
import type { Planned } from '../plan.ts';

/**
 * A TensorRT engine works with the TensorRT and the GPU that it was built with only. One that is older than the TensorRT of the device was
 * built with another; nvinfer then builds it anew, which takes minutes, or gives up where it lacks the model.
 */
export const check: Check = {
  id: 'engine',
  asks: (planned) => ({ files: enginesOf(planned) }),
  run: ({ planned, board: { said }, answers }) => {
    const installed = Number(said.tensorrtAt);
    if (!(installed > 0)) return [];
    return enginesOf(planned).flatMap((path) => {
      const changed = answers.changed(path);
      if (typeof changed !== 'number' || changed >= installed) return [];
      const text = `The engine ${path} is older than the TensorRT of the device and was surely built with another.`;
      return [{ severity: 'warning', text: `${text} It is built anew where the model is there, which takes minutes.` }];
    });
  },
};

const enginesOf = ({ elements }: Planned): string[] => [
  ...new Set(elements.flatMap(({ settings }) => settings['model-engine-file'] ?? [])),
];
