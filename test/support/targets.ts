/** The machines that measurements run for. */
import type { Target } from '../../server/src/model/target.ts';
import { targetNamed } from './world.ts';

/** A Jetson with its NVIDIA elements, and the stock elements of the GStreamer that can be asked here. */
export const tegraTarget = (): Target => targetNamed('');
