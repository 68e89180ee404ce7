import type { JsonNode } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import type { Condition, PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import type { Grant } from '../../simulator/policy/grant.ts';
import type { PrincipalType } from '../../simulator/policy/syntax/principal.ts';
import type { Found } from './at.ts';
import { grantsOf } from './grants.ts';
import type { SourceDocument } from './source.ts';

/** What a place of a document is in the terms of policies and grants. `text` is a string, number or boolean as text. */
export type Part =
  /** The opening brace of the policy. */
  | { readonly part: 'policy' }
  /** The opening brace of a statement, or its Sid. */
  | { readonly part: 'statement'; readonly statement: Statement }
  /** The name of an element. */
  | { readonly part: 'element'; readonly name: string; readonly level: 'policy' | 'statement' }
  /** A value of `Version`, `Id` or `Effect`. */
  | { readonly part: 'element-value'; readonly name: string; readonly text: string }
  /** `AWS`, `Service`, … */
  | { readonly part: 'principal-member'; readonly name: string }
  | { readonly part: 'principal'; readonly text: string; readonly type: PrincipalType }
  | { readonly part: 'action'; readonly text: string }
  | { readonly part: 'resource'; readonly text: string }
  | { readonly part: 'operator'; readonly text: string }
  | { readonly part: 'condition-key'; readonly text: string }
  | { readonly part: 'condition-value'; readonly text: string; readonly condition: Condition }
  /** The opening brace of a grant. */
  | { readonly part: 'grant'; readonly grant: Grant }
  | { readonly part: 'grant-member'; readonly name: string; readonly level: 'grant' | 'constraints' | 'list' }
  | { readonly part: 'grant-value'; readonly name: string; readonly text: string; readonly grant: Grant }
  /** A key or value of an encryption context constraint. */
  | { readonly part: 'context-pair'; readonly key: string; readonly grant: Grant };

/** What was found, if it is a part of a policy or grant that has a meaning. */
export function partOf(source: SourceDocument, found: Found): Part | undefined {
  const inner = source.policy;
  if (inner) {
    const isIn = inner.base.every((step, index) => found.path[index] === step);
    return isIn ? partOfPolicy(inner.policy, found, found.path.slice(inner.base.length)) : undefined;
  }
  const grants = grantsOf(source)?.grants;
  const grant = grants?.findLast(({ path }) => isPrefix(path, found.path));
  if (grant) return partOfGrant(grant, found, found.path.slice(grant.path.length));
  return grants && found.part === 'key' ? listMember(found) : undefined;
}

/** @param path from the policy on */
export function partOfPolicy(policy: PolicyDocument, found: Found, path: Path): Part | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return found.part === 'value' && isAtBrace(found) ? { part: 'policy' } : undefined;
  if (first === 'Statement' && path.length > 1) return inStatement(policy, found, rest);
  if (first === 'Statement' && found.part === 'value') return inStatement(policy, found, []);
  if (path.length > 1) return undefined;
  const name = String(first);
  if (found.part === 'key') return { part: 'element', name, level: 'policy' };
  const text = textOf(found.node);
  return text === undefined ? undefined : { part: 'element-value', name, text };
}

/** `rest` is the path below `Statement`, whose first step is the index where the statements are a list. */
function inStatement(policy: PolicyDocument, found: Found, rest: Path): Part | undefined {
  const [index] = rest;
  const listed = typeof index === 'number';
  const statement = listed ? policy.statements[index] : policy.statements[0];
  if (!statement || listed !== (typeof statement.path.at(-1) === 'number')) return undefined;
  const [element, ...below] = listed ? rest.slice(1) : rest;
  if (element === undefined)
    return found.node.type === 'object' && isAtBrace(found) ? { part: 'statement', statement } : undefined;
  const name = String(element);
  if (found.part === 'key' && below.length === 0) return { part: 'element', name, level: 'statement' };
  if (name === 'Sid' && below.length === 0) return { part: 'statement', statement };
  return inElement(statement, found, name, below);
}

function inElement(statement: Statement, found: Found, name: string, below: Path): Part | undefined {
  const text = textOf(found.node);
  const isItem = found.part === 'value' && (below.length === 0 || typeof below.at(-1) === 'number');
  switch (name) {
    case 'Action':
    case 'NotAction':
      return isItem && text !== undefined ? { part: 'action', text } : undefined;
    case 'Resource':
    case 'NotResource':
      return isItem && text !== undefined ? { part: 'resource', text } : undefined;
    case 'Principal':
    case 'NotPrincipal':
      return inPrincipal(found, below, text);
    case 'Condition':
      return inCondition(statement, found, below, text);
    default:
      return below.length === 0 && text !== undefined ? { part: 'element-value', name, text } : undefined;
  }
}

function inPrincipal(found: Found, [member, ...below]: Path, text: string | undefined): Part | undefined {
  if (member === undefined) return text === undefined ? undefined : { part: 'principal', text, type: '*' };
  if (found.part === 'key') return below.length === 0 ? { part: 'principal-member', name: String(member) } : undefined;
  if (text === undefined || below.length > 1) return undefined;
  if (member !== 'AWS' && member !== 'Service' && member !== 'Federated' && member !== 'CanonicalUser')
    return undefined;
  return { part: 'principal', text, type: member };
}

function inCondition(statement: Statement, found: Found, path: Path, text: string | undefined): Part | undefined {
  const [operator, key] = path;
  if (operator === undefined || text === undefined) return undefined;
  if (found.part === 'key' && path.length === 1) return { part: 'operator', text };
  if (found.part === 'key') return path.length === 2 ? { part: 'condition-key', text } : undefined;
  if (key === undefined || path.length > 3) return undefined;
  const condition = statement.conditions.findLast((each) => each.operator.text === operator && each.key.text === key);
  return condition && { part: 'condition-value', text, condition };
}

function partOfGrant(grant: Grant, found: Found, path: Path): Part | undefined {
  const [name, inner, ...below] = path;
  if (name === undefined) return isAtBrace(found) ? { part: 'grant', grant } : undefined;
  const text = textOf(found.node);
  if (path.length === 1 && found.part === 'key') return { part: 'grant-member', name: String(name), level: 'grant' };
  if (name !== 'Constraints') {
    const isItem = path.length === 1 || (path.length === 2 && typeof inner === 'number');
    return isItem && text !== undefined ? { part: 'grant-value', name: String(name), text, grant } : undefined;
  }
  if (inner === undefined || text === undefined) return undefined;
  if (path.length === 2 && found.part === 'key')
    return { part: 'grant-member', name: String(inner), level: 'constraints' };
  if (path.length === 2) return { part: 'grant-value', name: String(inner), text, grant };
  return below.length === 1 ? { part: 'context-pair', key: String(below[0]), grant } : undefined;
}

function listMember({ path }: Found): Part {
  return { part: 'grant-member', name: String(path.at(-1)), level: 'list' };
}

function textOf(node: JsonNode): string | undefined {
  if (node.type === 'string') return node.value;
  if (node.type === 'number') return node.text;
  return node.type === 'boolean' ? String(node.value) : undefined;
}

/** A whole statement is no place to point at, its opening brace is. */
const isAtBrace = ({ node, offset }: Found): boolean => node.type === 'object' && offset <= node.start + 1;

const isPrefix = (prefix: Path, path: Path): boolean =>
  prefix.length <= path.length && prefix.every((step, index) => path[index] === step);
