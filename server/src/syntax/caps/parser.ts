/**
 * The grammar of caps, as gst_caps_from_string reads them (gstcaps.c, gststructure.c, gstvalue.c of GStreamer 1.22).
 * It takes a little more than the library; lower.ts refuses the rest, where it can say better why.
 */
import { CstParser, EOF, type TokenType } from 'chevrotain';
import {
  allTokens,
  Comma,
  Equals,
  EscapedBlank,
  Features,
  LAngle,
  LCurly,
  LParen,
  LSquare,
  PlainList,
  Quoted,
  RAngle,
  RCurly,
  RParen,
  RSquare,
  Semicolon,
  Word,
} from './tokens.ts';

export class CapsParser extends CstParser {
  constructor(skipValidations: boolean) {
    super(allTokens, { skipValidations, recoveryEnabled: true, maxLookahead: 1, nodeLocationTracking: 'onlyOffset' });
    this.performSelfAnalysis();
  }

  /** Alternatives with `;` between them, and one more at the end if the author likes. */
  readonly caps = this.RULE('caps', () => {
    this.OPTION(() => {
      this.SUBRULE(this.structure);
      this.MANY({
        GATE: () => this.#behindBlanks(2) !== EOF && this.#behindBlanks(2) !== RSquare,
        DEF: () => {
          this.CONSUME(Semicolon);
          this.SUBRULE2(this.structure);
        },
      });
      this.OPTION2(() => this.CONSUME2(Semicolon));
    });
  });

  readonly structure = this.RULE('structure', () => {
    this.MANY(() => this.CONSUME(EscapedBlank));
    this.OR([{ ALT: () => this.CONSUME(Word) }, { ALT: () => this.CONSUME(Quoted) }]);
    this.OPTION(() => this.CONSUME(Features));
    this.MANY2({ GATE: () => this.#behindBlanks(1) === Comma, DEF: () => this.SUBRULE(this.slot) });
    this.MANY3(() => this.CONSUME2(EscapedBlank));
  });

  /** A comma and the field behind it; the last comma may stand alone. */
  readonly slot = this.RULE('slot', () => {
    this.MANY(() => this.CONSUME(EscapedBlank));
    this.CONSUME(Comma);
    this.MANY2(() => this.CONSUME2(EscapedBlank));
    this.OPTION(() => this.SUBRULE(this.field));
  });

  readonly field = this.RULE('field', () => {
    this.CONSUME(Word);
    this.MANY(() => this.CONSUME(EscapedBlank));
    this.CONSUME(Equals);
    this.SUBRULE(this.value);
  });

  readonly value = this.RULE('value', () => {
    this.OPTION(() => this.SUBRULE(this.cast));
    this.OR([
      { ALT: () => this.CONSUME2(Word) },
      { ALT: () => this.CONSUME2(Quoted) },
      { ALT: () => this.CONSUME(PlainList) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.array) },
      { GATE: () => this.#isNested(), ALT: () => this.SUBRULE(this.nested) },
      { ALT: () => this.SUBRULE(this.range) },
    ]);
  });

  readonly cast = this.RULE('cast', () => {
    this.CONSUME(LParen);
    this.CONSUME(Word);
    this.CONSUME(RParen);
  });

  readonly list = this.RULE('list', () => {
    this.CONSUME(LCurly);
    this.SUBRULE(this.members);
    this.CONSUME(RCurly);
  });

  readonly array = this.RULE('array', () => {
    this.CONSUME(LAngle);
    this.SUBRULE(this.members);
    this.CONSUME(RAngle);
  });

  /** Values with commas between them; one comma before the first and one behind the last do no harm. */
  readonly members = this.RULE('members', () => {
    this.OPTION(() => this.CONSUME(Comma));
    this.OPTION2(() => {
      this.SUBRULE(this.value);
      this.MANY({
        GATE: () => this.LA(2).tokenType !== RCurly && this.LA(2).tokenType !== RAngle,
        DEF: () => {
          this.CONSUME2(Comma);
          this.SUBRULE2(this.value);
        },
      });
      this.OPTION3(() => this.CONSUME3(Comma));
    });
  });

  readonly range = this.RULE('range', () => {
    this.CONSUME(LSquare);
    this.SUBRULE(this.value);
    this.CONSUME(Comma);
    this.SUBRULE2(this.value);
    this.OPTION(() => {
      this.CONSUME2(Comma);
      this.SUBRULE3(this.value);
    });
    this.CONSUME(RSquare);
  });

  /** Caps or a structure as a value. */
  readonly nested = this.RULE('nested', () => {
    this.CONSUME(LSquare);
    this.SUBRULE(this.caps);
    this.CONSUME(RSquare);
  });

  /** Whether the bracket ahead holds a structure and not the ends of a range. */
  #isNested(): boolean {
    if (this.LA(1).tokenType !== LSquare) return false;
    let at = 2;
    while (this.LA(at).tokenType === EscapedBlank) at++;
    const name = this.LA(at).tokenType;
    if (name !== Word && name !== Quoted) return false;
    const next = this.LA(at + 1).tokenType;
    if (next === RSquare || next === Semicolon || next === Features || next === EscapedBlank) return true;
    if (next !== Comma) return false;
    at += 2;
    while (this.LA(at).tokenType === EscapedBlank) at++;
    const behind = this.LA(at).tokenType;
    if (behind === RSquare || behind === Semicolon) return true;
    return behind === Word && (this.LA(at + 1).tokenType === Equals || this.LA(at + 1).tokenType === EscapedBlank);
  }

  /** The type of the token at this distance ahead, escaped blanks passed over. */
  #behindBlanks(distance: number): TokenType {
    let at = distance;
    while (this.LA(at).tokenType === EscapedBlank) at++;
    return this.LA(at).tokenType;
  }
}
