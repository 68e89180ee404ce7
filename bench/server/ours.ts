import { TextDocument } from 'vscode-languageserver-textdocument';
import { SourceDocument } from '../../server/documents/source.ts';
import { features } from '../../server/features/index.ts';
import { check } from '../../server/rules/engine.ts';
import { rules } from '../../server/rules/generated/index.ts';
import { StatementMemory } from '../../server/rules/statement-memory.ts';
import { Session } from '../../server/session.ts';

/** A handler as the server registered it. */
type Handler = (params: object, token?: object) => unknown;

/** The language server's own handlers and documents, without the wire in between. */
export class Server {
  private readonly handlers = new Map<string, Handler>();

  constructor() {
    const connection = this.recorder('');
    const session = new Session(
      connection,
      () => ({
        read: async () => undefined,
        bytes: async () => undefined,
        stored: async () => undefined,
        documents: async function* () {},
        find: async () => [],
        list: async () => [],
        store: async () => undefined,
      }),
      {
        run: () => Promise.reject(new Error('the bench runs no jobs')),
      },
    );
    // A client that pulls diagnostics: without that, each change would run all rules too.
    session.client = { ...session.client, pullDiagnostics: true };
    for (const feature of features) feature.register(session);
    session.documents.listen(connection);
  }

  /** Calls what was registered by this name: `onHover`, `languages.diagnostics.on`. */
  call(name: string, params: object): unknown {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`the server has no handler for ${name}`);
    return handler(params, { isCancellationRequested: false });
  }

  /** Stands for a connection: keeps each handler under the name it was registered by, and answers everything else. */
  private recorder(name: string): ConstructorParameters<typeof Session>[0] {
    const register = (first: unknown): object => {
      if (typeof first === 'function') this.handlers.set(name, (...given) => first(...given));
      return { dispose: () => {} };
    };
    return new Proxy(register, {
      get: (_, member) => this.recorder(name === '' ? String(member) : `${name}.${String(member)}`),
    }) as never;
  }
}

/** All rules on one document, as the server runs them: the first time, or after a change. */
export function validator(uri: string, text: string) {
  let document = TextDocument.create(uri, 'kms-key-policy', 1, text);
  let memory = new StatementMemory();
  let previous: SourceDocument | undefined;
  return {
    prepare(what: string, offset: number, adds: boolean) {
      if (what === 'opened') {
        memory = new StatementMemory();
        previous = undefined;
      }
      const range = { start: document.positionAt(offset), end: document.positionAt(offset + (adds ? 0 : 1)) };
      document = TextDocument.update(document, [{ range, text: adds ? 'x' : '' }], document.version + 1);
    },
    validate() {
      const { languageId, version } = document;
      previous = new SourceDocument({ uri, languageId, version, text: document.getText(), previous });
      return check(previous, { rules, memory });
    },
  };
}
