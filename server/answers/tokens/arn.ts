import { parseArn } from '../../../simulator/policy/syntax/arn.ts';
import { readServicePrincipal } from '../../../simulator/policy/syntax/service-principal.ts';
import type { Painted, TokenModifier, TokenType } from './token.ts';

/** The account and the name in an ARN: what differs from one to the next. */
export function arnParts(text: string, modifiers: readonly TokenModifier[] = []): readonly Painted[] {
  const arn = parseArn(text);
  if (arn.kind !== 'arn') return [];
  const { account, resource } = arn.spans;
  const parts: Painted[] = [{ ...account, type: 'number' }];
  const isSession = /^assumed-role\/[^/]+\/./.test(arn.resource);
  const first = arn.resource.indexOf('/') + 1;
  // Of a session the name of the role, of everything else what follows its type and its path.
  const nameStart = isSession || arn.service === 'kms' ? first : arn.resource.lastIndexOf('/') + 1;
  const type = typeOf(arn.service);
  if (type) {
    const end = isSession ? resource.start + arn.resource.indexOf('/', first) : resource.end;
    parts.push({ start: resource.start + nameStart, end, type, modifiers });
    if (isSession) parts.push({ start: end + 1, end: resource.end, type: 'parameter' });
  }
  return parts;
}

/** Whom a value stands for that can only be a principal. */
export function principalParts(text: string, modifiers: readonly TokenModifier[] = []): readonly Painted[] {
  if (/^\d{12}$/.test(text)) return [{ start: 0, end: text.length, type: 'number' }];
  const start = text.startsWith('service:') ? 'service:'.length : 0;
  if (readServicePrincipal(text.slice(start)).kind === 'service')
    return [{ start, end: text.length, type: 'class', modifiers: ['defaultLibrary'] }];
  return arnParts(text, modifiers);
}

function typeOf(service: string): TokenType | undefined {
  if (service === 'iam' || service === 'sts') return 'class';
  return service === 'kms' ? 'variable' : undefined;
}
