import { fileURLToPath } from 'node:url';
import type { DocumentKind } from '../../server/documents/kinds.ts';
import type { SourceDocument } from '../../server/documents/source.ts';
import { describe } from '../../server/rules/support/json-problems.ts';
import type { Path } from '../../simulator/json/place.ts';
import { CommandError } from '../failure.ts';
import { displayName, readAs, readDocument } from '../files/read.ts';

type PolicyKind = Exclude<DocumentKind, 'grant' | 'scenario'>;

/** The kinds whose policies have no Principal: they belong to somebody already. */
const WITHOUT_PRINCIPAL: Readonly<Partial<Record<PolicyKind, string>>> = {
  'iam-policy': 'a policy of an identity or a session',
  scp: 'a service control policy',
};

/** The documents of a run by their URI: for names, and for the places of statements. */
export class PolicyFiles {
  private readonly documents = new Map<string, SourceDocument>();

  get(uri: string): SourceDocument | undefined {
    return this.documents.get(uri);
  }

  /** As people and programs are told; what stands in no file has a name of its own. */
  readonly nameOf = (uri: string): string => {
    if (uri.startsWith('file:')) return displayName(fileURLToPath(uri));
    return this.documents.has(uri) ? 'stdin' : uri;
  };

  /**
   * Reads the policy that an option names.
   *
   * @throws {CommandError} naming the option, the file, the place and what to do
   */
  async policy(option: string, file: string, kind: PolicyKind): Promise<SourceDocument> {
    const document = await this.document(option, file, kind);
    const { policy } = document;
    const name = displayName(file);
    const [first] = policy?.policy.statements ?? [];
    if (!policy || !first)
      throw new CommandError(`\`${option}\`: \`${name}\` has no statements: give a policy with a \`Statement\``);
    const owner = WITHOUT_PRINCIPAL[kind];
    const named = policy.policy.statements.find(({ principal }) => principal !== undefined);
    if (owner && named?.principal)
      throw new CommandError(
        `\`${option}\`: \`${placeIn(document, name, named.path)}\` names a principal, and ${owner} has none: ` +
          'give key policies with `--key-policy`, and the file that is meant here',
      );
    return document;
  }

  async policies(option: string, files: readonly string[] | undefined, kind: PolicyKind): Promise<SourceDocument[]> {
    const documents: SourceDocument[] = [];
    for (const file of files ?? []) documents.push(await this.policy(option, file, kind));
    return documents;
  }

  /** Reads a document of any kind. @throws {CommandError} where it cannot be read or is no proper JSON */
  async document(option: string, file: string, kind: DocumentKind): Promise<SourceDocument> {
    const document = await readDocument(file, { as: kind });
    this.documents.set(document.uri, document);
    if (!document.parsed.root)
      throw new CommandError(`\`${option}\`: \`${displayName(file)}\` holds no JSON value: give a JSON document`);
    const parsed = document.policy?.parsed ?? document.parsed;
    const text = document.policy?.text ?? document.text;
    const [problem] = parsed.problems.filter(({ code }) => code !== 'empty');
    if (!problem) return document;
    const { message, next } = describe(problem, text);
    const outer = document.policy?.outer ?? ((offset: number) => offset);
    const { start } = document.rangeOfSpan({ start: outer(problem.start), end: outer(problem.end) });
    const place = `${displayName(file)}:${start.line + 1}:${start.character + 1}`;
    throw new CommandError(`\`${option}\`: \`${place}\`: ${message}; ${next}`);
  }

  /** Reads a document that the configuration names; undefined where it is not there. */
  readonly configured = async (uri: string, kind: DocumentKind): Promise<SourceDocument | undefined> => {
    const document = await readAs(uri, kind);
    if (document) this.documents.set(uri, document);
    return document;
  };
}

/** `orders.scp.json:12`. */
export function placeIn(document: SourceDocument, name: string, path: Path): string {
  return `${name}:${document.rangeOf({ path }).start.line + 1}`;
}
