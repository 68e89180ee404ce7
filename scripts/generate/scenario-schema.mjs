// Writes the JSON schema of scenario files from the tables that they are read by, for editors other than VS Code: there
// the language server says more.
import { load } from './rules.mjs';

/**
 * The schema as text, by path from the project's root.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function generateScenarioSchema() {
  const { scenarioShape, stepShape, wrapped } = await load(
    "export { scenarioShape } from './scenario.ts'; export { stepShape } from './steps.ts'; export { wrapped } from './values.ts';",
    'simulator/scenario/format',
  );
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/kms-lens/kms-lens/main/schemas/kms-scenario.schema.json',
    title: 'What-if scenario of KMS Lens (*.kms-scenario.json)',
    description: 'A small world of principals, keys, grants and an organization, and the steps that are tried in it.',
    allowComments: true,
    allowTrailingCommas: true,
    ...schemaOf(scenarioShape),
    definitions: {
      ...Object.fromEntries(
        Object.entries(stepShape.variants).map(([kind, variant]) => [kind, objectSchema(variant, kind)]),
      ),
      wrapping: objectSchema(wrapped),
    },
  };
  return { 'schemas/kms-scenario.schema.json': `${JSON.stringify(schema, null, 2)}\n` };
}

function schemaOf(shape) {
  switch (shape.type) {
    case 'text':
      return textSchema(shape);
    case 'number':
      return {
        type: shape.whole ? 'integer' : 'number',
        minimum: shape.least,
        ...(shape.most === undefined ? {} : { maximum: shape.most }),
      };
    case 'boolean':
    case 'null':
      return { type: shape.type };
    case 'list':
      return { type: 'array', items: schemaOf(shape.of) };
    case 'map':
      return mapSchema(shape);
    case 'object':
      return objectSchema(shape);
    case 'variants':
      return { oneOf: Object.keys(shape.variants).map((kind) => ({ $ref: `#/definitions/${kind}` })) };
    case 'policy':
      return { anyOf: [{ type: 'string', minLength: 1 }, { type: 'object' }] };
    case 'name':
      return { type: 'string' };
    case 'parameters':
      return parametersSchema(shape);
    case 'either':
      return { anyOf: shape.of.map(schemaOf) };
    default:
      throw new Error(`no schema for the shape \`${shape.type}\``);
  }
}

function textSchema({ choices, open, format }) {
  if (choices && !open) return { type: 'string', enum: choices };
  const examples = choices ?? (format?.example === undefined ? [] : [format.example]);
  return {
    type: 'string',
    ...(format ? { pattern: format.pattern.source } : {}),
    ...(examples.length > 0 ? { examples } : {}),
  };
}

function parametersSchema({ bytes }) {
  if (!bytes) return { type: 'object' };
  const value = { description: bytes.summary, anyOf: [{ type: 'string' }, { $ref: '#/definitions/wrapping' }] };
  return { type: 'object', properties: Object.fromEntries([...bytes.names].map((name) => [name, value])) };
}

function mapSchema({ of, names, known }) {
  return {
    type: 'object',
    ...(names ? { propertyNames: { pattern: names.pattern.source } } : {}),
    ...(known ? { propertyNames: { enum: known } } : {}),
    additionalProperties: schemaOf(of),
  };
}

/** @param needed the member that makes it one of its kind */
function objectSchema({ members }, needed) {
  const all = Object.entries(members);
  const required = all.filter(([name, member]) => member.required || name === needed).map(([name]) => name);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      all.map(([name, { shape, summary }]) => [name, { description: summary, ...schemaOf(shape) }]),
    ),
  };
}
