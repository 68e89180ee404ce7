import { keyArn } from '../../simulator/access/request.ts';
import type { Access, AccessWay, Hanging, KeyToAsk, Proviso, SubjectAccess } from '../../simulator/access/who.ts';
import { toPointer } from '../../simulator/json/place.ts';
import type { AccessTableJson, ProvisoJson, StatementRefJson, WayJson } from '../protocol.ts';
import { conditionWords } from './conditions.ts';

type NameOf = (document: string) => string;

/** The table as data, for views and programs. */
export function accessTableJson(
  { key }: KeyToAsk,
  subjects: readonly SubjectAccess[],
  nameOf: NameOf,
): AccessTableJson {
  return {
    version: 1,
    key: keyArn(key),
    principals: subjects.map(({ subject: { kind, name }, rows }) => ({
      kind,
      name,
      rows: rows.map(({ operations, access }) => ({
        operations: operations.map((operation) => `kms:${operation}`),
        ...accessJson(access, nameOf),
      })),
    })),
  };
}

function accessJson({ verdict, ways, limits, denies }: Access, nameOf: NameOf) {
  return {
    verdict,
    ways: ways.map((way) => wayJson(way, nameOf)),
    limits: limits.map((each) => hangingJson(each, nameOf)),
    denies: denies.map((each) => hangingJson(each, nameOf)),
  };
}

function wayJson({ through, statements, grant, provisos }: AccessWay, nameOf: NameOf): WayJson {
  return {
    through,
    statements: statements.map((statement) => statementJson(statement, nameOf)),
    ...(grant ? { grant: grant.name } : {}),
    provisos: provisos.map(provisoJson),
  };
}

function hangingJson({ layer, statement, provisos }: Hanging, nameOf: NameOf) {
  return { layer, statement: statementJson(statement, nameOf), provisos: provisos.map(provisoJson) };
}

function statementJson({ document, statement }: Hanging['statement'], nameOf: NameOf): StatementRefJson {
  return {
    file: document === undefined ? '' : nameOf(document),
    pointer: toPointer(statement.path),
    ...(statement.sid === undefined ? {} : { sid: statement.sid }),
  };
}

function provisoJson(proviso: Proviso): ProvisoJson {
  return { ...proviso, text: provisoInWords(proviso) };
}

/** `` `kms:ViaService` StringEquals `s3.us-east-1.amazonaws.com` ``. */
export function provisoInWords(proviso: Proviso): string {
  switch (proviso.type) {
    case 'condition':
      return conditionWords({ operator: proviso.operator, key: proviso.key, expected: proviso.values });
    case 'constraint':
      return `${proviso.name} of the grant holds: ${proviso.values.map((value) => `\`${value}\``).join(', ')}`;
    case 'policy':
      return proviso.layer === 'identity-policy'
        ? 'an identity policy allows it'
        : 'the key policy lets the account in';
    case 'unread':
      return proviso.values.length === 0
        ? 'the statement says so, which cannot be read'
        : `${proviso.element} ${proviso.values.map((value) => `\`${value}\``).join(', ')} covers it`;
  }
}
