import type { Errand, Hand, Pairs, SealedKey } from './errand.ts';
import type { Acts, Done } from './operations.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';

interface Configured {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** The execution role, as the file names it. */
  role: string;
  /** As the step named it that set it. */
  key: string;
  /** The environment variables: they are short enough for Encrypt. */
  variables: SealedKey;
  /** A variable that the console encrypted before Lambda got it. */
  helper: SealedKey | undefined;
}

const functions = new Shelf<Configured>('function');

/** Stands for the variables: nobody asks what they are. */
const VARIABLES = Buffer.from('{"Variables":{}}');

export const lambda: Acts<'lambda'> = {
  async CreateFunction(errand) {
    const name = errand.text('function');
    const { region } = errand.place;
    const arn = errand.arn('lambda', `function:${name}`);
    const target = { name, arn, region, role: errand.text('role'), key: errand.key };
    const configured = { ...target, ...(await configure(errand, target)) };
    errand.on(functions).set(name, configured);
    return { response: { FunctionArn: arn, ...sealedResponse(configured.variables) } };
  },

  async UpdateFunctionConfiguration(errand) {
    const known = errand.need(functions, 'function');
    const role = errand.has('role') ? errand.text('role') : known.role;
    const key = errand.has('key') ? errand.key : known.key;
    const { variables, helper } = await configure(errand, { ...known, role, key });
    known.role = role;
    known.key = key;
    known.variables = variables;
    known.helper = helper;
    return { response: sealedResponse(variables) };
  },

  async GetFunctionConfiguration(errand) {
    const { variables } = errand.need(functions, 'function');
    await errand.open(errand.asCaller, variables);
    return {};
  },

  async Invoke(errand): Promise<Done> {
    const { role, variables, helper } = errand.need(functions, 'function');
    await errand.open(errand.asPrincipal(role, 'lambda'), variables);
    if (!helper) return {};
    // The code of the function decrypts it, with the credentials of its role and no service between.
    await errand.open(errand.asPrincipal(role), helper);
    return { because: 'the second call is that of the code, which decrypts what the console encrypted' };
  },
};

type Target = Pick<Configured, 'name' | 'arn' | 'region' | 'role' | 'key'>;

async function configure(errand: Errand, target: Target): Promise<Pick<Configured, 'variables' | 'helper'>> {
  const { name, arn, region, role } = target;
  const helper = errand.has('helpers')
    ? await encrypt(errand, target, errand.asPrincipal(errand.as), { LambdaFunctionName: name })
    : undefined;
  const encryptionContext = { 'aws:lambda:FunctionArn': arn };
  const variables = await encrypt(errand, target, errand.asCaller, encryptionContext);
  await errand.call(
    errand.asCaller,
    'CreateGrant',
    {
      KeyId: variables.keyArn,
      GranteePrincipal: errand.principalArn(role),
      Operations: ['Decrypt', 'RetireGrant'],
      Constraints: { EncryptionContextEquals: encryptionContext },
    },
    region,
  );
  return { variables, helper };
}

async function encrypt(
  errand: Errand,
  { key, region }: Target,
  hand: Hand,
  encryptionContext: Pairs,
): Promise<SealedKey> {
  const input = { KeyId: key, Plaintext: VARIABLES, EncryptionContext: encryptionContext };
  const { CiphertextBlob, KeyId } = await errand.call(hand, 'Encrypt', input, region);
  return { ciphertext: CiphertextBlob, encryptionContext, keyArn: KeyId, region };
}
