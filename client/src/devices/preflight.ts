/** What is looked at before a run: the questions to the device in one go, and the checks over its answers. */
import { collect, type Runner } from '../remote/runner.ts';
import type { Board } from './board-facts.ts';
import type { Answers, Check, Finding, Questions } from './check.ts';
import type { Planned } from './plan.ts';
import { checks } from './preflight/index.ts';
import type { Release } from './releases.ts';

/** Findings over a run that is about to start in a folder of the device; errors first. What could not be asked is not judged. */
export async function askPreflight(
  runner: Runner,
  planned: Planned,
  folder: string,
  board: Board,
  releases: readonly Release[],
): Promise<readonly Finding[]> {
  const questions = questionsOf(planned);
  const answers = await ask(runner, questions, folder);
  return judge(planned, board, answers, releases);
}

/** All questions of the checks, each once. */
export function questionsOf(planned: Planned): Questions {
  const asked = checksFor(planned).map((check) => check.asks?.(planned) ?? {});
  const all = (key: keyof Questions): readonly string[] => [...new Set(asked.flatMap((one) => one[key] ?? []))];
  return { elements: all('elements'), programs: all('programs'), files: all('files') };
}

const checksFor = ({ isScript }: Planned): readonly Check[] => checks.filter(({ byNames }) => byNames || !isScript);

/** The findings of all checks, errors first; of a script only warnings. */
export function judge(
  planned: Planned,
  board: Board,
  answers: Answers,
  releases: readonly Release[],
): readonly Finding[] {
  const found = checksFor(planned)
    .flatMap((check) => check.run({ planned, board, answers, releases }))
    // What a script may never come to does not surely fail.
    .map((finding): Finding => (planned.isScript ? { ...finding, severity: 'warning' } : finding));
  return [
    ...found.filter(({ severity }) => severity === 'error'),
    ...found.filter(({ severity }) => severity !== 'error'),
  ];
}

/**
 * Arguments: how many elements, how many programs, their names, then files. Prints `e NUMBER STATUS`, `p NUMBER STATUS`, `f NUMBER SECONDS`
 * by place, then the tables of sockets. A plugin that hangs is left after ten seconds.
 */
const ASK = `
few() { if command -v timeout >/dev/null 2>&1; then timeout 10 "$@"; else "$@"; fi; }
e=$1; p=$2; shift 2
i=0; while [ $i -lt $e ]; do few gst-inspect-1.0 --exists "$1" >/dev/null 2>&1 </dev/null; echo "e $i $?"; shift; i=$((i+1)); done
i=0; while [ $i -lt $p ]; do command -v "$1" >/dev/null 2>&1; echo "p $i $?"; shift; i=$((i+1)); done
i=0; for f do if [ -e "$f" ]; then echo "f $i $(stat -L -c %Y -- "$f" 2>/dev/null || echo 0)"; else echo "f $i -"; fi; i=$((i+1)); done
echo @tcp; cat /proc/net/tcp /proc/net/tcp6 2>/dev/null
echo @udp; cat /proc/net/udp /proc/net/udp6 2>/dev/null
`;

async function ask(runner: Runner, { elements, programs, files }: Questions, folder: string): Promise<Answers> {
  const counts = [String(elements.length), String(programs.length)];
  const { out } = await collect(
    runner.exec(['/bin/sh', '-c', ASK, 'sh', ...counts, ...elements, ...programs, ...files], {
      input: '',
      ...(folder !== '' && { folder }),
    }),
  );
  return readAnswers(out, { elements, programs, files });
}

/** The answers out of what the script prints. */
export function readAnswers(out: string, { elements, programs, files }: Questions): Answers {
  const [said = '', sockets = ''] = out.split(/^@tcp$/m);
  const [tcp = '', udp = ''] = sockets.split(/^@udp$/m);
  const told = new Map(
    [...said.matchAll(/^([epf]) (\d+) (\S+)$/gm)].map(([, kind, at, status]) => [`${kind} ${at}`, status!]),
  );
  // 0: yes, 1: no; anything else (no such program, out of time) tells nothing.
  const yesOrNo = (status: string | undefined): boolean | undefined =>
    status === '0' ? true : status === '1' ? false : undefined;
  const taken = { tcp: listening(tcp, '0A'), udp: listening(udp, '07') };
  return {
    hasElement: (name) => yesOrNo(told.get(`e ${elements.indexOf(name)}`)),
    hasProgram: (name) => {
      const status = told.get(`p ${programs.indexOf(name)}`);
      return status === undefined ? undefined : status === '0';
    },
    changed: (path) => {
      const status = told.get(`f ${files.indexOf(path)}`);
      return status === undefined ? 'unknown' : status === '-' ? undefined : Number(status);
    },
    taken: (protocol, port) => taken[protocol].has(port),
  };
}

/** Ports of the sockets in a state, out of /proc/net (proc(5)): the second column is ADDRESS:PORT in hexadecimal. */
function listening(table: string, state: string): ReadonlySet<number> {
  const lines = table.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /gm);
  return new Set([...lines].flatMap(([, port, now]) => (now === state ? [Number.parseInt(port!, 16)] : [])));
}
