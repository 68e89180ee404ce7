import { describe, expect, test } from 'vitest';
import { type DocumentSymbol, FoldingRangeKind, SymbolKind } from 'vscode-languageserver';
import { policyLinksOf } from '../../../../server/features/document-link.ts';
import { symbolsOf } from '../../../../server/features/document-symbol.ts';
import { foldingRangesOf } from '../../../../server/features/folding-range.ts';
import { selectionAt } from '../../../../server/features/selection-range.ts';
import { at, marks, scenario } from './harness.ts';

const TEXT = `{
  // The orders
  // and what reads them.
  "description": "orders",
  "principals": {
    "App": { "tags": { "team": "x" }, "arn": "arn:aws:iam::111122223333:role/App", "policies": ["a/app.iam-policy.json", { "Statement": [] }] },
    "": { }
  },
  "keys": { "orders": { "policy": "../orders.key-policy.json" } },
  "grants": { "g": { "Operations": [], "key": "orders" } },
  "organization": { "id": "o-exampleorg1", "targets": { "r-ab12": { "scps": ["../../out.scp.json"] } } },
  "steps": [
    { "name": "reads", "can": "Decrypt" },
    { "call": "Encrypt", "as": "App" },
    { }
  ]
}`;

function tree(symbols: readonly DocumentSymbol[], indent = ''): string[] {
  return symbols.flatMap(({ name, detail, kind, children = [] }) => [
    `${indent}${name}: ${detail} (${Object.entries(SymbolKind).find(([, value]) => value === kind)?.[0]})`,
    ...tree(children, `${indent}  `),
  ]);
}

describe('symbols', () => {
  test('members, and below them names and steps', () => {
    expect(tree(symbolsOf(scenario(TEXT)))).toEqual([
      'description: orders (String)',
      'principals:  (Object)',
      '  App: arn:aws:iam::111122223333:role/App (Class)',
      '  (no name):  (Class)',
      'keys:  (Object)',
      '  orders: ../orders.key-policy.json (Key)',
      'grants:  (Object)',
      '  g: orders (Interface)',
      'organization:  (Object)',
      'steps:  (Array)',
      '  reads: can (Method)',
      '  call Encrypt as App: call (Method)',
      '  a step:  (Method)',
    ]);
  });

  test('lead to the name and span the whole', () => {
    const source = scenario(TEXT);
    const app = symbolsOf(source)[1]?.children?.[0];
    const span = (range = app?.range): { start: number; end: number } => ({
      start: source.offsetAt(range?.start ?? { line: 0, character: 0 }),
      end: source.offsetAt(range?.end ?? { line: 0, character: 0 }),
    });
    expect(marks(source, [span(app?.selectionRange)])).toContain('«"App"»: {');
    expect(marks(source, [span()])).toMatch(/«"App": \{.*\}»,\n/);
  });

  test.each([
    '',
    '{',
    '[]',
    '{ "steps": {} }',
    '{ "steps": [',
    '{ "keys": { "k"',
    '{ "keys": { "k": 1, "k": 2 }, "keys": [] }',
    '{ "__proto__": {} }',
  ])('of broken text: %s', (text) => {
    expect(() => symbolsOf(scenario(text))).not.toThrow();
  });
});

describe('folding', () => {
  const folds = (text: string): string[] =>
    foldingRangesOf(scenario(text)).map(
      ({ startLine, endLine, kind }) => `${startLine}–${endLine}${kind === FoldingRangeKind.Comment ? ' comment' : ''}`,
    );

  test('objects, lists and lines of comments', () => {
    expect(folds(TEXT)).toEqual(['0–15', '1–2 comment', '4–6', '11–14']);
  });

  test('comments of several lines, and no others', () => {
    expect(folds('{ // one\n  // two\n\n  // three\r\n  // four\r\n  /* a\n b */ "x": 1 // five\n}')).toEqual([
      '0–6',
      '3–6 comment',
    ]);
    expect(folds('/* a\nb */\n{ }')).toEqual(['0–1 comment']);
  });
});

describe('growing selections', () => {
  test('from a name to the step, the steps and the file', () => {
    const { source, offset } = at('{ "steps": [\r\n  { "can": "kms:Dec$0rypt" } // x\r\n] }');
    const texts: string[] = [];
    for (
      let each = selectionAt(source, offset), more = true;
      more;
      more = each.parent !== undefined, each = each.parent ?? each
    )
      texts.push(source.text.slice(source.offsetAt(each.range.start), source.offsetAt(each.range.end)));
    expect(texts.slice(0, 6)).toEqual([
      'Decrypt',
      'kms:Decrypt',
      '"kms:Decrypt"',
      '"can": "kms:Decrypt"',
      ' "can": "kms:Decrypt" ',
      '{ "can": "kms:Decrypt" }',
    ]);
  });
});

describe('links', () => {
  const links = (text: string, root = 'file:///'): string[] => {
    const source = scenario(text);
    return policyLinksOf(source, root).map(({ range, target, tooltip }) => {
      const path = source.text.slice(source.offsetAt(range.start), source.offsetAt(range.end));
      return `${path} → ${target} (${tooltip})`;
    });
  };

  test('from paths to policies, within the workspace', () => {
    expect(links(TEXT)).toEqual([
      'a/app.iam-policy.json → file:///folder/a/app.iam-policy.json (IAM policy)',
      '../orders.key-policy.json → file:///orders.key-policy.json (Key policy)',
    ]);
    expect(links(TEXT, 'file:///folder/')).toEqual([
      'a/app.iam-policy.json → file:///folder/a/app.iam-policy.json (IAM policy)',
    ]);
  });

  test('escapes are read, and spaces written as URIs have them', () => {
    expect(links('{ "keys": { "k": { "policy": "b\\u00fcro keys/k.json" } } }')).toEqual([
      'b\\u00fcro keys/k.json → file:///folder/b%C3%BCro%20keys/k.json (Key policy)',
    ]);
  });
});
