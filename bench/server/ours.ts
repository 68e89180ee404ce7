import { features } from '../../server/features/index.ts';
import { Session } from '../../server/session.ts';

/** A handler as the server registered it. */
type Handler = (params: object, token?: object) => unknown;

/** The language server's own handlers and documents, without the wire in between. */
export class Server {
  private readonly handlers = new Map<string, Handler>();

  constructor() {
    const connection = this.recorder('');
    const session = new Session(connection, () => ({ read: async () => undefined }), {
      run: () => Promise.reject(new Error('the bench runs no jobs')),
    });
    // A client that pulls diagnostics: without that, each change would run all rules too.
    session.client = { ...session.client, pullDiagnostics: true };
    for (const feature of features) feature.register(session);
    session.documents.listen(connection);
  }

  /** Calls what was registered as `on<name>`. */
  call(name: string, params: object): unknown {
    const handler = this.handlers.get(`on${name}`);
    if (!handler) throw new Error(`the server has no handler for ${name}`);
    return handler(params, { isCancellationRequested: false });
  }

  /** Stands for a connection: keeps each handler under the name it was registered by, and answers everything else. */
  private recorder(name: string): ConstructorParameters<typeof Session>[0] {
    const register = (first: unknown): object => {
      if (typeof first === 'function') this.handlers.set(name, (...given) => first(...given));
      return { dispose: () => {} };
    };
    return new Proxy(register, { get: (_, member) => this.recorder(String(member)) }) as never;
  }
}
