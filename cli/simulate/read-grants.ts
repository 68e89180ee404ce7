import type { SourceDocument } from '../../server/documents/source.ts';
import type { Grant } from '../../simulator/access/world.ts';
import { findGrantOperation } from '../../simulator/facts/grant-operations.ts';
import type { JsonNode, JsonObject } from '../../simulator/json/node.ts';
import { valueOf } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';

/** A grant as a document has it. */
export interface ReadGrant {
  readonly grant: Grant;
  /** What it says of its key: an ARN, an id or an alias. */
  readonly key: string | undefined;
}

/** Something that keeps a grant from being one: lower case, user text in backticks, no final stop. */
export interface GrantProblem {
  readonly path: Path;
  readonly message: string;
}

export interface ReadGrants {
  readonly grants: readonly ReadGrant[];
  readonly problems: readonly GrantProblem[];
}

/** Reads what CreateGrant takes, what ListGrants returns, or a list of either. */
export function readGrants(document: SourceDocument): ReadGrants {
  const reader = new GrantReader(document.uri);
  const { root } = document.parsed;
  if (root) reader.document(root);
  else reader.report([], 'there are no grants: give the input of CreateGrant or the output of ListGrants');
  return reader;
}

class GrantReader implements ReadGrants {
  readonly grants: ReadGrant[] = [];
  readonly problems: GrantProblem[] = [];
  private readonly uri: string;

  constructor(uri: string) {
    this.uri = uri;
  }

  report(path: Path, message: string): undefined {
    this.problems.push({ path, message });
    return undefined;
  }

  document(node: JsonNode, path: Path = []): void {
    if (node.type === 'array') {
      for (const [index, element] of node.elements.entries()) this.document(element, [...path, index]);
      return;
    }
    if (node.type !== 'object') {
      this.report(path, 'a grant is an object: give the input of CreateGrant or the output of ListGrants');
      return;
    }
    const listed = valueOf(node, 'Grants');
    if (listed?.type === 'array') this.document(listed, [...path, 'Grants']);
    else this.grant(node, path);
  }

  private grant(node: JsonObject, path: Path): void {
    const before = this.problems.length;
    const text = (name: string): string | undefined => this.text(valueOf(node, name), [...path, name]);
    const granteePrincipal = text('GranteePrincipal');
    const granteeServicePrincipal = text('GranteeServicePrincipal');
    if ((granteePrincipal === undefined) === (granteeServicePrincipal === undefined))
      this.report(path, 'a grant has either a `GranteePrincipal` or a `GranteeServicePrincipal`: give one of the two');
    const retiringPrincipal = text('RetiringPrincipal');
    const retiringServicePrincipal = text('RetiringServicePrincipal');
    const issuingAccount = /\b\d{12}\b/.exec(text('IssuingAccount') ?? '')?.[0];
    const operations = this.operations(valueOf(node, 'Operations'), [...path, 'Operations']);
    const constraints = this.constraints(valueOf(node, 'Constraints'), [...path, 'Constraints']);
    const name = text('Name') || text('GrantId') || `to ${granteePrincipal ?? granteeServicePrincipal}`;
    const key = text('KeyId');
    if (this.problems.length > before) return;
    this.grants.push({
      key,
      grant: {
        name,
        place: { document: this.uri, path },
        ...(granteePrincipal === undefined ? {} : { granteePrincipal }),
        ...(granteeServicePrincipal === undefined ? {} : { granteeServicePrincipal }),
        ...(retiringPrincipal === undefined ? {} : { retiringPrincipal }),
        ...(retiringServicePrincipal === undefined ? {} : { retiringServicePrincipal }),
        ...(issuingAccount === undefined ? {} : { issuingAccount }),
        operations,
        ...constraints,
      },
    });
  }

  private operations(node: JsonNode | undefined, path: Path): readonly string[] {
    if (node?.type !== 'array' || node.elements.length === 0) {
      this.report(path, 'a grant lists its `Operations`: give at least one, such as `["Decrypt"]`');
      return [];
    }
    return node.elements.flatMap((element, index) => {
      const operation = this.text(element, [...path, index]);
      if (operation !== undefined && !findGrantOperation(operation))
        this.report([...path, index], `no grant can allow \`${operation}\`: write an operation such as \`Decrypt\``);
      return operation ?? [];
    });
  }

  private constraints(
    node: JsonNode | undefined,
    path: Path,
  ): Pick<Grant, 'encryptionContextEquals' | 'encryptionContextSubset' | 'sourceArn'> {
    if (!node || node.type === 'null') return {};
    if (node.type !== 'object') {
      this.report(path, '`Constraints` is an object: write `{ … }`');
      return {};
    }
    const pairs = (name: string): Readonly<Record<string, string>> | undefined =>
      this.pairs(valueOf(node, name), [...path, name]);
    const encryptionContextEquals = pairs('EncryptionContextEquals');
    const encryptionContextSubset = pairs('EncryptionContextSubset');
    const sourceArn = this.text(valueOf(node, 'SourceArn'), [...path, 'SourceArn']);
    return {
      ...(encryptionContextEquals ? { encryptionContextEquals } : {}),
      ...(encryptionContextSubset ? { encryptionContextSubset } : {}),
      ...(sourceArn === undefined ? {} : { sourceArn }),
    };
  }

  private pairs(node: JsonNode | undefined, path: Path): Readonly<Record<string, string>> | undefined {
    if (!node || node.type === 'null') return undefined;
    if (node.type !== 'object') return this.report(path, 'an encryption context is an object: write `{ … }`');
    const entries = node.members.flatMap(({ key, value }): [string, string][] => {
      const text = this.text(value, [...path, key.value]);
      return text === undefined ? [] : [[key.value, text]];
    });
    return Object.fromEntries(entries);
  }

  private text(node: JsonNode | undefined, path: Path): string | undefined {
    if (!node || node.type === 'null') return undefined;
    if (node.type === 'string') return node.value;
    return this.report(path, `\`${String(path.at(-1))}\` is a text: write it in double quotes`);
  }
}
