import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LaunchOptions, plainToken, tokenize } from '../../../../server/src/syntax/launch/tokens.ts';

const cut = (text: string, options?: LaunchOptions): string[] =>
  tokenize(text, options).map((token) => {
    const { kind, span } = plainToken(token);
    return `${kind} ${text.slice(span.start, span.end)}`;
  });

describe('the lexer', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['elements, links and assignments', 'a b=1 ! c', ['IDENTIFIER a', 'ASSIGNMENT b=1', 'LINK !', 'IDENTIFIER c']],
    ['blanks around the equals sign', 'a b \n=\t c', ['IDENTIFIER a', 'ASSIGNMENT b \n=\t c']],
    ['an equals sign with no value', 'a b= ', ['IDENTIFIER a', 'IDENTIFIER b', 'OPERATOR =']],
    ['a value that takes all up to the next blank', 'x=5)!,; y', ['ASSIGNMENT x=5)!,;', 'IDENTIFIER y']],
    ['a value that takes the link', 'x= ! y', ['ASSIGNMENT x= !', 'IDENTIFIER y']],
    ['a quoted value', 'x="a \\" b" y', ['ASSIGNMENT x="a \\" b"', 'IDENTIFIER y']],
    ['a quote behind a backslash that may end the value', 'x="a b\\" y', ['ASSIGNMENT x="a b\\"', 'IDENTIFIER y']],
    ['a quoted value that is longer unquoted', 'x="a"b c', ['ASSIGNMENT x="a"b', 'IDENTIFIER c']],
    ['a quote that is never closed', `x='a b`, ["ASSIGNMENT x='a", 'IDENTIFIER b']],
    ['blanks behind backslashes', 'x=a\\ b\\\\ c d', ['ASSIGNMENT x=a\\ b\\\\ c', 'IDENTIFIER d']],
    ['no line feed behind a backslash', 'x=a\\\nb', ['ASSIGNMENT x=a\\', 'IDENTIFIER b']],
    ['references and pads', 'a. b.c .d e:f%', ['REF a.', 'REF b.c', 'PADREF .d', 'IDENTIFIER e:f%']],
    ['bins', '( a.( b \n . (', ['OPERATOR (', 'BINREF a.(', 'BINREF b \n . (']],
    ['caps between links', 'a ! b/c,d=1 ! e', ['IDENTIFIER a', 'LINK ! b/c,d=1 !', 'IDENTIFIER e']],
    ['caps up to the last colon', ': b/c : d : e', ['LINK_ALL : b/c : d :', 'IDENTIFIER e']],
    ['a link-all behind caps', '! b/c :', ['LINK_ALL ! b/c :']],
    ['alternatives of caps', '! a/b ; c/d ! e', ['LINK ! a/b ; c/d !', 'IDENTIFIER e']],
    ['a semicolon behind a comma', '! a/b,; !', ['LINK ! a/b,; !']],
    ['a link behind a backslash', '! a/b\\! !', ['LINK ! a/b\\! !']],
    ['no caps behind a doubled semicolon', '! a/b;; !', ['LINK !', 'IDENTIFIER a', 'URL /b;;', 'LINK !']],
    ['caps without a link behind', '! a/b', ['LINK !', 'IDENTIFIER a', 'URL /b']],
    ['URIs', 'file:///a a+b,c://d x://', ['URL file:///a', 'URL a+b,c://d', 'URL x://']],
    [
      'a path with a letter that the rule has by mistake',
      'i/b e/ ./c "/d',
      ['URL i/b', 'IDENTIFIER e', 'OTHER /', 'URL ./c', 'URL "/d'],
    ],
    ['what is nothing', '- # $', ['OTHER -', 'OTHER #', 'OTHER $']],
    ['characters outside ASCII', 'x=é – a', ['ASSIGNMENT x=é', 'OTHER –', 'IDENTIFIER a']],
    ['a character of two code units', '😀 a', ['OTHER 😀', 'IDENTIFIER a']],
    ['a vertical tab as a blank', 'a\vb', ['IDENTIFIER a', 'IDENTIFIER b']],
    ['a NUL as the end', 'a\0b', ['IDENTIFIER a']],
  ];
  for (const [name, text, expected] of cases) it(`cuts ${name}`, () => assert.deepEqual(cut(text), expected));

  it('knows presets from 1.18 on', () => {
    assert.deepEqual(cut('a @preset= b'), ['IDENTIFIER a', 'PRESET @preset= b']);
    assert.deepEqual(cut('a @preset=b', { gstreamer: '1.18' }), ['IDENTIFIER a', 'PRESET @preset=b']);
    assert.deepEqual(cut('a @preset=b', { gstreamer: '1.16.3' }), ['IDENTIFIER a', 'OTHER @', 'ASSIGNMENT preset=b']);
  });

  it('takes holes for words, and words of holes only for anything', () => {
    assert.deepEqual(cut('\uFFFC ! a'), ['HOLE \uFFFC', 'LINK !', 'IDENTIFIER a']);
    assert.deepEqual(cut('\uFFFCsrc x=\uFFFC \uFFFC=\uFFFC'), [
      'IDENTIFIER \uFFFCsrc',
      'ASSIGNMENT x=\uFFFC',
      'HOLE \uFFFC=\uFFFC',
    ]);
    assert.deepEqual(cut('! \uFFFC,width=1 !'), ['LINK !', 'HOLE \uFFFC,width=1', 'LINK !']);
    assert.deepEqual(cut('! video/x-raw,width=\uFFFC !'), ['LINK ! video/x-raw,width=\uFFFC !']);
    assert.deepEqual(cut('m.sink_\uFFFC'), ['REF m.sink_\uFFFC']);
  });
});
