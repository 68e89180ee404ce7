/** Something in a text that probably tells of a person. */
export interface PersonalData {
  /** In words: `an e-mail address`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The first thing in a text that is personal data in all likelihood: an e-mail address, a payment card number written in
 * groups, a social security number of the United States, or a taxpayer number (CPF) of Brazil. `about` says what the
 * text is, and lets a card number be written in one.
 */
export function findPersonalData(text: string, about = ''): PersonalData | undefined {
  // Resource names are the names of things, even where somebody's address is a part.
  if (text.startsWith('arn:') || MAX_LENGTH < text.length) return undefined;
  return (
    findEmail(text) ??
    find(text, GROUPED_CARD, 'a payment card number', isCard) ??
    (/card/i.test(about) ? find(text, CARD, 'a payment card number', isCard) : undefined) ??
    find(text, SSN, 'a social security number', () => true) ??
    find(text, CPF, 'a taxpayer number', isCpf)
  );
}

/** Values of constraints are much shorter. */
const MAX_LENGTH = 4096;

/** What stands on its own: not a part of a longer name or number. */
const GROUPED_CARD = /(?<![\w.]|\d-)(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|\d{4}([ -])\d{6}\2\d{5})(?![\w.]|-\d)/g;
const CARD = /(?<![\w.]|\d-)\d{13,19}(?![\w.]|-\d)/g;
const SSN = /(?<![\w.]|\d-)(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w.]|-\d)/g;
const CPF = /(?<![\w.]|\d-)\d{3}\.\d{3}\.\d{3}-\d\d(?![\w.]|-\d)/g;

function find(
  text: string,
  pattern: RegExp,
  what: string,
  isReal: (digits: string) => boolean,
): PersonalData | undefined {
  for (const { 0: found, index } of text.matchAll(pattern))
    if (isReal(found.replaceAll(/\D/g, ''))) return { what, start: index, end: index + found.length };
  return undefined;
}

const LOCAL = /[A-Za-z0-9._%+-]{1,64}$/;
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![\w:/@-])/;
/** Ends of names that only machines have. */
const OF_MACHINES = /\.(?:local|localhost|internal|lan|gserviceaccount\.com|amazonaws\.com)$/i;

function findEmail(text: string): PersonalData | undefined {
  for (let at = text.indexOf('@'); 0 < at; at = text.indexOf('@', at + 1)) {
    const before = text.slice(Math.max(0, at - 65), at);
    const [local = ''] = LOCAL.exec(before) ?? [];
    const [domain = ''] = DOMAIN.exec(text.slice(at + 1, at + 256)) ?? [];
    const start = at - local.length;
    const isUrl = /[:/@]/.test(text[start - 1] ?? '');
    if (local === '' || local === 'git' || domain === '' || isUrl || OF_MACHINES.test(domain)) continue;
    return { what: 'an e-mail address', start, end: at + 1 + domain.length };
  }
  return undefined;
}

/** The beginnings of numbers that the networks give out, with their check digit (Luhn). */
function isCard(digits: string): boolean {
  return (
    /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12})$/.test(
      digits,
    ) && isLuhn(digits)
  );
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function isCpf(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false;
  const check = (length: number): number => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += Number(digits[i]) * (length + 1 - i);
    return ((sum * 10) % 11) % 10;
  };
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}
