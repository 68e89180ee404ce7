import type { KeyObject } from 'node:crypto';
import {
  type ConnectionErrorFact,
  type ConnectionState,
  clusterMessage,
  type ExternalKeyStatus,
  externalKeyMessages,
  findConnectionError,
} from '../facts/key-stores.ts';
import type { KeyStoreType } from '../facts/types.ts';
import { invalidState, isKmsErrorName, KmsError } from './errors.ts';
import type { KmsKey } from './key.ts';
import type { Place } from './world.ts';

/** What stands behind a key store, outside of KMS: a CloudHSM cluster, or the key manager behind a proxy. */
export interface Backend {
  readonly type: KeyStoreType;
  /** The ID of the cluster, or the endpoint and path of the proxy. */
  readonly address: string;
  /** What is wrong with it, as a ConnectionErrorCode. */
  error: string | undefined;
  /** Active HSMs of a cluster, each in an Availability Zone of its own. */
  hsms: number;
  /** External keys by their ids. Undefined: whichever is asked for is there. */
  externalKeys: Map<string, ExternalKeyStatus> | undefined;
  /** Never seen by KMS. */
  readonly secrets: Map<string, KeyObject>;
}

export interface Proxy {
  readonly connectivity: string;
  readonly endpoint: string;
  readonly path: string;
  readonly accessKeyId: string;
  readonly serviceName?: string;
  readonly serviceOwner?: string;
}

/** A custom key store as it stands now. */
export interface KeyStore extends Place {
  readonly id: string;
  readonly type: KeyStoreType;
  readonly created: number;
  name: string;
  state: ConnectionState;
  /** Why a connection failed. */
  error: string | undefined;
  /** When KMS is done with connecting, in milliseconds since 1970. */
  settles: number | undefined;
  backend: Backend;
  /** Of a CloudHSM cluster. */
  readonly trustAnchor?: string;
  /** Of an external key store. */
  proxy: Proxy | undefined;
}

/** Where a key is that is not kept by KMS itself. */
export interface KeyStorePlace {
  readonly store: KeyStore;
  /** The external key of a key in an external key store. */
  readonly xksKeyId?: string;
}

export function newBackend(type: KeyStoreType, address: string): Backend {
  return { type, address, error: undefined, hsms: LEAST_TO_CREATE, externalKeys: undefined, secrets: new Map() };
}

/** CreateCustomKeyStore, UpdateCustomKeyStore and CreateKey need so many HSMs; one is enough to connect and to encrypt. */
export const LEAST_TO_CREATE = 2;

/** What is wrong with a backend, if anything is. */
export function problemOf({ type, error, hsms }: Backend): ConnectionErrorFact | undefined {
  if (error !== undefined) return findConnectionError(error);
  return type === 'AWS_CLOUDHSM' && hsms < 1 ? findConnectionError('INSUFFICIENT_CLOUDHSM_HSMS') : undefined;
}

/** What CreateCustomKeyStore and UpdateCustomKeyStore answer where the backend is not as it has to be. */
export function checkBackend(backend: Backend): void {
  const problem = problemOf(backend);
  const exception = problem?.exceptions?.[backend.type];
  if (problem && exception !== undefined && isKmsErrorName(exception))
    throw new KmsError(exception, messageOf(backend, problem), remedyFor(problem));
  checkHsms(backend);
}

export function checkHsms({ type, hsms }: Backend): void {
  if (type === 'AWS_CLOUDHSM' && hsms < LEAST_TO_CREATE)
    throw new KmsError(
      'CloudHsmClusterInvalidConfigurationException',
      '',
      `add HSMs: the cluster has ${hsms} active, and this needs ${LEAST_TO_CREATE} in different Availability Zones`,
    );
}

/** Throws where the store is not connected. */
export function checkConnected({ name, state }: KeyStore): void {
  if (state !== 'CONNECTED') throw wrongState(`connect the key store \`${name}\` first: it is ${state}`);
}

export function wrongState(remedy: string, message = ''): KmsError {
  return new KmsError('CustomKeyStoreInvalidStateException', message, remedy);
}

/** Throws what CreateKey answers where the backend cannot give the key what it needs. */
export function checkRoomIn({ backend }: KeyStore, xksKeyId: string | undefined, isTaken: boolean): void {
  const problem = problemOf(backend);
  if (backend.type === 'AWS_CLOUDHSM') {
    if (problem?.exceptions?.AWS_CLOUDHSM === 'CloudHsmClusterInvalidConfigurationException') checkBackend(backend);
    if (problem) throw wrongState(remedyFor(problem));
    checkHsms(backend);
    return;
  }
  if (problem) throw wrongState(remedyFor(problem), messageOf(backend, problem));
  if (isTaken)
    throw new KmsError('XksKeyAlreadyInUseException', '', 'name another external key: each belongs to one KMS key');
  const status = statusOf(backend, xksKeyId ?? '');
  if (status === 'DELETED')
    throw new KmsError(
      'XksKeyNotFoundException',
      externalKeyMessages.notFound,
      'name an external key that the key manager has',
    );
  if (status !== 'ENABLED')
    throw new KmsError(
      'XksKeyInvalidConfigurationException',
      externalKeyMessages.statusOnCreation(status),
      'enable the external key in its key manager',
    );
}

/** Throws what cryptographic operations answer where what holds the key does not do its part. */
export function checkReachable({ keyStore }: KmsKey): void {
  if (!keyStore) return;
  const { store, xksKeyId } = keyStore;
  const problem = problemOf(store.backend);
  if (problem) throw invalidState(messageOf(store.backend, problem, clusterMessage), remedyFor(problem));
  if (xksKeyId === undefined) return;
  const status = statusOf(store.backend, xksKeyId);
  if (status === 'DELETED')
    throw invalidState(
      externalKeyMessages.notFound,
      `bring \`${xksKeyId}\` back from a backup of the key manager; without it nothing decrypts`,
    );
  if (status !== 'ENABLED')
    throw invalidState(externalKeyMessages.notEnabled, `enable \`${xksKeyId}\` in the key manager`);
}

const statusOf = ({ externalKeys }: Backend, id: string): ExternalKeyStatus =>
  externalKeys ? (externalKeys.get(id) ?? 'DELETED') : 'ENABLED';

function messageOf({ type }: Backend, { message = '' }: ConnectionErrorFact, ofCluster = ''): string {
  return type === 'AWS_CLOUDHSM' ? ofCluster : message;
}

function remedyFor({ name, summary }: ConnectionErrorFact): string {
  return `mend what is behind the key store (${name}): ${summary.replace(/\.$/, '')}`;
}

/** A key is Unavailable while its key store is not connected. */
export function adoptConnection(key: KmsKey): void {
  if (!key.keyStore) return;
  if (key.keyStore.store.state !== 'CONNECTED') {
    if (key.state !== 'Enabled' && key.state !== 'Disabled') return;
    key.stateWhenAvailable = key.state;
    key.state = 'Unavailable';
  } else if (key.state === 'Unavailable') {
    key.state = key.stateWhenAvailable ?? 'Enabled';
    key.stateWhenAvailable = undefined;
  }
}

/** The attempt to connect has come to its end. */
export function finishConnecting(store: KeyStore): void {
  const problem = problemOf(store.backend);
  store.settles = undefined;
  store.state = problem ? 'FAILED' : 'CONNECTED';
  store.error = problem?.name;
}
