import type { Host } from '../text/excerpt.ts';
import { fileMatcher } from '../text/host-file.ts';
import { launchParagraphs, paragraphExcerpts } from '../text/launch-paragraphs.ts';

/** Pipeline files (.gst, .gstlaunch): they hold pipelines and nothing else. */
export const launch: Host = {
  id: 'launch',
  languageIds: ['gst-launch'],
  accepts: fileMatcher(['gst-launch'], /\.(?:gst|gstlaunch|gst-launch)$/),
  excerpts: (text, around) =>
    text.includes('\0')
      ? []
      : launchParagraphs(text).flatMap((part) => paragraphExcerpts(text, part, around, 'launch')),
};
