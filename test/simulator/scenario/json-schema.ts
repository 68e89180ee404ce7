/** A JSON schema of draft 7, as far as ours goes; a keyword that is not known here fails the test. */
export type Schema = Readonly<Record<string, unknown>>;

/** Says nothing about values. */
const NOTES = [
  '$schema',
  '$id',
  'title',
  'description',
  'examples',
  'definitions',
  'allowComments',
  'allowTrailingCommas',
];

/** Whether a value is as a schema wants it. */
export function fits(value: unknown, schema: Schema, root: Schema = schema): boolean {
  const below = (inner: unknown, each: unknown): boolean => fits(inner, each as Schema, root);
  const members = isObject(value) ? Object.entries(value) : [];
  return Object.entries(schema).every(([keyword, wanted]) => {
    switch (keyword) {
      case 'type':
        return typesOf(value).includes(wanted as string);
      case 'enum':
        return (wanted as unknown[]).includes(value);
      case 'pattern':
        return typeof value !== 'string' || new RegExp(wanted as string, 'u').test(value);
      case 'minLength':
        return typeof value !== 'string' || (wanted as number) <= value.length;
      case 'minimum':
        return typeof value !== 'number' || (wanted as number) <= value;
      case 'maximum':
        return typeof value !== 'number' || value <= (wanted as number);
      case 'items':
        return !Array.isArray(value) || value.every((each) => below(each, wanted));
      case 'required':
        return !isObject(value) || (wanted as string[]).every((name) => Object.hasOwn(value, name));
      case 'properties':
        return members.every(
          ([name, each]) => !Object.hasOwn(wanted as Schema, name) || below(each, (wanted as Schema)[name]),
        );
      case 'propertyNames':
        return members.every(([name]) => below(name, wanted));
      case 'additionalProperties': {
        const known = (schema['properties'] ?? {}) as Schema;
        const others = members.filter(([name]) => !Object.hasOwn(known, name));
        return wanted === false ? others.length === 0 : others.every(([, each]) => below(each, wanted));
      }
      case 'anyOf':
        return (wanted as Schema[]).some((each) => below(value, each));
      case 'allOf':
        return (wanted as Schema[]).every((each) => below(value, each));
      case 'not':
        return !below(value, wanted);
      case 'if':
        return !below(value, wanted) || below(value, schema['then']);
      case 'then':
        return true;
      case 'oneOf':
        return (wanted as Schema[]).filter((each) => below(value, each)).length === 1;
      case '$ref': {
        const [, , name = ''] = (wanted as string).split('/');
        return below(value, (root['definitions'] as Schema)[name]);
      }
      default:
        if (NOTES.includes(keyword)) return true;
        throw new Error(`the keyword \`${keyword}\` is not known`);
    }
  });
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return ['array'];
  if (value === null) return ['null'];
  if (typeof value === 'number') return Number.isInteger(value) ? ['number', 'integer'] : ['number'];
  return [typeof value];
}
