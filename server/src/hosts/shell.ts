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
  excerpts: (text, around) => shellExcerpts(text, around, { host: 'shell' }),
};
