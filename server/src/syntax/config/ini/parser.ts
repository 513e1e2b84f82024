/** The grammar of a key file over the line tokens. It takes every text; what GLib refuses is told apart in `lower.ts`. */
import { type CstNode, CstParser, type IToken } from 'chevrotain';
import { CommentLine, GroupLine, KeyLine, lexer, StrayLine, tokens } from './tokens.ts';

export class KeyFileParser extends CstParser {
  constructor(options: { skipValidations: boolean }) {
    super(tokens, { nodeLocationTracking: 'none', maxLookahead: 1, ...options });
    this.performSelfAnalysis();
  }

  readonly file = this.RULE('file', () => {
    this.SUBRULE(this.lines);
    this.MANY(() => this.SUBRULE(this.group));
  });

  readonly group = this.RULE('group', () => {
    this.CONSUME(GroupLine);
    this.SUBRULE(this.lines);
  });

  readonly lines = this.RULE('lines', () => {
    this.MANY(() =>
      this.OR([
        { ALT: () => this.CONSUME(KeyLine) },
        { ALT: () => this.CONSUME(CommentLine) },
        { ALT: () => this.CONSUME(StrayLine) },
      ]),
    );
  });
}

// Chevrotain's self-check needs Object.groupBy, which Node 20 lacks; a unit test runs it with that supplied.
const parser = new KeyFileParser({ skipValidations: true });

/** The lines of one group; `header` is undefined for those before the first group. */
export interface GroupLines {
  readonly header: IToken | undefined;
  readonly keys: readonly IToken[];
  readonly comments: readonly IToken[];
  readonly strays: readonly IToken[];
}

/** The text as groups of lines. */
export function parseKeyFile(text: string): GroupLines[] {
  parser.input = lexer.tokenize(text).tokens;
  const file = parser.file();
  // The parser keeps its input; letting go of it frees the memory of a huge file.
  parser.input = [];
  const outside = file.children.lines?.[0] as CstNode;
  const groups = (file.children.group ?? []) as CstNode[];
  return [
    toLines(undefined, outside),
    ...groups.map((group) => toLines(group.children.GroupLine?.[0] as IToken, group.children.lines?.[0] as CstNode)),
  ];
}

const toLines = (header: IToken | undefined, lines: CstNode): GroupLines => ({
  header,
  keys: (lines.children.KeyLine ?? []) as IToken[],
  comments: (lines.children.CommentLine ?? []) as IToken[],
  strays: (lines.children.StrayLine ?? []) as IToken[],
});
