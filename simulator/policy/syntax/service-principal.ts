import { remembered } from '../../text/remembered.ts';
import { hasPlaceholder, isPlaceholderSegment, namesRegion } from './placeholder.ts';
import { isRegionShape } from './region.ts';

export interface ServicePrincipal {
  readonly kind: 'service' | 'unknown' | 'malformed';
  /** The labels before the Region and the suffix: `logs`, `delivery.logs`. Empty where it cannot be told. */
  readonly service: string;
  /** Of regional forms (`logs.us-east-1.amazonaws.com`). */
  readonly region: string | undefined;
  /** Where the kind is `malformed`: a wrong end, or labels that no host name has. */
  readonly fault: 'suffix' | 'shape' | undefined;
  /** The whole name as it was probably meant. */
  readonly suggestion: string | undefined;
}

/** Reads the name of a service principal. Capitals are read as small letters. */
export const readServicePrincipal = remembered(read);

function read(written: string): ServicePrincipal {
  if (hasPlaceholder(written)) return answer('unknown');
  const text = written.toLowerCase();
  const suffix = SUFFIXES.find((end) => text.endsWith(end));
  if (suffix === undefined) return { ...answer('malformed'), fault: 'suffix', suggestion: repair(text) };
  const labels = text.slice(0, -suffix.length).split('.');
  const last = labels.at(-1) ?? '';
  if (1 < labels.length && namesRegion(last)) return { ...answer('unknown'), service: labels.slice(0, -1).join('.') };
  if (labels.length === 1 && isPlaceholderSegment(last, 'service')) return answer('unknown');
  if (!labels.every((label) => LABEL.test(label))) return { ...answer('malformed'), fault: 'shape' };
  if (labels.length === 1 || !isRegionShape(last)) return { ...answer('service'), service: labels.join('.') };
  return { ...answer('service'), service: labels.slice(0, -1).join('.'), region: last };
}

/** What the names of service principals end with, in the partitions that AWS has published. */
const SUFFIXES: readonly string[] = [
  '.amazonaws.com',
  '.amazonaws.com.cn',
  '.amazonaws.eu',
  '.aws.internal',
  '.c2s.ic.gov',
  '.sc2s.sgov.gov',
  '.cloud.adc-e.uk',
  '.csp.hci.ic.gov',
];
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

function answer(kind: ServicePrincipal['kind']): ServicePrincipal {
  return { kind, service: '', region: undefined, fault: undefined, suggestion: undefined };
}

function repair(text: string): string | undefined {
  if (/^[a-z][a-z0-9-]*$/.test(text)) return `${text}.amazonaws.com`;
  const name = /^([a-z][a-z0-9.-]*?)\.(?:aws|amazon|amazonaws)(?:\.com?)?\.?$/.exec(text)?.[1];
  return name === undefined ? undefined : `${name}.amazonaws.com`;
}
