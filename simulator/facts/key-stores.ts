/**
 * Custom key stores, and what may be wrong with what stands behind them.
 *
 * Sources: AWS KMS API Reference, CustomKeyStoresListEntry; KMS Developer Guide, "Troubleshooting a custom key store",
 * "Troubleshooting external key stores". Checked 2026-11.
 */
import type { KeyStoreType } from './types.ts';

export const keyStoreTypes: readonly KeyStoreType[] = ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

export const connectionStates = ['CONNECTED', 'CONNECTING', 'FAILED', 'DISCONNECTED', 'DISCONNECTING'] as const;

export type ConnectionState = (typeof connectionStates)[number];

export const xksConnectivities: readonly string[] = ['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE'];

/** An external key in its manager, as its proxy tells of it. */
export const externalKeyStatuses = ['ENABLED', 'DISABLED', 'DELETED'] as const;

export type ExternalKeyStatus = (typeof externalKeyStatuses)[number];

/** A ConnectionErrorCode. */
export interface ConnectionErrorFact {
  readonly name: string;
  /** One sentence of ours. */
  readonly summary: string;
  readonly types: readonly KeyStoreType[];
  /** What CreateCustomKeyStore and UpdateCustomKeyStore answer; left out: they do not notice. */
  readonly exceptions?: Readonly<Partial<Record<KeyStoreType, string>>>;
  /** What KMS says of a proxy to whoever calls, where AWS documents it. */
  readonly message?: string;
}

const HSM: readonly KeyStoreType[] = ['AWS_CLOUDHSM'];
const EXTERNAL: readonly KeyStoreType[] = ['EXTERNAL_KEY_STORE'];

const unreachable = { EXTERNAL_KEY_STORE: 'XksProxyUriUnreachableException' };
const misconfigured = { EXTERNAL_KEY_STORE: 'XksProxyInvalidConfigurationException' };
const wrongCluster = { AWS_CLOUDHSM: 'CloudHsmClusterInvalidConfigurationException' };

export const connectionErrors: readonly ConnectionErrorFact[] = [
  {
    name: 'INTERNAL_ERROR',
    summary: 'KMS itself failed.',
    types: keyStoreTypes,
    exceptions: { AWS_CLOUDHSM: 'KMSInternalException', EXTERNAL_KEY_STORE: 'KMSInternalException' },
  },
  {
    name: 'NETWORK_ERRORS',
    summary: 'The network between KMS and the backing key store fails.',
    types: keyStoreTypes,
    exceptions: unreachable,
    message:
      'AWS KMS cannot communicate with the external key store proxy. This might be a transient network issue. If you see this error repeatedly, verify that your external key store proxy is active and is connected to the network, and that its endpoint URI is correct in your external key store.',
  },
  {
    name: 'INVALID_CREDENTIALS',
    summary: 'The password of `kmsuser`, or the credential of the proxy, is another.',
    types: keyStoreTypes,
    exceptions: { EXTERNAL_KEY_STORE: 'XksProxyIncorrectAuthenticationCredentialException' },
    message:
      'The external key store proxy rejected the request because it could not authenticate AWS KMS. Verify the credentials for your external key store and update if necessary.',
  },
  {
    name: 'CLUSTER_NOT_FOUND',
    summary: 'There is no such CloudHSM cluster any more.',
    types: HSM,
    exceptions: { AWS_CLOUDHSM: 'CloudHsmClusterNotFoundException' },
  },
  {
    name: 'INSUFFICIENT_CLOUDHSM_HSMS',
    summary: 'The cluster has no active HSM.',
    types: HSM,
    exceptions: wrongCluster,
  },
  {
    name: 'INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET',
    summary: 'A subnet of the cluster has no free IP address.',
    types: HSM,
    exceptions: wrongCluster,
  },
  { name: 'SUBNET_NOT_FOUND', summary: 'A subnet of the cluster is gone.', types: HSM, exceptions: wrongCluster },
  { name: 'USER_LOCKED_OUT', summary: '`kmsuser` is locked out after too many wrong passwords.', types: HSM },
  { name: 'USER_LOGGED_IN', summary: 'Somebody is logged in as `kmsuser`, so that KMS cannot be.', types: HSM },
  { name: 'USER_NOT_FOUND', summary: 'The cluster has no user `kmsuser`.', types: HSM },
  {
    name: 'XKS_PROXY_ACCESS_DENIED',
    summary: 'The proxy does not let KMS in.',
    types: EXTERNAL,
    exceptions: misconfigured,
  },
  {
    name: 'XKS_PROXY_INVALID_CONFIGURATION',
    summary: 'The proxy is configured wrongly; mostly it is the path.',
    types: EXTERNAL,
    exceptions: misconfigured,
  },
  {
    name: 'XKS_PROXY_INVALID_RESPONSE',
    summary: 'KMS does not understand what the proxy answers.',
    types: EXTERNAL,
    exceptions: { EXTERNAL_KEY_STORE: 'XksProxyInvalidResponseException' },
    message:
      'AWS KMS cannot interpret the response from the external key store proxy. If you see this error repeatedly, consult your external key store proxy administrator.',
  },
  {
    name: 'XKS_PROXY_INVALID_TLS_CONFIGURATION',
    summary: 'The TLS version or the certificate of the proxy is not acceptable.',
    types: EXTERNAL,
    exceptions: misconfigured,
  },
  {
    name: 'XKS_PROXY_NOT_REACHABLE',
    summary: 'KMS does not reach the proxy, or the proxy none of its key managers.',
    types: EXTERNAL,
    exceptions: unreachable,
    message:
      'AWS KMS cannot communicate with the external key store proxy. Verify that your external key store proxy is active and is connected to the network, and that its URI path and endpoint URI or VPC service name are correct in your external key store.',
  },
  {
    name: 'XKS_PROXY_TIMED_OUT',
    summary: 'The proxy takes longer than 250 milliseconds.',
    types: EXTERNAL,
    exceptions: unreachable,
    message:
      'AWS KMS rejected the request because the external key store proxy did not respond in time. Retry the request. If you see this error repeatedly, report it to your external key store proxy administrator.',
  },
  {
    name: 'XKS_VPC_ENDPOINT_SERVICE_INVALID_CONFIGURATION',
    summary: 'The VPC endpoint service does not meet the requirements.',
    types: EXTERNAL,
    exceptions: { EXTERNAL_KEY_STORE: 'XksProxyVpcEndpointServiceInvalidConfigurationException' },
  },
  {
    name: 'XKS_VPC_ENDPOINT_SERVICE_NOT_FOUND',
    summary: 'KMS does not find the VPC endpoint service.',
    types: EXTERNAL,
    exceptions: { EXTERNAL_KEY_STORE: 'XksProxyVpcEndpointServiceNotFoundException' },
  },
];

export const findConnectionError = (name: string): ConnectionErrorFact | undefined =>
  connectionErrors.find((each) => each.name === name);

/** What KMS says of an external key, by what its proxy tells. */
export const externalKeyMessages = {
  notFound: 'The external key store proxy rejected the request because it could not find the external key.',
  notEnabled:
    'The external key store proxy rejected the request because the external key is not enabled in the external key manager.',
  statusOnCreation: (status: ExternalKeyStatus) =>
    `The status of the external key must be ENABLED. The status of specified external key is ${status}.`,
  wrongCiphertext:
    'The external key store proxy rejected the request because the specified ciphertext or additional authenticated data is corrupted, missing, or otherwise invalid.',
} as const;

/** What cryptographic operations say of a CloudHSM cluster that does not answer. */
export const clusterMessage = 'KMS cannot communicate with your CloudHSM cluster';
