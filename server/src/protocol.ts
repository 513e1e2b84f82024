/**
 * Names and payloads of what client and server say to each other beyond LSP, and the settings both know.
 * Imports nothing, so that every room may know it.
 */

/** The section that all settings live in. */
export const SECTION = 'jetsonPipelines';

/** What a person can set, as the server uses it: always whole, defaults filled in. */
export interface Settings {
  /** Target id, `orin-nano-8gb`; empty: any Jetson is assumed. */
  readonly target: string;
  /** Rule id → severity; a rule that is not named keeps its own. */
  readonly rules: Readonly<Record<string, 'error' | 'warning' | 'hint' | 'off'>>;
  /** Whether files that are not open are looked at too. */
  readonly scope: 'open' | 'workspace';
  /** Which hints stand in the text. */
  readonly hints: HintSettings;
  /** Whether lines with what can be done stand above pipelines. */
  readonly codeLens: boolean;
}

export interface HintSettings {
  /** Memory and caps on links. */
  readonly links: boolean;
  /** Where frames are copied. */
  readonly copies: boolean;
  /** Names that elements get by themselves, where a log needs them to tell elements apart. */
  readonly names: boolean;
  /** What a number means: `control-rate=1`. */
  readonly values: boolean;
}

export const defaultSettings: Settings = {
  target: '',
  rules: {},
  scope: 'workspace',
  hints: { links: true, copies: true, names: true, values: true },
  codeLens: true,
};

/**
 * What the client says of itself as `experimental` of its capabilities: the commands that it knows, which a lens may give
 * then. The form is rust-analyzer's.
 */
export interface ClientExperiments {
  readonly commands?: { readonly commands?: readonly string[] };
}

/** Commands of the client that a lens gives, with the document's address and the place in it. */
export const RUN_COMMAND = 'jetsonPipelines.runOnJetson';
export const GRAPH_COMMAND = 'jetsonPipelines.showGraph';

/** Client → server: how was this document read? Answer: {@link ShowReadingResult}. */
export const SHOW_READING = 'gst/showReading';

export interface ShowReadingParams {
  readonly textDocument: { readonly uri: string };
  /** The pipeline at this place only; all of the document where left out. */
  readonly position?: { readonly line: number; readonly character: number };
}

export interface ShowReadingResult {
  /** Plain text for a person, the same as `gst-lint dump model` prints. */
  readonly text: string;
}

/** Client → server: the machines that can be chosen. Answer: {@link TargetChoice}[]. */
export const TARGETS = 'gst/targets';

export interface TargetChoice {
  readonly id: string;
  readonly title: string;
  /** Engines and notable gaps in a few words: "no hardware encoder". */
  readonly detail: string;
}

/** Client → server: for which machine are this document's pipelines judged? Answer: {@link TargetShown}. */
export const DOCUMENT_TARGET = 'gst/documentTarget';

export interface DocumentTargetParams {
  readonly textDocument: { readonly uri: string };
}

export interface TargetShown {
  readonly id: string;
  readonly title: string;
  /** Nobody chose it. */
  readonly assumed: boolean;
}

/** Client → server: this configuration as a gst-launch command. Answer: {@link AsCommandResult}. */
export const AS_COMMAND = 'gst/asCommand';

export interface AsCommandParams {
  readonly textDocument: { readonly uri: string };
}

export interface AsCommandResult {
  /** For a shell, with its line end; undefined where the document is no application's configuration. */
  readonly text?: string;
}

/** Client → server: in which language is this document really? Answer: {@link DocumentLanguageResult}. */
export const DOCUMENT_LANGUAGE = 'gst/documentLanguage';

export interface DocumentLanguageParams {
  readonly textDocument: { readonly uri: string };
}

export interface DocumentLanguageResult {
  /** VS Code's language id; left out where the document's own is as good. */
  readonly languageId?: string;
}

/** Server → client, whenever it changes: what holds where a document says nothing else. */
export const STATUS = 'gst/status';

export interface Status {
  readonly target: TargetShown;
  /** Why the target that was set cannot be used; undefined where it can. */
  readonly problem?: string;
}

/** Client → server: a pipeline as a graph. Answer: {@link GraphResult}. */
export const GRAPH = 'gst/graph';

export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface PlaceRange {
  readonly start: Place;
  readonly end: Place;
}

export interface GraphParams {
  readonly textDocument: { readonly uri: string };
  /** The pipeline at this place, or the one before it. */
  readonly position?: Place;
  /** The pipeline of this number, counted from zero; goes before `position`. */
  readonly index?: number;
}

export interface GraphResult {
  /** Undefined where the document has no pipeline. */
  readonly graph?: PipelineGraph<PlaceRange>;
  /** All pipelines of the document. */
  readonly choices: readonly { readonly title: string; readonly range: PlaceRange }[];
  /** Which of them the graph is. */
  readonly index: number;
}

/** A pipeline as a picture needs it. `Where` is a place in the document, or in the excerpt. */
export interface PipelineGraph<Where> {
  /** For which machine it was judged. */
  readonly target: string;
  readonly elements: readonly GraphElement<Where>[];
  readonly links: readonly GraphLink<Where>[];
  readonly budget: readonly BudgetLine[];
}

export interface GraphElement<Where> {
  /** Place in the order of making. */
  readonly id: number;
  readonly factory: string;
  readonly name: string;
  /** Whether the name was given in the text. */
  readonly named: boolean;
  /** False where no table has the element. */
  readonly known: boolean;
  /** `nvenc`; undefined where no engine does its work, or none is known. */
  readonly engine?: string;
  /** The bin that it stands in, by the number of its parenthesis. */
  readonly bin?: number;
  /** `bitrate=4000`, as far as they are worth seeing. */
  readonly settings: readonly string[];
  readonly place: Where;
  readonly problems: readonly GraphProblem[];
}

export interface GraphLink<Where> {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly fromPad?: string;
  readonly toPad?: string;
  readonly memory: 'system' | 'nvmm' | 'dmabuf' | 'cuda' | 'gl' | 'va' | 'unknown';
  readonly verdict: 'agreed' | 'open' | 'broken';
  /** In a few words: `NV12 1920×1080 @ 30`. */
  readonly flow: string;
  /** All of it, as GStreamer prints caps; shortened where it is very long. */
  readonly caps: string;
  /** The link appears when the pipeline runs. */
  readonly delayed: boolean;
  readonly place: Where;
  readonly problems: readonly GraphProblem[];
}

export interface GraphProblem {
  readonly severity: 'error' | 'warning' | 'hint';
  readonly message: string;
}

/** One figure of what a pipeline asks of its machine. */
export interface BudgetLine {
  /** `NVENC encode`, `Copies`, `NVMM`. */
  readonly what: string;
  /** `50 %`, `93 MB/s`; `unknown` where nothing is known. */
  readonly amount: string;
  /** Share of what there is, 1 is all; undefined where there is no limit. */
  readonly share?: number;
  /** What could not be counted: `h264parse0: the frame rate`. */
  readonly unknown: readonly string[];
}

/** Client → server: what one element gives and the next takes. Answer: {@link CapsMeeting}. */
export const CAPS_MEETING = 'gst/capsMeeting';

export interface CapsMeetingParams {
  readonly textDocument: { readonly uri: string };
  /** Factory names. */
  readonly from: string;
  readonly to: string;
}

export interface CapsMeeting {
  readonly from: CapsSide;
  readonly to: CapsSide;
  /** One for each pair of pads. */
  readonly pairs: readonly {
    readonly fromPad: string;
    readonly toPad: string;
    readonly meet: boolean;
    readonly rows: readonly CapsRow[];
  }[];
  /** All elements that can be asked for. */
  readonly elements: readonly string[];
}

export interface CapsSide {
  readonly factory: string;
  readonly known: boolean;
  readonly blurb: string;
  readonly pads: readonly { readonly name: string; readonly presence: string; readonly caps: readonly CapsText[] }[];
}

/** One alternative of caps, laid out. */
export interface CapsText {
  readonly media: string;
  readonly memory: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/** One field of two alternatives beside each other. */
export interface CapsRow {
  readonly media: string;
  readonly memory: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
  /** Empty where they have nothing in common. */
  readonly both: string;
}

/** Client → server: what can be run of this document? Answer: {@link RunnablesResult}. */
export const RUNNABLES = 'gst/runnables';

export interface RunnablesParams {
  readonly textDocument: { readonly uri: string };
  /** A text in place of the document's, for a selection: a command line or a pipeline. */
  readonly text?: string;
}

export interface RunnablesResult {
  readonly runnables: readonly Runnable[];
}

/** A pipeline or a configuration that could be run as it stands, but for its holes. */
export interface Runnable {
  readonly kind: 'launch' | 'config';
  /** `filesrc → … → fakesink`, or the file's name. */
  readonly title: string;
  /** As its program would be given it. Fillers stand where `holes` are. */
  readonly text: string;
  /** What is known only when the host program runs: `$WIDTH`. Offsets of `text`, in order. */
  readonly holes: readonly { readonly start: number; readonly end: number; readonly source: string }[];
  /** Where it stands in the document. */
  readonly range: PlaceRange;
  /** gst-launch's own options that were given with it: `-v`. */
  readonly options: readonly string[];
  /** Which program or function takes it: `gst-launch`, `opencv-capture`. */
  readonly consumer?: string;
  /** How sure it is that this is meant to be run: `code`, `comment`, `guess`. */
  readonly certainty: string;
  /** Id of a configuration's format: `deepstream-app`. */
  readonly format?: string;
  /** Files of this machine that it reads, those that they name included. */
  readonly files: readonly RunnableFile[];
  /** What it writes, as written. */
  readonly outputs: readonly string[];
  readonly elements: readonly { readonly name: string; readonly factory: string; readonly range: PlaceRange }[];
}

export interface RunnableFile {
  /** Absolute, on this machine. */
  readonly path: string;
  readonly written: string;
  /** Where `text` names it; left out where another file does. */
  readonly start?: number;
  readonly end?: number;
}

/** Client → server: what a device's own gst-inspect says goes before the tables. Answer: nothing. */
export const TABLES = 'gst/tables';

export interface TablesParams {
  /** Name of the device, for hovers. */
  readonly device: string;
  /** The target that the tables are for, in the words of the setting. */
  readonly target: string;
  /** `ElementSpec[]` of the catalog room; empty takes the tables away. */
  readonly elements: readonly unknown[];
  /** Whether these are all elements that the device has: then any other is unknown there. */
  readonly complete: boolean;
}

/**
 * Client → server, a notification: what a connected device has that texts name. It holds until the next one; without
 * cameras it takes back what was said before.
 */
export const DEVICE = 'gst/device';

export interface DeviceParams {
  /** Name of the device, as completion shows it. */
  readonly device: string;
  readonly cameras: readonly Camera[];
}

/** A camera of a device, and what it can give. */
export interface Camera {
  /** `v4l2`: reached by v4l2src; `csi`: by nvarguscamerasrc. */
  readonly kind: 'v4l2' | 'csi';
  /** The node, `/dev/video0`; of a CSI camera the number that sensor-id takes, `0`. */
  readonly node: string;
  /** As the driver calls it: `HD Pro Webcam C920`, `imx219`. */
  readonly name: string;
  /** In the camera's own order; empty where it was not asked. */
  readonly modes: readonly CameraMode[];
}

export interface CameraMode {
  /** V4L2's four characters: `YUYV`, `MJPG`, `RG10`. Of a CSI camera what the sensor gives; nvarguscamerasrc makes NV12 of it. */
  readonly format: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pictures a second as fractions, `30/1`, the fastest first; of a CSI camera the fastest alone. Empty: not known. */
  readonly rates: readonly string[];
  /** The number that sensor-mode takes, for a CSI camera. */
  readonly sensorMode?: number;
}

/** Client → server: what would become of a pipeline on a machine? The demo device asks. Answer: {@link Rehearsal}. */
export const REHEARSE = 'gst/rehearse';

export interface RehearseParams {
  /** `launch`: a pipeline as gst-launch-1.0 puts it together; `config`: the text of a deepstream-app configuration. */
  readonly kind: 'launch' | 'config';
  readonly text: string;
  /** The machine, as a person writes it: `orin-nano-8gb deepstream-7.1`. */
  readonly target: string;
}

/** What a pipeline would do, as far as it can be told from its text. */
export interface Rehearsal {
  /** Undefined where nothing in the text keeps it from running. */
  readonly refusal?: Refusal;
  readonly elements: readonly RehearsedElement[];
  readonly links: readonly {
    /** Names of the elements. */
    readonly from: string;
    readonly to: string;
    readonly fromPad: string;
    readonly toPad: string;
    /** As GStreamer prints them; empty where nothing is known. */
    readonly caps: string;
  }[];
  readonly live: boolean;
  /** Frames until the end of the stream; undefined where it does not end by itself. */
  readonly frames?: number;
  /** Frames a second of one stream. */
  readonly rate: number;
  /** Streams that are worked on at once. */
  readonly streams: number;
  /** What it asks of the machine. Engines: 1 is all there is. */
  readonly load: {
    readonly gpu: number;
    readonly nvdec: number;
    readonly nvenc: number;
    readonly vic: number;
    /** Cores. */
    readonly cpu: number;
    /** Megabytes. */
    readonly memory: number;
  };
}

/** Why it does not run. */
export interface Refusal {
  /** `parse`: nothing is built; `start`: it does not come to PAUSED; `run`: the stream breaks off. */
  readonly stage: 'parse' | 'start' | 'run';
  /** Name of the element that says so; undefined where the parser does. */
  readonly element?: string;
  /** In GStreamer's words. */
  readonly message: string;
  /** What stands below "Additional debug info", the place in the source included. */
  readonly debug?: readonly string[];
}

export interface RehearsedElement {
  readonly name: string;
  readonly factory: string;
  /** `GstFakeSink`. */
  readonly typeName: string;
  readonly does: 'source' | 'sink' | 'other';
  /** The files that it opens, as written, and whether it reads or writes them. */
  readonly files: readonly { readonly path: string; readonly how: 'read' | 'write' | 'config' }[];
  /** What is set, for dumps: `bitrate=4000`. */
  readonly settings: readonly string[];
}

/** Client → server: where in the text are these messages of a run at home? Answer: {@link BlameResult}. */
export const BLAME = 'gst/blame';

export interface BlameParams {
  readonly textDocument: { readonly uri: string };
  /** `text` of the {@link Runnable} that was run; where it has been changed since, what is left of it is looked at. */
  readonly text: string;
  readonly clues: readonly RunClues[];
}

/** What a message of a run says of its place. */
export interface RunClues {
  /** Names from the outermost bin to the element. */
  readonly path: readonly string[];
  /** Parts of the message by what they are: `element`, `from`, `to`, `factory`, `property`, `value`, `name`, `file`, `key`, `group`. */
  readonly words: Readonly<Record<string, string>>;
  /** Rules that may have found the same in the text. */
  readonly rules: readonly string[];
  /** Caps that were offered to a pad and not taken. */
  readonly refused?: { readonly pad: string; readonly caps: string };
  /** The message is that formats did not meet, and names only who noticed. */
  readonly unmet?: true;
}

export interface BlameResult {
  /** One for each of the clues; `null` where the text has no place for it. */
  readonly blamed: readonly (Blamed<PlaceRange> | null)[];
}

/** Where a message is at home. */
export interface Blamed<Where> {
  readonly place: Where;
  /** Name of the element, or of the group, that it is about. */
  readonly name: string;
  /** What the rules say of the same. */
  readonly finding?: { readonly rule: string; readonly message: string; readonly place: Where };
  readonly related: readonly { readonly place: Where; readonly message: string }[];
  /** The two caps that did not meet. */
  readonly meeting?: {
    readonly from: string;
    readonly to: string;
    /** As GStreamer prints caps, shortened where they are very long. */
    readonly gives: string;
    readonly takes: string;
  };
}

/** Client → server: the elements of a machine as its gst-inspect-1.0 prints them. The demo device asks. Answer: {@link InspectedElement}[]. */
export const INSPECT = 'gst/inspect';

export interface InspectParams {
  /** The machine, as a person writes it. */
  readonly target: string;
  /** One element only; all where left out. */
  readonly name?: string;
}

export interface InspectedElement {
  readonly name: string;
  readonly plugin: string;
  /** One line about it. */
  readonly title: string;
  readonly page: string;
}
