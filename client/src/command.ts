/** What a command is. One file in `commands/` each; the manifest's list is written from them by scripts/gen.mjs. */
import type { DeviceRooms } from './devices/rooms.ts';
import type { Language } from './language-client.ts';
import type { AnalyticsCanvases } from './views/analytics-canvas.ts';
import type { CapsPanel } from './views/caps-panel.ts';
import type { DoctorPanel } from './views/doctor-panel.ts';
import type { GraphPanels } from './views/graph-panel.ts';
import type { LogPanel } from './views/log-view.ts';
import type { ReadingView } from './views/reading-view.ts';
import type { TegrastatsView } from './views/tegrastats-view.ts';
import type { TextPages } from './views/text-pages.ts';

export interface Command {
  /** `jetsonPipelines.restartServer`. */
  readonly id: string;
  /** As the palette shows it, behind "Jetson Pipelines:". */
  readonly title: string;
  /** A codicon: `$(refresh)`. */
  readonly icon?: string;
  /** A `when` clause; the command is greyed out where it does not hold. */
  readonly enablement?: string;
  /** May throw; the failure is shown to the person. */
  run(rooms: Rooms, ...words: readonly unknown[]): Promise<void> | void;
}

/** What commands may reach. */
export interface Rooms {
  readonly language: Language;
  readonly readings: ReadingView;
  readonly graphs: GraphPanels;
  readonly caps: CapsPanel;
  readonly canvases: AnalyticsCanvases;
  readonly devices: DeviceRooms;
  readonly pages: TextPages;
  readonly tegrastats: TegrastatsView;
  readonly doctor: DoctorPanel;
  readonly logPanel: LogPanel;
  /** The page that explains the rules, as a path on this machine. */
  readonly rulesPage: string;
}
