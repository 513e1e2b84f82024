import type { Check } from '../check.ts';
import type { Planned, PlannedElement } from '../plan.ts';

/** Settings that name a file which is read, by any element. */
const READ =
  /^(?:config-file-path|config-file|ll-config-file|ll-lib-file|custom-lib-path|msg-broker-proto-lib|proto-lib)$/;

/** Files that are read must be there. What is known only at run time, and what is made when missing, is not asked for. */
export const check: Check = {
  id: 'files',
  asks: (planned) => ({ files: filesOf(planned) }),
  run: ({ planned, answers }) =>
    filesOf(planned).flatMap((path) =>
      answers.changed(path) === undefined
        ? [
            {
              severity: 'error',
              text: `The file ${path} is not on the device. Put it into the project, or mend the path.`,
            },
          ]
        : [],
    ),
};

function filesOf({ elements }: Planned): string[] {
  const found = elements.flatMap((element) =>
    Object.entries(element.settings).flatMap(([name, value]) => (reads(element, name) ? [value] : [])),
  );
  const paths = found.map((value) => value.replace(/^file:\/\//, ''));
  return [...new Set(paths)].filter((path) => path !== '' && !/[%$*?]|^\w+:\/\//.test(path));
}

function reads({ factory, settings }: PlannedElement, name: string): boolean {
  if (name === 'location') return /^(?:filesrc|imagefreeze|giosrc)$/.test(factory);
  if (name === 'uri') return /^file:\/\//.test(settings.uri ?? '');
  return READ.test(name) && /[./]/.test(settings[name] ?? '');
}
