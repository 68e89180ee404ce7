// Writes the JSON schema of `.kms-lens.json`, for editors other than VS Code: there the language server says more.
import { load, loadRules } from './rules.mjs';

const path = { type: 'string', minLength: 1, pattern: '^(?![/\\\\~]|[A-Za-z]:)' };
const account = { type: 'string', pattern: '^\\d{12}$' };
const severity = { enum: ['off', 'information', 'warning', 'error'] };
const kinds = ['key-policy', 'iam-policy', 'scp', 'rcp', 'vpce-policy', 'grant', 'scenario'];

/**
 * The schema as text, by path from the project's root.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function generateSchema() {
  const [rules, facts] = await Promise.all([loadRules(), loadFacts()]);
  return { 'schemas/kms-lens.schema.json': `${JSON.stringify(schemaOf(rules, facts), null, 2)}\n` };
}

function schemaOf(rules, facts) {
  const { regionName } = facts;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://raw.githubusercontent.com/kms-lens/kms-lens/main/schemas/kms-lens.schema.json',
    title: 'Configuration of KMS Lens (.kms-lens.json)',
    description: 'https://github.com/kms-lens/kms-lens/blob/main/docs/configuration.md',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      account: {
        description: 'The account that owns the keys.',
        ...account,
      },
      region: {
        description: 'The Region of keys whose policy names none.',
        type: 'string',
        pattern: regionName.source,
      },
      documents: {
        description: "The kinds of files whose name does not say, by a pattern from this file's folder.",
        type: 'object',
        propertyNames: { pattern: '^[^/]' },
        additionalProperties: { enum: kinds },
      },
      keys: {
        description: "What is known of the keys that files are about, by a pattern from this file's folder.",
        type: 'object',
        propertyNames: { pattern: '^[^/]' },
        additionalProperties: keySchema(facts),
      },
      principals: {
        description: 'The policies of principals, by ARN.',
        type: 'object',
        propertyNames: { pattern: '^arn:' },
        additionalProperties: principalSchema(),
      },
      organization: { ...path, description: 'A scenario whose `organization` counts.' },
      rules: {
        description: 'How grave the findings of each rule are.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map(({ id, title, severity: usual }) => [
            id,
            { ...severity, description: `${title.charAt(0).toUpperCase()}${title.slice(1)}. Default: ${usual}.` },
          ]),
        ),
      },
      suppress: {
        description: 'Findings that somebody has looked at and accepts. Everything that is given has to fit.',
        type: 'array',
        items: suppressionSchema(rules),
      },
    },
  };
}

/** The names of key specs, usages and Regions as the facts have them. */
const loadFacts = () =>
  load(
    "export { keySpecNames, keyUsages } from './key-specs.ts'; export { regionName } from './region-name.ts';",
    'simulator/facts',
  );

function keySchema({ keySpecNames, keyUsages }) {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      account: { ...account, description: 'The account that owns the key.' },
      keySpec: { enum: keySpecNames },
      keyUsage: { enum: keyUsages.map(({ name }) => name) },
      keyPolicy: { ...path, description: "The key policy, from this file's folder, for what is said of grants." },
    },
  };
}

function principalSchema() {
  return {
    type: 'object',
    additionalProperties: false,
    properties: {
      policies: {
        description: "Its identity policies, from this file's folder. Empty: it has none.",
        type: 'array',
        items: path,
      },
      permissionsBoundary: { ...path, description: 'Its permissions boundary.' },
      sessionPolicies: { description: 'The policies passed when the session was made.', type: 'array', items: path },
      tags: {
        description: 'Its tags, for aws:PrincipalTag.',
        type: 'object',
        additionalProperties: { type: 'string' },
      },
    },
  };
}

function suppressionSchema(rules) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['rule'],
    properties: {
      rule: { enum: rules.map(({ id }) => id) },
      path: { description: "A pattern from this file's folder, such as `shared/**`.", type: 'string', minLength: 1 },
      sid: { description: 'The Sid of the statement.', type: 'string', minLength: 1 },
      reason: { description: 'Why it is accepted.', type: 'string', minLength: 1 },
    },
  };
}
