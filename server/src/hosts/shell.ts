import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { shellExcerpts } from '../text/shell-commands.ts';

/** Shell scripts: bash, sh, zsh and what is written like them. */
export const shell: Host = {
  id: 'shell',
  languageIds: ['shellscript', 'bash', 'sh', 'zsh'],
  accepts: fileMatcher(
    ['shellscript', 'bash', 'sh', 'zsh'],
    /\.(?:sh|bash|zsh|ksh|bats|command|env)$|\/(?:\.bashrc|\.bash_profile|\.profile|\.zshrc|\.xinitrc|\.bash_aliases|rc\.local)$/,
  ),
  excerpts(text, around) {
    // A pipeline without its command is often marked as shell where people write about it.
    const plain =
      text.includes('gst-launch') || !/^[a-z]\w*[\w-]*(?:[ \t]+[\w:-]+=[^ \t\n]+){0,40}\s+!/.test(text.trimStart())
        ? undefined
        : around.host('plaintext');
    const found = plain?.excerpts(text, around) ?? [];
    return found.length > 0 ? found : shellExcerpts(text, around, { host: 'shell' });
  },
};
