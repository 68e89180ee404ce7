// Writes the JSON schema of scenario files from the tables that they are read by, for editors other than VS Code: there
// the language server says more.
import { load } from './rules.mjs';

/**
 * The schema as text, by path from the project's root.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function generateScenarioSchema() {
  const { scenarioShape, stepShape, wrapped, bytes } = await load(
    "export { scenarioShape } from './scenario.ts'; export { stepShape } from './steps.ts'; export { wrapped } from './values.ts'; export { bytes } from './texts.ts';",
    'simulator/scenario/format',
  );
  const own = { call: await callSchemas(), service: await serviceSchemas() };
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
        Object.entries(stepShape.variants).map(([kind, variant]) => [
          kind,
          { ...objectSchema(variant, kind), ...(own[kind] ? { allOf: own[kind] } : {}) },
        ]),
      ),
      bytes: textSchema({ format: bytes }),
      wrapping: objectSchema(wrapped),
    },
  };
  return { 'schemas/kms-scenario.schema.json': `${JSON.stringify(schema, null, 2)}\n` };
}

/**
 * What each operation takes and answers. Names have to be right in any case; values only where no error is expected, since
 * it may be theirs.
 */
async function callSchemas() {
  const { apiMembers, apiErrors, operations } = await load(
    "export { apiMembers } from './api.ts'; export { apiErrors } from './errors.ts'; export { requestMembers as operations } from './generated/requests.ts';",
    'simulator/facts',
  );
  const errors = { enum: apiErrors.map(({ name }) => name) };
  const expectsError = { required: ['expect'], properties: { expect: { type: 'object', required: ['error'] } } };
  const names = Object.keys(operations);
  const requests = sharedShapes(
    names.map((operation) => apiMembers(operation, 'request') ?? {}),
    'request',
  );
  const responses = sharedShapes(
    names.map((operation) => apiMembers(operation, 'response') ?? {}),
    'response',
  );
  const perOperation = names.flatMap((operation) => {
    const members = apiMembers(operation, 'request') ?? {};
    const response = apiMembers(operation, 'response') ?? {};
    const needed = Object.keys(members).filter((name) => members[name].required);
    const own = Object.entries(members).filter(([name]) => requests.several.has(name));
    const isCalled = { properties: { call: { enum: [operation] } } };
    const input = {
      ...(needed.length > 0 ? { required: needed } : {}),
      ...(own.length > 0
        ? { properties: Object.fromEntries(own.map(([name, { shape }]) => [name, apiSchema(shape, 'request')])) }
        : {}),
    };
    return [
      when(isCalled, {
        properties: {
          input: { propertyNames: { enum: Object.keys(members) } },
          expect: { properties: { ok: { propertyNames: { enum: Object.keys(response) } } } },
        },
      }),
      ...(Object.keys(input).length > 0
        ? [
            when(
              { ...isCalled, not: expectsError },
              { ...(needed.length > 0 ? { required: ['input'] } : {}), properties: { input } },
            ),
          ]
        : []),
    ];
  });
  return [
    when({ not: expectsError }, { properties: { input: { properties: requests.properties } } }),
    { properties: { expect: { properties: { error: errors, ok: { properties: responses.properties } } } } },
    ...perOperation,
  ];
}

/** What each service can be asked for, and the members that go with it. */
async function serviceSchemas() {
  const { serviceNames, operationsOfService, serviceMembers } = await load(
    "export { serviceNames, operationsOfService } from './facts/service-operations.ts'; export { serviceMembers } from './scenario/format/services.ts';",
    'simulator',
  );
  return serviceNames.flatMap((service) => {
    const operations = operationsOfService(service);
    const isAsked = { properties: { service: { enum: [service] } } };
    return [
      when(isAsked, { properties: { do: { enum: operations.map(({ name }) => name) } } }),
      ...operations.map(({ name, needs, takes }) => {
        const others = Object.keys(serviceMembers).filter((member) => ![...needs, ...takes].includes(member));
        return when(
          { properties: { ...isAsked.properties, do: { enum: [name] } } },
          {
            required: needs,
            not: { anyOf: others.map((member) => ({ required: [member] })) },
          },
        );
      }),
    ];
  });
}

// biome-ignore lint/suspicious/noThenProperty: a keyword of JSON schema
const when = (condition, wanted) => ({ if: condition, then: wanted });

/** What members are by their names; where operations differ, any of it. */
function sharedShapes(tables, part) {
  const byName = new Map();
  for (const [name, { shape }] of tables.flatMap(Object.entries)) {
    // A policy may be written as one.
    const schema =
      name === 'Policy' ? { anyOf: [...apiSchema(shape, part).anyOf, { type: 'object' }] } : apiSchema(shape, part);
    byName.set(name, (byName.get(name) ?? new Set()).add(JSON.stringify(schema)));
  }
  const all = [...byName].map(([name, texts]) => [name, [...texts].map((text) => JSON.parse(text))]);
  return {
    properties: Object.fromEntries(
      all.map(([name, schemas]) => [name, schemas.length > 1 ? { anyOf: schemas } : schemas[0]]),
    ),
    several: new Set(all.flatMap(([name, schemas]) => (schemas.length > 1 ? [name] : []))),
  };
}

/** A value of the API, or a part of a saved response; null is a member that is not sent. */
function apiSchema(shape, part) {
  const saved = { type: 'string', pattern: '^\\$' };
  switch (shape.type) {
    case 'text':
      return shape.choices
        ? { anyOf: [{ enum: [...shape.choices, null] }, saved] }
        : { anyOf: [{ type: 'string' }, { type: 'null' }] };
    case 'bytes':
      return {
        anyOf: [
          { $ref: '#/definitions/bytes' },
          ...(part === 'request' ? [{ $ref: '#/definitions/wrapping' }] : []),
          { type: 'null' },
        ],
      };
    case 'number':
      return {
        anyOf: [
          {
            type: 'number',
            ...(shape.least === undefined ? {} : { minimum: shape.least }),
            ...(shape.most === undefined ? {} : { maximum: shape.most }),
          },
          saved,
          { type: 'null' },
        ],
      };
    case 'boolean':
      return { anyOf: [{ type: 'boolean' }, saved, { type: 'null' }] };
    case 'time':
      return { anyOf: [{ type: 'number' }, { type: 'string', minLength: 1 }, { type: 'null' }] };
    case 'pairs':
      return { anyOf: [{ type: 'object', additionalProperties: { type: 'string' } }, saved, { type: 'null' }] };
    case 'list':
      return { anyOf: [{ type: 'array', items: apiSchema(shape.of, part) }, saved, { type: 'null' }] };
    case 'structure':
      return {
        anyOf: [
          {
            type: 'object',
            additionalProperties: false,
            properties: Object.fromEntries(
              Object.entries(shape.members).map(([name, { shape: below }]) => [name, apiSchema(below, part)]),
            ),
          },
          saved,
          { type: 'null' },
        ],
      };
    default:
      throw new Error(`no schema for \`${shape.type}\``);
  }
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
      return { type: 'object' };
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
