/**
 * The POSIX shell program that stands over a run on the device. It is what keeps the promise that a stopped, lost or
 * killed run leaves no process behind and finished files: the connection may be gone when it has to act.
 */

/**
 * Arguments: tag, seconds after INT, seconds after TERM, the words to run. Says `<tag> run <pid>` on its output when the program
 * has started. Its input is the control: a line `stop`, or its end, stops the whole process group (INT, then TERM, then
 * KILL); `hup`, `term` and `kill` send that signal. Ends with the program's status.
 *
 * Under bash, job control gives the program a process group of its own and SIGINT as it should be: a plain sh starts
 * programs in the background with SIGINT ignored. The wrapper ignores PIPE, since gst-launch would otherwise die of what it
 * prints into a lost connection before its file is finished.
 */
const OVERSEER = `
tag=$1; g1=$2; g2=$3; shift 3
trap "" PIPE HUP; trap : INT TERM
exec 3<&0
own=
if [ -n "$BASH_VERSION" ]; then set -m; elif command -v setsid >/dev/null 2>&1; then own=setsid; fi
$own "$@" </dev/null 3<&- &
p=$!
exec 2>/dev/null
echo "$tag run $p"
sig() { kill -s "$1" -- "-$p" || kill -s "$1" "$p"; }
alive() {
  kill -s 0 -- "-$p" || kill -s 0 "$p" || return 1
  [ -r /proc/$$/stat ] || return 0
  for f in /proc/[0-9]*/stat; do
    read -r l <"$f" || continue
    set -- \${l##*) }
    [ "$3" = "$p" ] && [ "$1" != Z ] && return 0
  done
  return 1
}
down() { sig "$1"; n=$(($2 * 5)); while alive && [ $n -gt 0 ]; do sleep 0.2 || sleep 1; n=$((n - 1)); done; alive; }
watch() {
  while read -r c; do
    case $c in stop) break;; hup) sig HUP;; term) sig TERM;; kill) sig KILL;; esac
  done
  down INT "$g1" && down TERM "$g2" && down KILL 5
}
watch <&3 >/dev/null &
w=$!
while :; do
  wait "$p"; r=$?
  kill -s 0 "$p" || break
  [ $r -gt 128 ] && sleep 0.2
done
if alive; then down TERM 2 && down KILL 2; fi
kill -s KILL -- "-$w" || kill -s KILL "$w"
exit $r
`;

/** Runs a script in bash where there is one, else in sh; arguments follow. */
const IN_BASH = 'if [ -x /bin/bash ]; then exec /bin/bash -c "$1" jp "$@"; fi; exec /bin/sh -c "$1" jp "$@"';

/** The command that runs the words under the overseer. */
export function overseen(
  words: readonly string[],
  tag: string,
  interruptSeconds: number,
  termSeconds: number,
): string[] {
  const grace = [String(Math.ceil(interruptSeconds)), String(Math.ceil(termSeconds))];
  return ['/bin/sh', '-c', IN_BASH, 'jp', `shift;${OVERSEER}`, tag, ...grace, ...words];
}

/** What {@link overseen} was given; undefined for any other command. For a device of ours that oversees by itself. */
export function readOverseen(words: readonly string[]):
  | {
      readonly words: readonly string[];
      readonly tag: string;
      readonly interruptSeconds: number;
      readonly termSeconds: number;
    }
  | undefined {
  const [, , script, , overseer, tag, interrupt, term, ...rest] = words;
  if (script !== IN_BASH || overseer !== `shift;${OVERSEER}` || tag === undefined) return undefined;
  return { words: rest, tag, interruptSeconds: Number(interrupt), termSeconds: Number(term) };
}

/** Where runs that outlive the window keep what is known of them, below the home folder. */
export const RUNS = '.cache/jetson-pipelines/runs';

/**
 * Starts an overseer that no session holds. Arguments: id, title, largest size of the log in bytes, the overseer's words. The folder of the run
 * gets `title`, `control` (a fifo), `log`, `overseer` (process id and start time, since ids are used again) and at the end `exit`.
 */
const DETACH = `
umask 077
d=$HOME/${RUNS}/$1; mkdir -p "$d" || exit 1
printf %s "$2" >"$d/title"; limit=$3; shift 3
mkfifo "$d/control" || exit 1
# A plain sh would start it with SIGINT ignored, and so would be everything below that does not ask for it itself.
own=
if [ -n "$BASH_VERSION" ]; then set -m; elif command -v setsid >/dev/null 2>&1; then own=setsid; fi
# Without stdbuf head keeps what it has read until 4 KiB are there.
head=head; command -v stdbuf >/dev/null 2>&1 && head="stdbuf -o0 head"
$own nohup /bin/sh -c '
d=$1; limit=$2; head=$3; shift 3
exec 3<>"$d/control"
{ "$@" <&3 2>&1; echo $? >"$d/code"; } | { $head -c "$limit"; cat >/dev/null; } >"$d/log"
mv "$d/code" "$d/exit"
' jp "$d" "$limit" "$head" "$@" </dev/null >/dev/null 2>&1 &
p=$!
echo "$p $(cut -d" " -f22 "/proc/$p/stat" 2>/dev/null)" >"$d/overseer"
`;

export function detached(id: string, title: string, logLimit: number, words: readonly string[]): string[] {
  return ['/bin/sh', '-c', IN_BASH, 'jp', `shift;${DETACH}`, id, title, String(logLimit), ...words];
}

/** Whether a process is still the one that began then; one that is dead but not yet buried is not. Arguments: id, start time. */
const LIVES = `
lives() { set -- "$2" $(cut -d" " -f3,22 "/proc/$1/stat" 2>/dev/null); [ -n "$1" ] && [ "$3" = "$1" ] && [ "$2" != Z ]; }
`;

/**
 * Prints the log of a detached run from its start until the run has ended, and ends with its status; 255 where the device went down
 * in between. Argument: id.
 */
const FOLLOW = `${LIVES}
d=$HOME/${RUNS}/$1
read -r p s <"$d/overseer" || exit 255
if lives "$p" "$s"; then tail -c +1 -f --pid="$p" -s 0.2 "$d/log"; else cat "$d/log"; fi
[ -e "$d/exit" ] || exit 255
exit "$(cat "$d/exit")"
`;

export const following = (id: string): string[] => ['/bin/sh', '-c', FOLLOW, 'jp', id];

/** One line a run: id, whether it runs, exit status or `-`, seconds since 1970 of its start, title. Separated by tabs. */
const LIST = `${LIVES}
cd "$HOME/${RUNS}" 2>/dev/null || exit 0
for d in *; do
  [ -f "$d/overseer" ] || continue
  read -r p s <"$d/overseer"
  state=ended; lives "$p" "$s" && state=running
  code=-; [ -e "$d/exit" ] && code=$(cat "$d/exit")
  printf "%s\\t%s\\t%s\\t%s\\t%s\\n" "$d" "$state" "$code" "$(date -r "$d/title" +%s 2>/dev/null || echo 0)" "$(tr "\\t\\n" "  " <"$d/title")"
done
`;

export const listing = (): string[] => ['/bin/sh', '-c', LIST];

/** Writes a line into the control of a detached run. The open for both ways does not wait for a reader. Arguments: id, line. */
const CONTROL = `d=$HOME/${RUNS}/$1; [ -p "$d/control" ] && [ ! -e "$d/exit" ] && echo "$2" 1<>"$d/control"`;

export const controlling = (id: string, line: 'stop' | 'hup' | 'term' | 'kill'): string[] => [
  '/bin/sh',
  '-c',
  CONTROL,
  'jp',
  id,
  line,
];

/** Removes what is kept of a run that has ended. Argument: id. */
const FORGET = `d=$HOME/${RUNS}/$1; [ -e "$d/exit" ] || [ ! -d "$d" ] || exit 1; rm -rf "$d"`;

export const forgetting = (id: string): string[] => ['/bin/sh', '-c', FORGET, 'jp', id];
