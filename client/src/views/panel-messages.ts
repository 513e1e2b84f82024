/** What pages and the program say to each other. Pages keep nothing that matters: they show what they are told. */
import type { Addition, Mark, Measurements } from '../remote/measurements.ts';

export type { Addition, Mark, Measurements, Series, SeriesGroup } from '../remote/measurements.ts';

/** Any page, when its script runs: nothing is sent to it before. */
export interface Ready {
  readonly type: 'ready';
}

/** What a page is to keep, so that it is the same again after the editor was restarted. */
export interface Keep {
  readonly type: 'keep';
  readonly state: unknown;
}

// The pipeline graph.

export type GraphToPage =
  | Keep
  | { readonly type: 'show'; readonly picture: GraphPicture }
  /** There is nothing to show, and why. */
  | { readonly type: 'empty'; readonly message: string }
  /** The cursor stands in this element; undefined where it stands in none. */
  | { readonly type: 'select'; readonly element: number | undefined };

export type GraphToHost =
  | Ready
  /** In which direction there is more room: from left to right, or from top to bottom. */
  | { readonly type: 'shape'; readonly direction: 'LR' | 'TB' }
  /** The text of an element or a link shall be shown. */
  | { readonly type: 'reveal'; readonly what: 'element' | 'link'; readonly id: number }
  /** Another pipeline of the document. */
  | { readonly type: 'choose'; readonly index: number }
  | { readonly type: 'inspect'; readonly link: number }
  | { readonly type: 'export'; readonly kind: 'svg'; readonly text: string }
  /** Base64 of the picture. */
  | { readonly type: 'export'; readonly kind: 'png'; readonly text: string }
  | { readonly type: 'failed'; readonly message: string };

/** A graph, laid out. */
export interface GraphPicture {
  /** As Graphviz writes it; a page takes only shapes and text from it. */
  readonly svg: string;
  readonly title: string;
  /** True for a `.dot` file: colours are the file's, and nothing leads to a text. */
  readonly foreign: boolean;
  /** How much smaller texts are drawn than they were laid out. */
  readonly shrink: number;
  readonly target: string;
  readonly choices: readonly string[];
  readonly index: number;
  readonly elements: readonly PictureElement[];
  readonly links: readonly PictureLink[];
  readonly budget: readonly {
    readonly what: string;
    readonly amount: string;
    readonly share?: number;
    readonly unknown: readonly string[];
  }[];
}

export interface PictureElement {
  readonly id: number;
  readonly label: string;
  readonly problems: readonly PictureProblem[];
}

export interface PictureLink {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly caps: string;
  readonly memory: string;
  readonly verdict: 'agreed' | 'open' | 'broken';
  readonly problems: readonly PictureProblem[];
}

export interface PictureProblem {
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
}

// The analytics canvas.

export type CanvasToPage =
  | Keep
  /** `turn`: the last change of the page that the drawing knows of. */
  | { readonly type: 'show'; readonly drawing: Drawing; readonly turn: number }
  | { readonly type: 'empty'; readonly message: string }
  /** The picture to draw over, as an address that the page may load. */
  | { readonly type: 'picture'; readonly address: string | undefined };

export type CanvasToHost =
  | Ready
  /** A shape has these points now. */
  | (Turn & { readonly type: 'points'; readonly key: string; readonly section: string; readonly points: Points })
  | (Turn & { readonly type: 'add'; readonly kind: ShapeKind; readonly stream: number; readonly points: Points })
  | (Turn & { readonly type: 'remove'; readonly key: string; readonly section: string })
  /** Of the text's own undo, which the editor would not reach while the page has the focus; so is saving. */
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'save' }
  | { readonly type: 'reveal'; readonly key: string; readonly section: string }
  | { readonly type: 'pickPicture' }
  | { readonly type: 'clearPicture' };

/** Changes are counted from 1, so that what was drawn before one is not taken for what came of it. */
interface Turn {
  readonly turn: number;
}

type Points = readonly Point[];

export type ShapeKind = 'region' | 'crowd' | 'line' | 'direction';

/** In pixels of the configured frame. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

export interface Shape {
  readonly kind: ShapeKind;
  readonly section: string;
  readonly key: string;
  /** What the key is called after its kind: `entry` of `roi-entry`. */
  readonly label: string;
  readonly stream: number;
  readonly enabled: boolean;
  /** A crossing: two points for the direction, then two for the line. */
  readonly points: readonly Point[];
  readonly problems: readonly PictureProblem[];
}

// The caps inspector.

export type CapsToPage =
  | Keep
  | { readonly type: 'show'; readonly meeting: Meeting }
  | { readonly type: 'empty'; readonly message: string };

export type CapsToHost = Ready | { readonly type: 'ask'; readonly from: string; readonly to: string };

export interface Meeting {
  readonly from: MeetingSide;
  readonly to: MeetingSide;
  readonly pairs: readonly {
    readonly fromPad: string;
    readonly toPad: string;
    readonly meet: boolean;
    readonly rows: readonly {
      readonly media: string;
      readonly memory: string;
      readonly field: string;
      readonly from: string;
      readonly to: string;
      readonly both: string;
    }[];
  }[];
  readonly elements: readonly string[];
}

export interface MeetingSide {
  readonly factory: string;
  readonly known: boolean;
  readonly blurb: string;
  readonly pads: readonly {
    readonly name: string;
    readonly presence: string;
    readonly caps: readonly {
      readonly media: string;
      readonly memory: string;
      readonly fields: readonly { readonly name: string; readonly value: string }[];
    }[];
  }[];
}

// The Doctor's page.

export type DoctorToPage = { readonly type: 'show'; readonly groups: readonly DoctorGroup[] };

export type DoctorToHost =
  | Ready
  | { readonly type: 'again' }
  | { readonly type: 'copy' }
  /** What is offered beside a check; both are counted from zero. */
  | { readonly type: 'do'; readonly group: number; readonly check: number };

export interface DoctorGroup {
  readonly title: string;
  readonly checks: readonly {
    readonly title: string;
    readonly state: 'good' | 'note' | 'bad' | 'open';
    readonly text: string;
    readonly next?: { readonly title: string };
  }[];
}

// The tegrastats panel.

export type StatsToPage =
  | Keep
  /** Everything: after the page has loaded, and when another device or a recording is shown. */
  | { readonly type: 'show'; readonly measurements: Measurements; readonly look: StatsLook }
  /** What was measured since; for another device than the one shown it is dropped. */
  | { readonly type: 'add'; readonly device: string; readonly addition: Addition }
  | { readonly type: 'mark'; readonly device: string; readonly mark: Mark }
  | { readonly type: 'status'; readonly status: StatsStatus };

export type StatsToHost =
  | Ready
  | { readonly type: 'choose'; readonly device: string }
  | { readonly type: 'interval'; readonly milliseconds: number }
  | { readonly type: 'look'; readonly look: StatsLook }
  | { readonly type: 'connect' }
  | { readonly type: 'record' }
  | { readonly type: 'save' }
  | { readonly type: 'open' }
  /** Away from an opened recording, back to the device. */
  | { readonly type: 'live' };

/** What the person has made of the view. */
export interface StatsLook {
  /** Seconds that are shown; 0 for all. */
  readonly window: number;
  /** Groups whose charts are folded. */
  readonly folded: readonly string[];
  /** Series that are not drawn. */
  readonly hidden: readonly string[];
}

export interface StatsStatus {
  /** The device or recording that is shown. */
  readonly device: string;
  readonly devices: readonly { readonly name: string; readonly alerts: number }[];
  readonly state: 'idle' | 'starting' | 'watching' | 'failed' | 'recording-open';
  /** For a person: why nothing is measured, what to do. */
  readonly message: string;
  readonly milliseconds: number;
  /** True while measurements are written to a file. */
  readonly recording: boolean;
  /** What limits, in words; empty where nothing does or nothing is known. */
  readonly bottleneck: string;
  /** What to try. */
  readonly advice: string;
  /** What was predicted of the engines beside what is measured; empty where nothing was. */
  readonly comparison: string;
  readonly alerts: readonly string[];
}

// The debug log.

export type LogToPage =
  | Keep
  /** What there is now. */
  | { readonly type: 'list'; readonly list: LogList }
  /** Rows of the list from a place on, as asked for. */
  | { readonly type: 'rows'; readonly generation: number; readonly from: number; readonly rows: readonly LogLine[] }
  /** The filter that is in force, after the page has loaded. */
  | { readonly type: 'filtered'; readonly filter: LogFilterWords };

export type LogToHost =
  | Ready
  | { readonly type: 'want'; readonly generation: number; readonly from: number; readonly count: number }
  | { readonly type: 'filter'; readonly filter: LogFilterWords }
  | { readonly type: 'choose'; readonly log: string }
  /** The text of the element that a line is about shall be shown. */
  | { readonly type: 'reveal'; readonly element: string }
  | { readonly type: 'copy'; readonly generation: number; readonly from: number; readonly to: number }
  | { readonly type: 'save' }
  | { readonly type: 'open' }
  | { readonly type: 'clear' };

/** Empty: any. */
export interface LogFilterWords {
  /** This level and graver ones. */
  readonly level: string;
  readonly category: string;
  readonly element: string;
  /** Words, quoted texts, `/regular expressions/`, `level:`, `element:`, `category:`, `kind:`, each with a `-` before it for its contrary. */
  readonly text: string;
}

export interface LogList {
  /** Which log is shown; empty for none. */
  readonly log: string;
  readonly logs: readonly { readonly id: string; readonly title: string; readonly running: boolean }[];
  /** Grows when places mean other lines than before. */
  readonly generation: number;
  /** Lines that pass the filter. */
  readonly length: number;
  /** Lines that are kept. */
  readonly total: number;
  /** Lines that were let go, since there were too many. */
  readonly gone: number;
  /** Why lines are missing; empty while none are. */
  readonly problem: string;
  /** What is wrong with the words of the filter. */
  readonly filterProblem: string;
  /** Older lines are still looked through. */
  readonly searching: boolean;
  readonly errors: number;
  readonly warnings: number;
  /** The most talkative ones, for the filter. */
  readonly elements: readonly string[];
  readonly categories: readonly string[];
  /** The last rows: whoever follows sees them without asking. */
  readonly tail: readonly LogLine[];
  /** With a new generation: where the line now stands that was the first on the page. */
  readonly anchor: number | undefined;
}

export interface LogLine {
  readonly number: number;
  /** `12.345`: seconds since the run began. */
  readonly time: string;
  readonly level: string;
  readonly kind: string;
  readonly category: string;
  readonly element: string;
  /** For GST_DEBUG the message, else the whole line. */
  readonly text: string;
  /** Belongs to the line before. */
  readonly continues: boolean;
  /** File, line, function, thread of a GST_DEBUG line; empty for others. */
  readonly origin: string;
  /** What the message means, where that is known. */
  readonly cause: LogCause | undefined;
}

export interface LogCause {
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
}
