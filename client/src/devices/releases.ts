/** Which versions belong together: JetPack, Jetson Linux, DeepStream, TensorRT. From the table that the checks use too. */

export interface Release {
  readonly jetpack: string;
  readonly l4t: readonly string[];
  readonly deepstream: readonly string[];
  readonly tensorrt: string | null;
}

/** The releases out of `schemas/releases.json`. */
export const readReleases = (text: string): readonly Release[] =>
  (JSON.parse(text) as { readonly jetson: readonly Release[] }).jetson;

/** Releases of Jetson Linux that a version names: itself, or, where it is not in the table, those of its minor version. */
export function releasesOf(l4t: string, releases: readonly Release[]): readonly Release[] {
  const exact = releases.filter((release) => release.l4t.includes(l4t));
  if (exact.length > 0) return exact;
  const minor = `${minorOf(l4t)}.`;
  return releases.filter((release) => release.l4t.some((version) => version.startsWith(minor)));
}

/** Whether a DeepStream version is made for the release; versions count up to the minor one. Undefined where that is not known. */
export function fitsDeepstream(l4t: string, deepstream: string, releases: readonly Release[]): boolean | undefined {
  const versions = releasesOf(l4t, releases).flatMap((release) => release.deepstream);
  return versions.length === 0 ? undefined : versions.some((version) => minorOf(version) === minorOf(deepstream));
}

/** The versions of a target as far as the table has them together: `l4t-36.4.4 deepstream-7.1`, `l4t-36.4`, nothing. */
export function versionWords(
  l4t: string | undefined,
  deepstream: string | undefined,
  releases: readonly Release[],
): readonly string[] {
  if (l4t === undefined) return [];
  const exact = releases.some((release) => release.l4t.includes(l4t));
  if (!exact && releasesOf(l4t, releases).length === 0) return [];
  const words = [`l4t-${exact ? l4t : minorOf(l4t)}`];
  if (deepstream && fitsDeepstream(l4t, deepstream, releases)) words.push(`deepstream-${minorOf(deepstream)}`);
  return words;
}

const minorOf = (version: string): string => /^\d+\.\d+/.exec(version)?.[0] ?? version;
