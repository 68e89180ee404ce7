import type { Caller } from '../../../simulator/access/caller.ts';
import { type AccessRequest, type KeyDescription, parseKeyArn } from '../../../simulator/access/request.ts';
import { openKeysOf } from '../../../simulator/access/who/open-keys.ts';
import type { Grant as GrantOfWorld } from '../../../simulator/access/world.ts';
import { findGrantOperation } from '../../../simulator/facts/grant-operations.ts';
import type { CompiledPolicy } from '../../../simulator/policy/compile.ts';
import type { Grant, GrantPrincipal } from '../../../simulator/policy/grant.ts';
import { foldCase } from '../../../simulator/policy/syntax/fold-case.ts';
import type { DocumentFacts } from '../rule.ts';
import { isOpen } from './grants.ts';

/** The key, with what somebody told of it. */
export function keyOf({ keyId }: Grant, { account, keySpec, keyUsage }: DocumentFacts): KeyDescription | undefined {
  const stated = parseKeyArn(keyId?.text ?? '');
  const owner = stated?.account ?? account;
  if (owner === undefined) return undefined;
  return {
    ...(stated ?? { partition: 'aws', region: '' }),
    account: owner,
    ...(keySpec === undefined ? {} : { spec: keySpec }),
    ...(keyUsage === undefined ? {} : { usage: keyUsage }),
  };
}

/** The grant without its constraints: what they say is in the request. */
export function inWorld({ text, type }: GrantPrincipal, ...operations: readonly string[]): GrantOfWorld {
  const grantee = type === 'service' ? { granteeServicePrincipal: text } : { granteePrincipal: text };
  return { name: '', operations, ...grantee };
}

/** A request that satisfies the constraints of the grant; all that they leave open stays open. */
export function requestOf(
  grant: Grant,
  action: string,
  key: KeyDescription,
  caller: Caller,
  policy: CompiledPolicy,
): AccessRequest {
  const open = new Set(openKeysOf(caller, [policy]));
  if (key.region === '') open.add('aws:requestedregion');
  const encryptionContext = pinnedContext(grant, action, open);
  const { sourceArn } = grant;
  const isPinned = caller.type === 'service' && sourceArn && !/[*?]/.test(sourceArn.text) && !isOpen(sourceArn.text);
  return {
    caller,
    action,
    key,
    region: key.region,
    open,
    ...(encryptionContext ? { encryptionContext } : {}),
    ...(isPinned ? { context: { 'aws:SourceArn': sourceArn.text } } : {}),
  };
}

/** The pairs that every request through the grant has; the conditions about them are no longer open. */
function pinnedContext({ contexts }: Grant, action: string, open: Set<string>): Record<string, string> | undefined {
  const [context, ...others] = contexts;
  if (!context || 0 < others.length || findGrantOperation(action)?.contextConstraint !== 'request') return undefined;
  const isRead = context.pairs.every(({ key, text }) => !isOpen(key) && !isOpen(text));
  if (!isRead || context.pairs.length !== context.object.members.length) return undefined;
  for (const condition of open) {
    const isAbout = condition.startsWith('kms:encryptioncontext');
    if (isAbout && context.name === 'EncryptionContextEquals') open.delete(condition);
  }
  for (const { key } of context.pairs) open.delete(`kms:encryptioncontext:${foldCase(key)}`);
  return Object.fromEntries(context.pairs.map(({ key, text }) => [key, text]));
}
