import { findGrantOperation } from '../../../simulator/facts/grant-operations.ts';
import { countingMembers, valueOf } from '../../../simulator/json/node.ts';
import { isConfigUri } from '../../config/uris.ts';
import { grantsOf } from '../../documents/grants.ts';
import type { SourceDocument, Span } from '../../documents/source.ts';
import { arnParts, principalParts } from './arn.ts';
import { tokensOfPolicies } from './of-policies.ts';
import { tokensOfScenario } from './of-scenario.ts';
import { type Token, TokenWriter } from './token.ts';

/**
 * What parts of a document mean, beyond that they are strings: actions, condition keys, names, accounts. What is not
 * understood is left as the editor shows it.
 *
 * @param within left out: the whole document
 */
export function tokensOf(source: SourceDocument, within?: Span): readonly Token[] {
  const writer = new TokenWriter(source);
  if (isConfigUri(source.uri)) tokensOfConfig(writer);
  else {
    tokensOfPolicies(writer, within);
    tokensOfGrants(writer);
    if (source.scenario) tokensOfScenario(writer, source.scenario);
  }
  const tokens = writer.finish();
  return within ? tokens.filter(({ start, end }) => start < within.end && within.start < end) : tokens;
}

function tokensOfGrants(writer: TokenWriter): void {
  for (const { operations, grantee, retiring, keyId, sourceArn } of grantsOf(writer.source)?.grants ?? []) {
    for (const { text, path } of operations)
      if (findGrantOperation(text)) writer.whole(text, { path }, 'method', ['defaultLibrary']);
    for (const item of [grantee, retiring])
      if (item) writer.add(item.text, { path: item.path }, principalParts(item.text));
    for (const item of [keyId, sourceArn]) if (item) writer.add(item.text, { path: item.path }, arnParts(item.text));
  }
}

function tokensOfConfig(writer: TokenWriter): void {
  const { root } = writer.source.parsed;
  const principals = root?.type === 'object' ? valueOf(root, 'principals') : undefined;
  for (const { key } of principals?.type === 'object' ? countingMembers(principals) : [])
    writer.add(key.value, { path: ['principals', key.value], part: 'key' }, principalParts(key.value, ['declaration']));
}
