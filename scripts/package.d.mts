/** Bundles, packs and returns the path of the .vsix. */
export function packageExtension(): Promise<string>;
