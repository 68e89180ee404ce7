import { grantOperationNames } from '../facts/grant-operations.ts';
import {
  dataKeyPairSpecs,
  dataKeySpecs,
  encapsulationAlgorithms,
  encryptionAlgorithms,
  keyAgreementAlgorithms,
  keySpecNames,
  keyUsages,
  macAlgorithms,
  messageTypes,
  signingAlgorithms,
} from '../facts/key-specs.ts';
import { keyStoreTypes, xksConnectivities } from '../facts/key-stores.ts';
import { expirationModels, origins, wrappingAlgorithms, wrappingKeySpecs } from '../facts/origins.ts';
import {
  boolean,
  bytes,
  integer,
  list,
  oneOf,
  optional,
  pairs,
  required,
  secretText,
  structure,
  text,
} from './shapes.ts';

/**
 * The members that several operations take, with AWS's constraints.
 * Source: botocore's service model of KMS of 2026-05 (Apache-2.0) for lengths, ranges and patterns; checked 2026-11.
 */
const namesOf = (rows: readonly { readonly name: string }[]): readonly string[] => rows.map(({ name }) => name);

export const keyId = text({ min: 1, max: 2048 });
export const region = text({ min: 1, max: 32 }, '^([a-z]+-){2,3}\\d+$');
export const aliasName = text({ min: 1, max: 256 }, '^[a-zA-Z0-9:/_-]+$');
export const plaintext = bytes({ min: 1, max: 4096 });
export const ciphertext = bytes({ min: 1, max: 6144 });
export const publicKey = bytes({ min: 1, max: 8192 });
export const encryptionContext = pairs;
export const encryptionAlgorithm = oneOf(encryptionAlgorithms);
export const signingAlgorithm = oneOf(signingAlgorithms);
export const macAlgorithm = oneOf(macAlgorithms);
export const keyAgreementAlgorithm = oneOf(keyAgreementAlgorithms);
export const encapsulationAlgorithm = oneOf(encapsulationAlgorithms);
export const messageType = oneOf(messageTypes);
export const keySpec = oneOf(keySpecNames);
export const keyUsage = oneOf(namesOf(keyUsages));
export const origin = oneOf(namesOf(origins));
export const dataKeySpec = oneOf(namesOf(dataKeySpecs));
export const dataKeyPairSpec = oneOf(dataKeyPairSpecs);
export const numberOfBytes = integer({ min: 1, max: 1024 });
export const wrappingAlgorithm = oneOf(namesOf(wrappingAlgorithms));
export const wrappingKeySpec = oneOf(wrappingKeySpecs);
export const expirationModel = oneOf(namesOf(expirationModels));
export const keyMaterialId = text({ min: 64, max: 64 }, '^[a-f0-9]+$');
export const policy = text({ min: 1, max: 131_072 }, '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+');
export const policyName = text({ min: 1, max: 128 }, '[\\w]+');
export const description = text({ min: 0, max: 8192 });
export const marker = text({ min: 1, max: 1024 }, '[\\u0020-\\u00FF]*');
export const customKeyStoreId = text({ min: 1, max: 64 });
export const customKeyStoreName = text({ min: 1, max: 256 });
export const customKeyStoreType = oneOf(keyStoreTypes);
const xksCredential = structure({
  AccessKeyId: required(text({ min: 20, max: 30 }, '^[A-Z2-7]+$')),
  RawSecretAccessKey: required(secretText({ min: 43, max: 64 }, '^[a-zA-Z0-9\\/+=]+$')),
});
/** What both CreateCustomKeyStore and UpdateCustomKeyStore take. */
export const keyStoreProperties = {
  // CloudTrail calls it `clusterId`.
  CloudHsmClusterId: optional({ ...text({ min: 19, max: 24 }, 'cluster-[2-7a-zA-Z]{11,16}'), secret: true as const }),
  KeyStorePassword: optional(secretText({ min: 7, max: 32 })),
  XksProxyUriEndpoint: optional(text({ min: 10, max: 128 }, '^https://[a-zA-Z0-9.-]+$')),
  XksProxyUriPath: optional(
    text({ min: 10, max: 128 }, '^(/[a-zA-Z0-9\\/_-]+/kms/xks/v\\d{1,2})$|^(/kms/xks/v\\d{1,2})$'),
  ),
  XksProxyVpcEndpointServiceName: optional(
    text({ min: 20, max: 64 }, '^(com|eu)\\.amazonaws\\.vpce\\.([a-z]+-){2,3}\\d+\\.vpce-svc-[0-9a-z]+$'),
  ),
  XksProxyVpcEndpointServiceOwner: optional(text({ min: 12, max: 12 }, '[0-9]{12}')),
  XksProxyAuthenticationCredential: optional({ ...xksCredential, secret: true as const }),
  XksProxyConnectivity: optional(oneOf(xksConnectivities)),
};
export const xksKeyId = text({ min: 1, max: 128 }, '^[a-zA-Z0-9-_.]+$');
export const tagKey = text({ min: 1, max: 128 });
export const tags = list(structure({ TagKey: required(tagKey), TagValue: required(text({ min: 0, max: 256 })) }), {
  min: 0,
  max: Number.MAX_SAFE_INTEGER,
});

/** What every operation on one key takes. */
export const onKey = { KeyId: required(keyId) };

export const principalId = text({ min: 1, max: 256 }, '^[\\w+=,.@:/-]+$');
export const servicePrincipal = text(
  { min: 1, max: 128 },
  '^([A-Za-z0-9\\-]+)\\.([A-Za-z0-9\\-]+)(\\.[A-Za-z0-9\\-]+)+$',
);
export const grantId = text({ min: 1, max: 128 });
export const grantName = text({ min: 1, max: 256 }, '^[a-zA-Z0-9:/_-]+$');
export const grantToken = { ...text({ min: 1, max: 8192 }), secret: true as const };
export const grantOperations = list(oneOf(grantOperationNames), { min: 0, max: Number.MAX_SAFE_INTEGER });
export const grantConstraints = structure({
  EncryptionContextSubset: optional(pairs),
  EncryptionContextEquals: optional(pairs),
  SourceArn: optional(text({ min: 20, max: 512 }, '^arn:aws[a-z0-9-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{12}:.+$')),
});

const grantTokens = list(grantToken, { min: 0, max: 10 });
export const withGrantTokens = { GrantTokens: optional(grantTokens) };

/** What every cryptographic operation takes besides. */
export const cryptographic = { ...withGrantTokens, DryRun: optional(boolean) };

export const dryRunModifiers = { DryRunModifiers: optional(list(oneOf(['IGNORE_CIPHERTEXT']), { min: 0, max: 1 })) };

export const recipient = {
  Recipient: optional(
    structure({
      KeyEncryptionAlgorithm: optional(oneOf(['RSAES_OAEP_SHA_256'])),
      AttestationDocument: optional(bytes({ min: 1, max: 262_144 })),
    }),
  ),
};

/** The members of a list's pages. */
export const pages = (mostPerPage: number) => ({
  Limit: optional(integer({ min: 1, max: mostPerPage })),
  Marker: optional(marker),
});
