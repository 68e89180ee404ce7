import { parseCaller } from '../../../../simulator/access/caller.ts';
import { keyArn } from '../../../../simulator/access/request.ts';
import { apiMembers } from '../../../../simulator/facts/api.ts';
import { type JsonNode, type JsonObject, valueOf } from '../../../../simulator/json/node.ts';
import { type Path, resolvePath } from '../../../../simulator/json/place.ts';
import { readGrants } from '../../../../simulator/policy/grant.ts';
import { parsePrincipal } from '../../../../simulator/policy/syntax/principal.ts';
import type { KeyDefaults } from '../../../../simulator/scenario/keys.ts';
import type { NameDefinition } from '../../../../simulator/scenario/names.ts';
import type { ScenarioOutline } from '../../../../simulator/scenario/outline.ts';
import { operationOf } from '../../../../simulator/scenario/requests.ts';
import type { SourceDocument } from '../../../documents/source.ts';
import { grantInWords } from '../grant.ts';
import { type Help, type HelpRow, help } from '../help.ts';
import { code, series } from '../markdown.ts';
import { capitalised, principalHelp, principalInWords } from '../principal.ts';

/** What a name of a scenario stands for. */
export function thingHelp(source: SourceDocument, outline: ScenarioOutline, definition: NameDefinition): Help {
  const { kind, name, place } = definition;
  const node = resolvePath(outline.root, place.path)?.node;
  const object = node?.type === 'object' ? node : undefined;
  const line: HelpRow = ['Defined', `in line ${source.rangeOf(place).start.line + 1}`];
  const base = { title: code(name), text: [] };
  switch (kind) {
    case 'principal':
      return help({
        ...base,
        about: 'principal of the scenario',
        ...principal(object),
        rows: [...principalRows(object), line],
      });
    case 'key':
      return help({ ...base, about: 'key of the scenario', rows: [...keyRows(outline, name, object), line] });
    case 'key-store':
      return help({ ...base, about: 'custom key store of the scenario', rows: [...keyStoreRows(object), line] });
    case 'grant':
      return help({
        ...base,
        about: 'grant of the scenario',
        text: object ? readGrants(object).grants.map(grantInWords) : [],
        rows: [...given(object, ['key', 'RetiringPrincipal', 'RetiringServicePrincipal', 'createdBy'], GRANT), line],
        subjects: ['document:grant'],
      });
    case 'vpc-endpoint':
      return help({
        ...base,
        about: 'VPC endpoint of the scenario',
        rows: [policyRow(object, 'none: everything passes'), line],
      });
    case 'saved':
      return help({
        ...base,
        about: 'saved response',
        text: [savedText(outline, place.path)],
        rows: [...savedRows(outline, place.path), line],
      });
  }
}

/** Somebody who stands for themselves: an ARN, `root`, a service. Undefined for what stands for nobody. */
export function callerHelp(text: string, { account, partition }: KeyDefaults): Help | undefined {
  const answer = parseCaller(text, { account, partition });
  if ('problem' in answer) return undefined;
  const { caller } = answer;
  if (caller.type === 'root')
    return help({
      about: 'principal',
      title: code(text),
      text: [`The root user of the account ${caller.account}.`],
      rows: [['ARN', code(caller.arn)]],
    });
  if (caller.type === 'service') {
    const service = principalHelp(parsePrincipal(caller.service, 'Service'), 'grant');
    return service && { ...service, text: ['The service calls as itself, for nobody.', ...service.text] };
  }
  const somebody = principalHelp(parsePrincipal(text, 'AWS'), 'grant');
  const bare = 'Named by its ARN, it has no identity policies here: those have to be given in `principals`.';
  return somebody && { ...somebody, text: [...somebody.text, bare] };
}

function principal(object: JsonObject | undefined): Pick<Help, 'text' | 'subjects'> {
  const arn = textOf(object, 'arn');
  const pattern = arn === undefined ? undefined : parsePrincipal(arn, 'AWS');
  if (!pattern) return { text: ['It has no `arn` yet.'], subjects: [] };
  const session = textOf(object, 'sessionName') ?? 'session';
  return {
    text: [
      `${capitalised(principalInWords(pattern))}.`,
      ...(pattern.kind === 'role' ? [`What it does, its session ${code(session)} does.`] : []),
    ],
    subjects: principalHelp(pattern, 'grant')?.subjects ?? [],
  };
}

function principalRows(object: JsonObject | undefined): HelpRow[] {
  const lists = (name: string): string | undefined => {
    const value = object && valueOf(object, name);
    return value?.type === 'array' && value.elements.length > 0
      ? series(value.elements.map(policyInWords), 'and', 6)
      : undefined;
  };
  const sessions = lists('sessionPolicies');
  const boundary = object && valueOf(object, 'permissionsBoundary');
  return [
    ...given(object, ['arn'], { arn: 'ARN' }),
    ['Identity policies', lists('policies') ?? 'none'],
    ...(boundary ? [['Permissions boundary', policyInWords(boundary)] as const] : []),
    ...(sessions ? [['Session policies', sessions] as const] : []),
    ...tagsRow(object),
  ];
}

function keyRows({ names }: ScenarioOutline, name: string, object: JsonObject | undefined): HelpRow[] {
  const declared = names.declaredKeys.filter((key) => key.name === name);
  const [primary, ...replicas] = declared.map(({ description }) => description);
  if (!primary) return [];
  const { spec = '', usage = '', origin = '', aliases = [] } = primary;
  return [
    ['ARN', code(keyArn(primary))],
    policyRow(object, 'the one that CreateKey gives'),
    ['Key spec', code(spec)],
    ['Usage', code(usage)],
    ...(origin === 'AWS_KMS' ? [] : [['Origin', code(origin)] as const]),
    ['State', code(textOf(object, 'state') ?? 'Enabled')],
    ...(aliases.length > 0 ? [['Aliases', series(aliases.map(code), 'and', 6)] as const] : []),
    ...(replicas.length > 0
      ? [
          [
            'Replicas',
            series(
              replicas.map(({ region }) => code(region)),
              'and',
              6,
            ),
          ] as const,
        ]
      : []),
    ...tagsRow(object),
  ];
}

function savedText({ steps }: ScenarioOutline, path: Path): string {
  const step = steps.find(({ index }) => index === path[1]);
  return `The response of step ${Number(path[1]) + 1}${step ? `, ${code(step.title)}` : ''}. Later steps write ${code('$name.Member')} for a part of it.`;
}

/** The parts that later steps can take. */
function savedRows({ root }: ScenarioOutline, path: Path): HelpRow[] {
  const step = resolvePath(root, path.slice(0, 2))?.node;
  const operation = step?.type === 'object' ? operationOf(step) : undefined;
  const names = Object.keys((operation !== undefined && apiMembers(operation, 'response')) || {});
  return names.length > 0 ? [['Members', names.map(code).join(', ')]] : [];
}

const KEY_STORE: Readonly<Record<string, string>> = {
  id: 'ID',
  cluster: 'CloudHSM cluster',
  endpoint: 'Proxy',
  path: 'Path',
  error: 'Fails with',
};

function keyStoreRows(object: JsonObject | undefined): HelpRow[] {
  return [
    ['Type', code(textOf(object, 'type') ?? 'AWS_CLOUDHSM')],
    ['State', code(textOf(object, 'state') ?? 'CONNECTED')],
    ...given(object, Object.keys(KEY_STORE), KEY_STORE),
  ];
}

const GRANT: Readonly<Record<string, string>> = {
  key: 'Key',
  RetiringPrincipal: 'Retired by',
  RetiringServicePrincipal: 'Retired by',
  createdBy: 'Created by',
};

/** The members that are texts, with their labels. */
function given(
  object: JsonObject | undefined,
  names: readonly string[],
  labels: Readonly<Record<string, string>>,
): HelpRow[] {
  return names.flatMap((name): HelpRow[] => {
    const text = textOf(object, name);
    return text === undefined ? [] : [[labels[name] ?? name, code(text)]];
  });
}

function policyRow(object: JsonObject | undefined, otherwise: string): HelpRow {
  const policy = object && valueOf(object, 'policy');
  return ['Policy', policy ? policyInWords(policy) : otherwise];
}

function tagsRow(object: JsonObject | undefined): HelpRow[] {
  const tags = object && valueOf(object, 'tags');
  if (tags?.type !== 'object' || tags.members.length === 0) return [];
  const pairs = tags.members.map(
    ({ key, value }) => `${code(key.value)} = ${code(value?.type === 'string' ? value.value : '?')}`,
  );
  return [['Tags', series(pairs, 'and', 6)]];
}

const policyInWords = (node: JsonNode): string => (node.type === 'string' ? code(node.value) : 'one in this file');

function textOf(object: JsonObject | undefined, name: string): string | undefined {
  const value = object && valueOf(object, name);
  return value?.type === 'string' ? value.value : undefined;
}
