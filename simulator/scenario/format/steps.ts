import { layerOrder } from '../../access/blockers.ts';
import { actionNames } from '../../facts/actions.ts';
import { envelopeErrors } from '../../facts/envelope-errors.ts';
import { apiErrors, errorsOf } from '../../facts/errors.ts';
import { dataKeyPairSpecs, keySpecNames } from '../../facts/key-specs.ts';
import { kmsOperations } from '../../facts/operations.ts';
import { quotaNames } from '../../facts/quotas.ts';
import { s3RequestNames } from '../../facts/s3-requests.ts';
import { serviceNames } from '../../facts/service-operations.ts';
import { viaServices } from '../../facts/via-services.ts';
import { loadUnits, MOST_MESSAGES, type StepKindName, tamperings, tripCalls } from '../file.ts';
import {
  boolean,
  choice,
  either,
  list,
  type Member,
  map,
  means,
  member,
  name,
  nameOrSaved,
  type ObjectShape,
  object,
  parameters,
  required,
  text,
  usually,
  type VariantsShape,
} from '../shape.ts';
import { serviceMembers } from './services.ts';
import * as texts from './texts.ts';
import { bytes } from './values.ts';
import { backendState } from './world.ts';

/** The members of steps, by the kind of step that they belong to. */

const operationNames = kmsOperations.map((operation) => operation.name);
const context = means('encryption-context', map(text()));
const viaService = means(
  'service',
  usually(
    viaServices.map((each) => each.service),
    texts.service,
  ),
);

const as = member(
  name('principal'),
  'Who calls: a name of `principals`, an ARN, `root`, `root:444455556666`, or `service:logs.us-east-1.amazonaws.com`. Left out: `root`.',
);
const encryptionContext = member(context, 'The encryption context of the request.');

const errorName = means('error', usually(apiErrors.map((each) => each.name)));
const ok = choice(['ok']);

const via = member(viaService, 'The AWS service that calls for the caller (`kms:ViaService`).');
const vpce = member(name('vpc-endpoint'), 'The VPC endpoint that the request goes through.');
const conditions = member(
  map(either('the value of a condition key', text(), list(text()), { type: 'null' }), {
    names: texts.conditionKey,
    means: 'condition-key',
  }),
  'Condition keys and their values. They win over what follows from the rest; `null` says that a key is absent.',
);

const can = object('an access check', {
  can: required(
    means('operation', usually([...new Set([...operationNames, ...actionNames])].sort())),
    'The operation, as `Decrypt`; `kms:Decrypt` is the same. Whether the call is authorized is found out; nothing is executed.',
  ),
  as,
  on: member(name('key'), 'The key, by name, id, ARN, alias or alias ARN. Left out for operations without one.'),
  to: member(name('key'), 'The other key: the destination of ReEncrypt, the key that UpdateAlias points the alias to.'),
  encryptionContext,
  input: member(
    parameters('check'),
    'Request parameters by the names of the API, as far as conditions look at them. What is not here was not sent.',
  ),
  via,
  grantTokens: member(
    list(nameOrSaved('grant', 'GrantToken')),
    'The grants whose tokens the request carries: names of `grants`, or `$name.GrantToken` of a saved CreateGrant.',
  ),
  vpce,
  context: conditions,
  expect: member(
    either(
      'a verdict',
      choice(['allowed', 'denied', 'depends']),
      object('an expectation', {
        verdict: required(choice(['allowed', 'denied', 'depends']), 'The verdict.'),
        kind: member(
          choice(['explicit', 'implicit']),
          'Of a denial: whether a Deny statement makes it, or only an Allow is missing.',
        ),
        by: member(choice(layerOrder), 'The layer that decides.'),
      }),
    ),
    'The verdict that the step has to have. Left out: the step only reports.',
  ),
});

const call = object('a call', {
  call: required(means('operation', choice(operationNames)), 'The operation that is called.'),
  as,
  input: member(
    { ...parameters('request'), bytes },
    'Its parameters by the names of the API. Bytes are `text:…`, `base64:…`, `hex:…` or `file:path`, a path from the folder of this file, or wrapped under a public key that KMS gave out: `{ "wrap": "hex:…", "with": "$import" }`. `$name.Member` is what an earlier step saved.',
  ),
  region: member(
    means('region', text(texts.region)),
    'The Region that is called. Left out: that of the key that the parameters name by its name here, else the Region of the file.',
  ),
  via,
  vpce,
  context: conditions,
  save: member(
    { type: 'text', format: texts.savedName, defines: 'saved' },
    'The name of the response for later steps, which write `$name.Member`.',
  ),
  expect: member(
    either(
      'an expectation',
      ok,
      object('an expectation', {
        error: member(errorName, 'The name of the exception that KMS answers with.'),
        ok: member(parameters('response'), 'Members that the response must have, among others.'),
      }),
    ),
    'What should come of it. Left out: the step only reports.',
  ),
});

const wait = object('a wait', {
  wait: required(usually(['PT1H', 'P1D', 'P7D', 'P30D', 'P365D'], texts.duration), 'How far the clock moves: `P8D`.'),
});

/** Those of the engine that a step can come to, after those of the two calls. */
const envelopeErrorNames = [
  ...new Set([...errorsOf('GenerateDataKey'), ...errorsOf('Decrypt')]),
  ...Object.keys(envelopeErrors).filter((code) => /^(encryption-context|header-tag|frame-tag)$/.test(code)),
];

const callCount = (operation: string): Member =>
  member({ type: 'number', least: 0, whole: true }, `How often ${operation} is called. Left out: as often as it is.`);

const cachingLimits = {
  maxAge: required(
    text(texts.age),
    'For how long a data key is used again, as `setMaxAge` of the AWS Encryption SDK: `PT5M`.',
  ),
  maxMessages: member(
    { type: 'number', least: 1, most: 2 ** 32, whole: true },
    'How many messages one data key encrypts. Left out: 4294967296, as in the SDK.',
  ),
  maxBytes: member(
    text(texts.size),
    'How many bytes one data key encrypts over all of its messages: `10MiB`. Left out: as many as there are.',
  ),
};

const envelope = object('an envelope round trip', {
  envelope: required(
    name('key'),
    'The key that the data key is encrypted under, by name, id, ARN, alias or alias ARN.',
  ),
  as: member(name('principal'), 'Who encrypts, and calls GenerateDataKey. Left out: `root`.'),
  payload: required(
    { ...text(texts.binary), mayBeFile: true },
    'What is encrypted: `text:…`, `base64:…`, `hex:…`, `file:path`, a path from the folder of this file, or that many random bytes, the same every time: `random:10MiB`. Reports have its size and fingerprint only.',
  ),
  encryptionContext: member(
    context,
    'The encryption context that GenerateDataKey is called with. It stands in the header of the message, and Decrypt is called with what stands there.',
  ),
  decrypt: member(
    object('a decryption', {
      as: member(name('principal'), 'Who decrypts, and calls Decrypt. Left out: who encrypted.'),
      encryptionContext: member(
        context,
        'Pairs that the message must have in its encryption context, among others. Where it does not, nothing is decrypted and KMS is not called. Left out: none.',
      ),
      tamper: member(
        choice(tamperings),
        'What one bit is changed of before the message is decrypted: the content (`ciphertext`) or the tag (`tag`) of the first frame, the frame length in the header (`header`), or the encrypted data key. Left out: `none`.',
      ),
    }),
    'Who decrypts, what the message must have, and what happens to it before. Left out: the same principal, and nothing.',
  ),
  messages: member(
    { type: 'number', least: 1, most: MOST_MESSAGES, whole: true },
    'How many messages of the payload are encrypted and decrypted, one after the other, up to the first that stops. Left out: 1.',
  ),
  every: member(
    text(texts.duration),
    'How far the clock moves after each message: `PT0.1S`. Left out: it stands still.',
  ),
  caching: member(
    object('data key caching', cachingLimits),
    'Who encrypts and who decrypts each keep data keys and use them for several messages, within these limits. Left out: a data key for each message.',
  ),
  expect: member(
    either(
      'an expectation',
      ok,
      object('an expectation', {
        error: member(
          means('envelope-error', choice(envelopeErrorNames)),
          'The exception of GenerateDataKey or Decrypt, or what is wrong with the message: `encryption-context`, `header-tag` or `frame-tag`. Left out: the payload comes back as it was.',
        ),
        calls: member(
          object('calls of KMS', Object.fromEntries(tripCalls.map((each) => [each, callCount(each)]))),
          'How often KMS is called, all messages together.',
        ),
      }),
    ),
    'What should come of it: `ok` where the payload comes back as it was. Left out: the step only reports.',
  ),
});

const backend = object('what happens behind a key store', {
  backend: required(
    name('key-store'),
    'The custom key store whose CloudHSM cluster, or whose proxy and key manager, are otherwise from now on.',
  ),
  ...backendState,
});

const service = object('what a service does', {
  service: required(
    means('asked-service', choice(serviceNames)),
    'The AWS service. It calls KMS as it would for its caller, and keeps what later steps are about: objects with their encrypted data keys, volumes, tables.',
  ),
  do: required(
    means('service-operation', text()),
    'What the caller asks of it: an operation of its API, or in small letters something that has none.',
  ),
  as,
  ...serviceMembers,
  region: member(
    means('region', text(texts.region)),
    'The Region in which it is asked to make something. Left out: that of the key, else the Region of the file. What is there already stays in its Region.',
  ),
  context: conditions,
  save: member(
    { type: 'text', format: texts.savedName, defines: 'saved' },
    'The name under which later steps find what the service keeps: `$name.CiphertextBlob` is the encrypted data key, `$name.KeyId` its key, `$name.GrantId` the grant that was made.',
  ),
  expect: member(
    either(
      'an expectation',
      ok,
      object('an expectation', {
        error: member(
          errorName,
          'The name of the exception that KMS answers with, or the error of the service itself.',
        ),
        calls: member(
          list(
            either(
              'a call of KMS',
              means('operation', usually(operationNames)),
              object('a call of KMS', {
                call: required(means('operation', usually(operationNames)), 'The operation.'),
                as: member(
                  name('principal'),
                  'Who calls: a name of `principals`, an ARN, or a service principal such as `logs.us-east-1.amazonaws.com`.',
                ),
                encryptionContext: member(
                  context,
                  'Pairs that the request, or the constraint of the grant, must have among others.',
                ),
              }),
            ),
          ),
          'The calls of KMS that have to be made, all of them in their order; `[]` for none.',
        ),
      }),
    ),
    'What should come of it: `ok`, an error, or certain calls. Left out: the step only reports.',
  ),
});

const count = { type: 'number', least: 1, whole: true } as const;

const load = object('a load', {
  load: required(
    means('operation', map({ type: 'number', least: 0 }, { known: [...operationNames, ...s3RequestNames] })),
    'How often each operation of KMS is called in every `per`, or how often S3 is asked for objects under SSE-KMS: `s3:GetObject`, `s3:PutObject`, `s3:CopyObject`.',
  ),
  per: member(choice(Object.keys(loadUnits)), 'What the numbers count in, `second` if left out.'),
  for: member(text(texts.duration), 'How long it lasts: whole seconds, an hour at most. `PT10S` if left out.'),
  as: member(
    name('principal'),
    'Who calls. Requests count for the account of the caller, whoever owns the key. Left out: `root`.',
  ),
  region: member(
    means('region', text(texts.region)),
    'The Region. Left out: that of the key, else the Region of the file.',
  ),
  on: member(
    name('key'),
    "The key: its spec and its key store tell which quotas count. Left out: one of `keySpec` whose material is KMS's own.",
  ),
  keySpec: member(
    means('key-value', choice(keySpecNames)),
    'The spec of the key, where `on` names none. Left out: `SYMMETRIC_DEFAULT`, or an HMAC key.',
  ),
  keyPairSpec: member(
    means('key-value', choice(dataKeyPairSpecs)),
    'For GenerateDataKeyPair: the spec of the pairs, which have a quota each.',
  ),
  quotas: member(
    means('quota', map({ type: 'number', least: 0, whole: true }, { known: quotaNames })),
    'Request quotas per second for this load, over those of the file: what if AWS raised one?',
  ),
  bucketKey: member(
    boolean,
    'For requests to S3: whether the bucket has a Bucket Key. It counts as 99 % fewer calls, the most that AWS promises.',
  ),
  caching: member(
    object('data key caching', {
      ...cachingLimits,
      messageBytes: member(text(texts.size), 'How many bytes a message has, where `maxBytes` limits them: `4KiB`.'),
      hosts: member(
        { ...count, most: 1000 },
        'How many programs there are, each with a cache of its own; messages go to them in turn. `1` if left out.',
      ),
    }),
    'The data key caching of the AWS Encryption SDK, with which GenerateDataKey and Decrypt of this load are messages. Left out: none.',
  ),
  expect: member(
    object('an expectation', {
      throttled: required(boolean, 'Whether any call is throttled.'),
      quota: member(means('quota', choice(quotaNames)), 'The quota that refuses first.'),
      fromSecond: member(count, 'The first second in which calls are refused, from 1.'),
      refused: member(
        means('operation', map({ type: 'number', least: 0, whole: true }, { known: operationNames })),
        'How many calls of each operation are refused in all.',
      ),
    }),
    'What should come of it. Left out: the step only reports.',
  ),
});

const stepName: Member = member(text(), 'What the step shows, for lists and reports.');

const withName = (shape: ObjectShape): ObjectShape => ({ ...shape, members: { name: stepName, ...shape.members } });

export const stepShape = {
  type: 'variants',
  what: 'a step',
  variants: {
    can: withName(can),
    call: withName(call),
    wait: withName(wait),
    envelope: withName(envelope),
    backend: withName(backend),
    service: withName(service),
    load: withName(load),
  },
} as const satisfies VariantsShape & { variants: Record<StepKindName, ObjectShape> };
