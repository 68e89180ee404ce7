import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Lab } from '../lab.ts';
import { hex, keyWith } from './given.ts';

/** The key of Wycheproof's vectors for RSA with 2048 bits: rsa_oaep_2048_sha256_mgf1sha256_test.json has all of it. */
const secret = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'RSA',
    n: 'orRRoH0KpfluRVZxUTVQUUqKW0YuvvcXCU-h_ugiJOY3-XRtP3yv0xh42AMltu9aFwD2WQO0aUKeidbqyIRQl7WrOTGJ25JRLtincRoSU_rNIPecFegkfz0-QuRuSMmOJUov6XZTE6A-_48X4aApOXofomqNzib0kO2BKZYV2YFMItphBCjgnH2WWFlCZvXAIdD87KCNlFoSvoLeTR7Oa0wDFFtdNJXU7VQR64eNrwX9evw-Ca2g8RJkIvWQl1oZaYFvSGmLy7obTZyuedRg2Pn4Xnl1AF2bwixOWsD3waRdElaaYoB9O5oC5aUw53MGb0U9H1tMLpz3ggKD90K51Q',
    e: 'AQAB',
    d: 'JM3GIxf11ypva6bMljKJmwHR_yiGfXL2FoiZW8hVpOQgqEBSUAib2xPPjglUOCe3SLnSf7srTZ4gr4xaaoYnltGkzBitFupni8G9SoO7vpxeV0U7XOc4jkGjukzit3tEOKIp6VT3INrgNT3AiKyKdrJtwnb44beFHd1jmK0W_y54GVEjubA26UXDjJ0SQ09t92_iI1nrPhrJwBFnj8km-tOuR1pP__9V_rLRR-nIlPTA4ppZnnYkYkgtlov0J4CUX8DSwxxXPEQxuPT-i4xnvsgVq9RPeobtyhwjCHNzWNLCrl4uDi2t9zCYAmI3flixO32ZkgYKC8hwzP20qTGe4Q',
    p: '3EMQUPeC6JT7UkgkfZjLfVi40eJPO1XQQcVuTeCGsNW7AovaQu610jTVaB5YCdQV5qKJrUz794-Xj2w1gU9Q7r_xxbgKafeI6B5rq13ap4Np1lnRQ-xvF-eYE6V1z62cVpFWuQET4ukRCtnntIock0im5lMyEZEpDqNs-zpbGPE',
    q: 'vRqB55d_mJgSInOuMiK1mOpfsZ606rw4MIpeMhlmA7LlAP-3n1uIaBZhHevEcvrEVUQHC-sFfJQTeKaGivO3oD0_mIDsR9XgiblPveVCq6mujXLFcIjXq_WxMfOQmPe8Fg-QU2q8lJL9Tgbz7XKZ1Ll7sDZ3IH2VZp8UDPvCDyU',
    dp: 'qUtSiyjykVmRIdkZUv_Rx_IdfBR52Z1HiIX7Fhhw7hIYvwhHJhLb5Ul-jZxlBojgnHhpYa4-LDVNxIrjRRR1nEwjxFiEiJYdwGtBTmHA4ef7vSkj0xUy_iifltoiBxHljBQBmAjgBBQnaTO7B-TvubSps3ZWkXIFIJ8z8JUV18E',
    dq: 'OvDnKpM67wn_JQPfeLr-1THAL_GivEN8VAzcvUrTVDXPURdjWWVDSAYpsRTKf3gP9--jLqDLbgANbZ6h8u9x_Zz5lIQioWVVfjfnVe3-cNkLkgUC60eLyYpj94jOOg-FbW7eclGjg7-o-kgKgaklr3s8xTjEurjJ91l_-2gBHY0',
    qi: 'JkD7-8_vsWPueoe2SDpm7kH5VtkPqKeTm_wELuCSSxt5k9BEX3WNUZM-hRecAyCwyWi0ipHDi1vpI-EJfAxWL4jUIpS2onWbr6VCinTxJwh05F9vzGDyFgLeXszRQ88xJB9ZIbWtOYP7VO8XvjsoU2flDJmcZyR7VS_kv86UX3s',
  },
});

const lab = new Lab();
const signing = keyWith(lab, 'RSA_2048', 'SIGN_VERIFY', secret);
const encrypting = keyWith(lab, 'RSA_2048', 'ENCRYPT_DECRYPT', secret);

describe('RSAES_OAEP_SHA_256 of Wycheproof, rsa_oaep_2048_sha256_mgf1sha256_test.json', () => {
  it.each([
    [
      3,
      '54657374',
      '5eab3f0741e63986ed647d53e1cd71df041986900803d0f99c68355d249a15a47dc5b4f70a191477654299e5a2731f3b4eec76dea18262fc696ac794e5f66cbfcddac4472c578e246c26707598055584540b839836b1404c5611ae558a984cee8fd036cea924e0be2474a940f61e0acc14fcae95ebdc59942a9ce9af9a9c81999f7f6815f057ffdc2533cb15d6391d1e2d95f16f9c04209c889a4c359c7d2926d28a66e2b030a416b928d2825627998e5191fb4983a6e65024262d94fc09187a2d78162122433251d1bfcc8e507d06eba2d229c10031261da32ab8ccd15f1c5f9fbf07ed158483d736a110af4b44d6a4da60d6cb519b4454213cf9f0dc560f2b',
    ],
    [
      7,
      'e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff',
      '096958786ee7972050d67a9e4b69d6c6af7db7cc674386df725770dd29129b826e39552330104c8d71e6cc3a3014dd2f61b54153af51b0438d447ee939f9e3c13bb8b00a37dea6a068f6c9d27e848b1be7a1eeeb3ee50b78036fba95ae46948ca5b13f356ea24db10f60dc09e4b8bad8f766b668ef72524432080a0ce00ed676d6d5e354984b1078520412525848156d06f0652469f95791baa3d9a798ae537094f76f976faecd5c9ce0c930a75910c63dacf63485cb4b5e7bdbcf4d80e74037eaa1a8fe4b52930bec6be99cf6ac88cf5878dbf6859d456a95dbc34654eec425de84ca2a535d517403a9aada827e7d0093ecfc97ed056a7652825e9a45cb2dcb',
    ],
  ])('%i', async (_, plaintext, ciphertext) => {
    const KeyId = await encrypting;
    const input = { KeyId, CiphertextBlob: hex(ciphertext), EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' };
    expect((await lab.call('Decrypt', input)).Plaintext).toEqual(hex(plaintext));
    expect(await lab.outcome('Decrypt', { ...input, EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' })).toBe(
      'InvalidCiphertextException: ',
    );
  });
});

describe('RSASSA_PKCS1_V1_5_SHA_256 of Wycheproof, rsa_signature_2048_sha256_test.json', () => {
  it.each([
    [
      3,
      '54657374',
      '264491e844c119f14e425c03282139a558dcdaeb82a4628173cd407fd319f9076eaebc0dd87a1c22e4d17839096886d58a9d5b7f7aeb63efec56c45ac7bead4203b6886e1faa90e028ec0ae094d46bf3f97efdd19045cfbc25a1abda2432639f9876405c0d68f8edbf047c12a454f7681d5d5a2b54bd3723d193dbad4338baad753264006e2d08931c4b8bb79aa1c9cad10eb6605f87c5831f6e2b08e002f9c6f21141f5841d92727dd3e1d99c36bc560da3c9067df99fcaf818941f72588be33032bad22caf6704223bb114d575b6d02d9d222b580005d930e8f40cce9f672eebb634a20177d84351627964b83f2053d736a84ab1a005f63bd5ba943de6205c',
    ],
    [
      4,
      '313233343030',
      '1758eb94588e6fc4f50c1be1afcaa41027869f304cad513b1fb12c2f446d63cdc05c4830a7e3e630da7b2da4f7867cc173bf6420f9732277282596de41ded32e21d0cc31441174da8765f57419c7764ea758f55bc17646eb100c435d1ac0eed6fc7ba6de5f832094ee2f479979765e05ac9976788db3c241a9e32a0da864f0019a87646ba623d63f4411af5dee1be9ec488c7e3e1b231479de70b9ac5f78a17b1f4120aece45f26c07e7bb345fdfeb05e14bcaacc614672a465fc523624cb19f66f9c6c3f642b832ca44cb25176d679f0e05606c3fed022cac24c2bf960a406d48818e3eb7ed53b0446032469047dfed95fc18088c92d91d93722c47f88163a8',
    ],
  ])('%i is made and verified', async (_, message, signature) => {
    const input = { KeyId: await signing, Message: hex(message), SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' };
    expect((await lab.call('Sign', input)).Signature).toEqual(hex(signature));
    expect(await lab.outcome('Verify', { ...input, Signature: hex(signature) })).toBe('ok');
  });

  it.each([
    [
      '8, a NULL is missing',
      '095dad1fd82bcd36652a381b7f4dd656bd89b40aa58b56da4f6aa8247874b935e65d2b86752d537df7103884d39dd9ad3d65f87404526b09094c5615c6249979b0dc58d2199ae8696a5b76b4bb03eaf08c2ab6aec686c6b1b289c9b44f648bd30cb1ac6a64a73d68e59cd05e7aa1b780f4bfd7b83dfe3b884ec11821a93dc5bbb47a00eea4557b6b96b5656276001f1f295ddbbbc511a99b9a665b9c2674c8af0d812286d0be3ce74817ba2cad283757de35dfb149f2835f60cb03ff155524a57f78b148feceb84cd20b0ae22e3e48f433fbd9bfd60be8afec93165ee0310be961d3695f309d031320c830aa6ba08b5a51d943797097c57630be391bd23736cc',
    ],
    [
      '9, a length in long form',
      '8a0e82d4f334aca72a718b6f8f643f69c6048d619d5eba71263a5d2d3ac7a7af133b780c7595ca2c982c006e861948f543cd0210c758691f9626842c25de2843ea314ca8eff285d47e0cffa54180af416004017034962a80a5959c3d3f1bfc154a4824462a93c014f6dfe920824f414a6e30e0e5944d480b99949ec7bf64c4a7461575933b17d7d6b0178b5192392ace3ed8469e8ac1dacae51ad5d3ad73dcb213e056d04596e64d8c0703def3110c7cecc93ba8ac8059f0f3d66b89d8712c62b41d407e4b4a104f4569558b0290c213cad6d0653898b9df8f4a453ab07d13bfb7598d505abbd0c4987e4f1ac66e1a523e113e370ab7cf990f0cc63f50f4f0a4',
    ],
  ])('%s is no signature', async (_, signature) => {
    const input = { KeyId: await signing, Message: hex('313233343030'), Signature: hex(signature) };
    expect(await lab.outcome('Verify', { ...input, SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' })).toBe(
      'KMSInvalidSignatureException: ',
    );
  });
});

it('a leading zero belongs to a signature and to a ciphertext', async () => {
  const [SigningAlgorithm, EncryptionAlgorithm] = ['RSASSA_PKCS1_V1_5_SHA_256', 'RSAES_OAEP_SHA_256'];
  const [signer, encrypter] = [await signing, await encrypting];
  for (let i = 0, isSeen = false; !isSeen; i++) {
    const input = { KeyId: signer, Message: Buffer.from(`${i}`), SigningAlgorithm };
    const { Signature } = await lab.call('Sign', input);
    isSeen = Signature[0] === 0;
    if (isSeen)
      expect(await lab.outcome('Verify', { ...input, Signature: Signature.subarray(1) })).toBe(
        'KMSInvalidSignatureException: ',
      );
  }
  for (let isSeen = false; !isSeen; ) {
    const input = { KeyId: encrypter, EncryptionAlgorithm };
    const { CiphertextBlob } = await lab.call('Encrypt', { ...input, Plaintext: Buffer.from('x') });
    isSeen = CiphertextBlob[0] === 0;
    if (isSeen)
      expect(await lab.outcome('Decrypt', { ...input, CiphertextBlob: CiphertextBlob.subarray(1) })).toBe(
        'InvalidCiphertextException: ',
      );
  }
});

describe('RSASSA_PSS_SHA_256 of Wycheproof, rsa_pss_2048_sha256_mgf1_32_test.json', () => {
  it.each([
    [
      3,
      '54657374',
      '401eb03cdb47ca88033e3030f6bdecbac8f5c8fc1dd6a13d23d379ed9a2b309891d13d74fea9d21d159b9e6d8f37efa2489962e24555f56dd434ff1d31ce4f9f5abd3f22cbea8b691d6a11e44efb83e2bca155e6a164325e0fde2a8865afd5c9f51161a9d615f62af7ec2e31b3e5ab649c164490d31d88cfae35b84aea7925690f929a144b6d2f48e8fb894a52deecd1b9a6496990c4ecf1588699a42cacd10c53af350514e4291ea9a058e77f101e32c1c0cefa61d945f7bc931f8bd19e7ba3169358a60e5a8b0123bc3199b9fdcafe8e519c41ba675491a27b85e44ef2d77277c10fe107293c8290186913bc9a99b640d8da041b64f31eab1d35920985f4a5',
    ],
    [
      14,
      '333433363838373132',
      '0ff6e37a9aa03391e6ec8270b926c123c7e6853e01e4530382ae1e9067c2c447f2d21ea4f6b8cffea5cdead0e7bbf4c26c07418397f7dd85f4bbac0376aa099574dbd3142081428762e0092388142b351483b67fd8abfb5b73f10383d33fc21aeedc6a0e6f8a3d47f11c8b319425f9768cbbf498adee29e7d52611feff8596b1ef21ebd203397d5842cacf570d79cf0b4308a32d0951a7fbf794b84e540cb52bb076972f003ad59a35deb7af887bedfd26cc7b2bf334e242518978ff2e48224f89c7894737bb835bc353f4c0139553d3aa4722d0cb15c5e0aca5f5eb91dc9f4639aa81314038367c2779ba5521b250b5ada48ea3d2bc41a1680900bcf3cf66bb',
    ],
  ])('%i', async (_, message, signature) => {
    const input = { KeyId: await signing, Message: hex(message), Signature: hex(signature) };
    expect(await lab.outcome('Verify', { ...input, SigningAlgorithm: 'RSASSA_PSS_SHA_256' })).toBe('ok');
    for (const other of ['RSASSA_PSS_SHA_384', 'RSASSA_PKCS1_V1_5_SHA_256'])
      expect(await lab.outcome('Verify', { ...input, SigningAlgorithm: other })).toBe('KMSInvalidSignatureException: ');
  });
});

describe('what begins with a zero is not taken without it', () => {
  const message = (index: number) => Buffer.from(`message ${index}`);
  const refused = /^(KMSInvalidSignature|InvalidCiphertext)Exception: $/;

  it.each(['RSASSA_PKCS1_V1_5_SHA_256', 'RSASSA_PSS_SHA_256'])('%s', async (SigningAlgorithm) => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    for (let index = 0; ; index++) {
      const input = { KeyId, Message: message(index), SigningAlgorithm };
      const { Signature } = await lab.call('Sign', input);
      if (Signature[0] !== 0) continue;
      expect(await lab.outcome('Verify', { ...input, Signature })).toBe('ok');
      expect(await lab.outcome('Verify', { ...input, Signature: Signature.subarray(1) })).toMatch(refused);
      return;
    }
  });

  it('RSAES_OAEP_SHA_256', async () => {
    const lab = new Lab();
    const { arn: KeyId } = await lab.key({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    for (let index = 0; ; index++) {
      const input = { KeyId, EncryptionAlgorithm };
      const { CiphertextBlob } = await lab.call('Encrypt', { ...input, Plaintext: message(index) });
      if (CiphertextBlob[0] !== 0) continue;
      expect(await lab.outcome('Decrypt', { ...input, CiphertextBlob })).toBe('ok');
      expect(await lab.outcome('Decrypt', { ...input, CiphertextBlob: CiphertextBlob.subarray(1) })).toMatch(refused);
      return;
    }
  });
});
