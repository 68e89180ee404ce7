import { remembered } from '../text/remembered.ts';
import type { HttpRequest } from './http.ts';

/** Why a request is refused whatever it asks; undefined where it is not. */
export function whyRefused({ headers }: HttpRequest): string | undefined {
  if (!isLoopback(headers['host'] ?? ''))
    return 'only requests to localhost, 127.0.0.1 or [::1] are answered: use one of these as the endpoint';
  // A page that somebody looks at could else make their browser send requests.
  const site = headers['sec-fetch-site'];
  if (headers['origin'] !== undefined || (site !== undefined && site !== 'none'))
    return 'requests of web pages are not answered: call from a program';
  return undefined;
}

/** Any name could be made to lead here, of a page that has it too; these cannot. */
const isLoopback = remembered((host): boolean =>
  /^(localhost|[a-z0-9.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host),
);
