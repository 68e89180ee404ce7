import { createHash, createHmac } from 'node:crypto';
import { SourceDocument } from '../../../server/documents/source.ts';
import { openScenario } from '../../../server/scenarios/open.ts';
import { Endpoint, type EndpointOptions, type RequestReport } from '../../../simulator/endpoint/endpoint.ts';
import type { HttpAnswer, HttpRequest } from '../../../simulator/endpoint/http.ts';
import { isSignedWith } from '../../../simulator/endpoint/signature.ts';
import type { ScenarioWorld } from '../../../simulator/scenario/world.ts';

/** The world of a scenario that has no mistakes. */
export async function worldOf(scenario: object): Promise<ScenarioWorld> {
  const document = new SourceDocument({
    uri: 'file:///test.kms-scenario.json',
    text: JSON.stringify(scenario),
    languageId: 'kms-scenario',
  });
  const { world, errors } = await openScenario(document, 'file:///', async () => undefined);
  if (!world) throw new Error(JSON.stringify(errors));
  return world;
}

export interface Served {
  readonly endpoint: Endpoint;
  readonly reports: readonly RequestReport[];
  readonly faults: readonly unknown[];
}

export async function served(scenario: object, options: Partial<EndpointOptions> = {}): Promise<Served> {
  const reports: RequestReport[] = [];
  const faults: unknown[] = [];
  const endpoint = new Endpoint({
    world: await worldOf(scenario),
    isSignedWith,
    onAnswered: (report) => reports.push(report),
    onFault: (error) => faults.push(error),
    ...options,
  });
  return { endpoint, reports, faults };
}

export const HOST = '127.0.0.1:4599';

export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

export const nobody: Credentials = { id: 'AKIDEXAMPLE', secret: 'kms-lens-nobody' };

export interface Asked {
  readonly operation: string;
  readonly input?: unknown;
  readonly credentials?: Credentials;
  readonly region?: string;
  readonly service?: string;
  /** When it is signed, in milliseconds since 1970. */
  readonly at?: number;
  /** Headers that are signed, too. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as an SDK sends it; the signature is put together here, by what AWS documents. */
export function requestFor({ operation, input = {}, headers: more = {}, ...signing }: Asked): HttpRequest {
  const headers = {
    host: HOST,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `TrentService.${operation}`,
    ...more,
  };
  const body = typeof input === 'string' ? Buffer.from(input) : Buffer.from(JSON.stringify(input));
  return signed({ method: 'POST', path: '/', headers, body }, signing);
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** Source: IAM User Guide, "Create a signed AWS API request". */
function signed(
  request: HttpRequest,
  { credentials = nobody, region = 'eu-central-1', service = 'kms', at = Date.now() }: Omit<Asked, 'operation'>,
): HttpRequest {
  const date = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const day = date.slice(0, 8);
  const headers: Record<string, string> = { ...request.headers, 'x-amz-date': date };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`).join('');
  const canonical = `${request.method}\n/\n\n${lines}\n${names.join(';')}\n${sha256(request.body)}`;
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`;
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${credentials.secret}`);
  const signature = hmac(key, toSign).toString('hex');
  headers['authorization'] =
    `AWS4-HMAC-SHA256 Credential=${credentials.id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...request, headers };
}

/** A request with some of it changed after it was signed. */
export function changed(request: HttpRequest, headers: Readonly<Record<string, string | undefined>>): HttpRequest {
  const all = Object.entries({ ...request.headers, ...headers });
  const left = all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...request, headers: Object.fromEntries(left) };
}

/** The status and the body of an answer, and the name of its error. */
export function read({ status, body }: HttpAnswer) {
  const value = body === '' ? undefined : JSON.parse(body);
  return { status, value, type: value?.__type, message: value?.message };
}
