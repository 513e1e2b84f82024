/**
 * The grammar of one level of gst-launch text (`grammar.y` without its parentheses, see `levels.ts`). It is total: there
 * is a place for stray tokens, for links with nothing before or behind and for pads that belong to nobody, so every
 * list of tokens has a tree and nothing is ever recovered from. What GStreamer refuses of it is told in `lower.ts`.
 */
import { CstParser, type IParserConfig } from 'chevrotain';
import {
  Assignment,
  allTokens,
  Bin,
  Comma,
  Hole,
  Identifier,
  type LaunchToken,
  Link,
  PadRef,
  Preset,
  Ref,
  Stray,
  Url,
} from './tokens.ts';

// What the rules below leave behind. Each holds its children by the name of the rule or token.
export interface LevelCst {
  readonly children: { readonly chain?: readonly ChainCst[]; readonly Stray?: readonly LaunchToken[] };
}
export interface ChainCst {
  readonly children: {
    readonly item?: readonly ItemCst[];
    readonly hop?: readonly HopCst[];
    readonly Stray?: readonly LaunchToken[];
  };
}
export interface HopCst {
  readonly children: {
    readonly Link: readonly LaunchToken[];
    readonly Stray?: readonly LaunchToken[];
    readonly pads?: readonly PadsCst[];
    readonly item?: readonly ItemCst[];
  };
}
export interface ItemCst {
  readonly children: {
    readonly element?: readonly ElementCst[];
    readonly Bin?: readonly LaunchToken[];
    readonly reference?: readonly ReferenceCst[];
    readonly Url?: readonly LaunchToken[];
    readonly Hole?: readonly LaunchToken[];
    readonly pads?: readonly PadsCst[];
  };
}
export interface ElementCst {
  readonly children: { readonly Identifier: readonly LaunchToken[]; readonly setting?: readonly SettingCst[] };
}
export interface SettingCst {
  readonly children: { readonly Assignment?: readonly LaunchToken[]; readonly Preset?: readonly LaunchToken[] };
}
export interface ReferenceCst {
  readonly children: { readonly Ref: readonly LaunchToken[]; readonly Identifier?: readonly LaunchToken[] };
}
export interface PadsCst {
  readonly children: { readonly PadRef: readonly LaunchToken[]; readonly Identifier?: readonly LaunchToken[] };
}

export class LaunchGrammar extends CstParser {
  constructor(config: IParserConfig) {
    super(allTokens, { maxLookahead: 2, recoveryEnabled: false, nodeLocationTracking: 'none', ...config });
    this.performSelfAnalysis();
  }

  readonly level = this.RULE('level', () => {
    this.MANY(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.chain) }, { ALT: () => this.CONSUME(Stray) }]);
    });
  });

  readonly chain = this.RULE('chain', () => {
    this.OR([{ ALT: () => this.SUBRULE(this.item) }, { ALT: () => this.SUBRULE(this.hop) }]);
    this.MANY(() => {
      this.OR1([{ ALT: () => this.SUBRULE1(this.hop) }, { ALT: () => this.CONSUME(Stray) }]);
    });
  });

  /** A link and what it leads to. */
  readonly hop = this.RULE('hop', () => {
    this.CONSUME(Link);
    this.MANY(() => this.CONSUME(Stray));
    this.OPTION(() => this.SUBRULE(this.pads));
    this.OPTION1(() => this.SUBRULE(this.item));
  });

  readonly item = this.RULE('item', () => {
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.element);
          this.OPTION(() => this.SUBRULE(this.pads));
        },
      },
      {
        ALT: () => {
          this.CONSUME(Bin);
          this.OPTION1(() => this.SUBRULE1(this.pads));
        },
      },
      { ALT: () => this.SUBRULE(this.reference) },
      { ALT: () => this.CONSUME(Url) },
      { ALT: () => this.CONSUME(Hole) },
      { ALT: () => this.SUBRULE2(this.pads) },
    ]);
  });

  readonly element = this.RULE('element', () => {
    this.CONSUME(Identifier);
    this.MANY(() => this.SUBRULE(this.setting));
  });

  readonly setting = this.RULE('setting', () => {
    this.OR([{ ALT: () => this.CONSUME(Assignment) }, { ALT: () => this.CONSUME(Preset) }]);
  });

  readonly reference = this.RULE('reference', () => {
    this.CONSUME(Ref);
    this.MANY({
      GATE: () => this.LA(2).tokenType === Identifier,
      DEF: () => {
        this.CONSUME(Comma);
        this.CONSUME(Identifier);
      },
    });
  });

  readonly pads = this.RULE('pads', () => {
    this.CONSUME(PadRef);
    this.MANY({
      GATE: () => this.LA(2).tokenType === Identifier,
      DEF: () => {
        this.CONSUME(Comma);
        this.CONSUME(Identifier);
      },
    });
  });
}
