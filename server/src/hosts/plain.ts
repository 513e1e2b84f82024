import { proseCommands } from '../text/comment-commands.ts';
import type { Excerpt, Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { launchParagraphs, paragraphExcerpts } from '../text/launch-paragraphs.ts';
import { launchShape } from '../text/launch-shape.ts';
import { liftSpan, nest } from '../text/lifted.ts';

// Plain text: notes, mails, issues. A paragraph that is a command or a pipeline from its first word is read as one;
// of all others only the commands in them.

const beginsAsCommand =
  /^[ \t]*(?:[$>#][ \t]+)?(?:(?:sudo|env|time|nohup|exec|[A-Za-z_]\w*=\S*)[ \t]+)*(?:[\w./~+-]*\/)?gst-launch/;

/** Plain text. */
export const plain: Host = {
  id: 'plain',
  languageIds: ['plaintext'],
  accepts: fileMatcher(['plaintext'], /\.(?:txt|text)$|\/(?:README|NOTES|INSTALL)$/i),
  excerpts(text, around) {
    if (!/!|gst-launch/.test(text) || text.includes('\0')) return [];
    const found: Excerpt[] = [];
    for (const part of launchParagraphs(text)) {
      const body = text.slice(part.start, part.end);
      if (part.command && beginsAsCommand.test(body)) found.push(...paragraphExcerpts(text, part, around, 'plain'));
      else if (part.command || body.includes('gst-launch')) {
        const prose = liftSpan(text, part.start, part.end);
        found.push(...proseCommands(prose, around, { host: 'plain', certainty: 'comment', context: 'command' }));
      } else {
        const shape = launchShape(body, (element) => around.known(element));
        if (!shape.pipeline) continue;
        const about = { context: 'fence', certainty: 'guess', fragment: shape.fragment } as const;
        const whole = liftSpan(text, 0, text.length);
        for (const excerpt of paragraphExcerpts(text, part, around, 'plain')) found.push(nest(excerpt, whole, about));
      }
    }
    return found;
  },
};
