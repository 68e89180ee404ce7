import { findDocumentKind } from '../../../../simulator/facts/document-kinds.ts';
import type { Shape } from '../../../../simulator/scenario/shape.ts';
import type { Row } from '../../../../simulator/scenario/spot.ts';
import { type Help, help } from '../help.ts';
import { code, series } from '../markdown.ts';

/** A member of a scenario as its table has it. */
export function memberHelp({ name, member: { shape, summary, required }, of }: Row): Help {
  const choices = choicesOf(shape);
  return help({
    about: `member of ${of.what}`,
    title: code(name),
    text: [summary],
    rows: [
      ['Needed', required ? 'yes' : 'no'],
      ['Value', inWords(shape)],
      ...(choices.length > 0 ? [['Values', choicesInWords(choices)] as const] : []),
    ],
    subjects: [`scenario:${name}`],
  });
}

/** What has to be written: `a list, each of it a path to an IAM policy, or the policy itself`. */
function inWords(shape: Shape): string {
  switch (shape.type) {
    case 'text':
      return shape.format?.example === undefined ? 'a text' : `a text such as ${code(shape.format.example)}`;
    case 'number':
      return shape.most === undefined
        ? `a number, at least ${shape.least}`
        : `a number from ${shape.least} to ${shape.most}`;
    case 'boolean':
      return '`true` or `false`';
    case 'null':
      return '`null`';
    case 'list':
      return `a list of ${plural(shape.of)}`;
    case 'map':
      return `an object, by name ${inWords(shape.of)}`;
    case 'object':
    case 'variants':
      return 'an object';
    case 'policy':
      return `a path to ${article(findDocumentKind(shape.kind)?.title ?? shape.kind)}, or the policy itself`;
    case 'name':
      return NAMES[shape.of];
    case 'parameters':
      return 'an object of request parameters';
    case 'either':
      return series(shape.of.map(inWords), 'or');
  }
}

function plural(shape: Shape): string {
  switch (shape.type) {
    case 'text':
      return shape.format?.example === undefined ? 'texts' : `texts such as ${code(shape.format.example)}`;
    case 'variants':
      return 'steps';
    case 'policy':
      return 'paths to policies, or of policies themselves';
    default:
      return `these: ${inWords(shape)}`;
  }
}

const NAMES = {
  principal: 'a principal, by name or ARN',
  key: 'a key, by name, id, ARN, alias or alias ARN',
  'key-store': 'the name of a custom key store',
  grant: 'the name of a grant',
  'vpc-endpoint': 'the ID of a VPC endpoint',
  saved: 'the name of a response',
} as const;

const article = (title: string): string => {
  const text = /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
  return `${/^([aeio]|IAM)/.test(text) ? 'an' : 'a'} ${text}`;
};

/** The values that a list of them, or one, can have. */
function choicesOf(shape: Shape): readonly string[] {
  if (shape.type === 'text') return shape.choices ?? [];
  if (shape.type === 'list') return choicesOf(shape.of);
  if (shape.type === 'map') return shape.known ?? [];
  return shape.type === 'either' ? shape.of.flatMap(choicesOf) : [];
}

function choicesInWords(values: readonly string[]): string {
  const shown = values.slice(0, MOST).map(code).join(', ');
  return values.length > MOST ? `${shown} and ${values.length - MOST} more` : shown;
}

/** Most lists are short; of the others a reader wants to see the first. */
const MOST = 12;
