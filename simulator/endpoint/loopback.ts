/** Where a KMS on this machine listens. */
export interface LoopbackAddress {
  /** An address, never a name: names could lead elsewhere. */
  readonly host: string;
  readonly port: number;
}

/**
 * The address that the URL of an endpoint stands for.
 *
 * @throws {RangeError} for anything that is not on this machine, or is no URL of a whole endpoint
 */
export function loopbackAddress(text: string): LoopbackAddress {
  const url = parsed(text);
  const host = url && hostOf(url.hostname);
  if (host === undefined)
    throw new RangeError(
      'Write a loopback address such as http://127.0.0.1:4599: this tool opens no connection that leaves the machine.',
    );
  if (url?.protocol !== 'http:') throw new RangeError('Write http://, since there is no TLS on loopback.');
  if (url.username !== '' || url.password !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw new RangeError('Write nothing but an address and a port, such as http://127.0.0.1:4599.');
  return { host, port: Number(url.port || 80) };
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function hostOf(name: string): string | undefined {
  if (name === 'localhost') return '127.0.0.1';
  if (name === '[::1]') return '::1';
  return /^127(\.\d{1,3}){3}$/.test(name) ? name : undefined;
}
