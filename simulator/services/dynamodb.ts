import type { Errand, Hand, Lent, Pairs, SealedKey } from './errand.ts';
import type { Acts, Done } from './operations.ts';
import { MINUTE, Remembered } from './remembered.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';

interface Table {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly encryptionContext: Pairs;
  tableKey: SealedKey;
  grant: Lent;
  /** Who has got the table key lately. */
  readonly cached: Remembered;
}

const tables = new Shelf<Table>('table');

const CACHED_FOR = 5 * MINUTE;

/** As in DynamoDB's guide. */
const OPERATIONS = [
  'DescribeKey',
  'GenerateDataKey',
  'Decrypt',
  'Encrypt',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
] as const;

export const dynamodb: Acts<'dynamodb'> = {
  async CreateTable(errand) {
    const name = errand.text('table');
    const { region, account } = errand.place;
    const arn = errand.arn('dynamodb', `table/${name}`);
    const encryptionContext = { 'aws:dynamodb:tableName': name, 'aws:dynamodb:subscriberId': account };
    const place = { arn, region, account, encryptionContext };
    const key = await newTableKey(errand, place);
    errand.on(tables).set(name, { ...place, ...key, cached: new Remembered() });
    return { response: sealedResponse(key.tableKey) };
  },

  async UpdateTable(errand) {
    const table = errand.need(tables, 'table');
    await errand.open(itself(errand, table), table.tableKey);
    const { tableKey, grant } = await newTableKey(errand, table);
    const old = table.grant;
    const oldKey = table.tableKey.keyArn;
    table.tableKey = tableKey;
    table.grant = grant;
    await retire(errand, table, oldKey, old);
    return {
      because:
        'the data keys of the table are encrypted anew under the new table key, and the old key is not needed any more',
      response: sealedResponse(tableKey),
    };
  },

  GetItem: use,
  PutItem: use,

  async DeleteTable(errand) {
    const table = errand.need(tables, 'table');
    await retire(errand, table, table.tableKey.keyArn, table.grant);
    errand.on(tables).delete(errand.text('table'));
    return {};
  },
};

type Placed = Pick<Table, 'arn' | 'region' | 'account' | 'encryptionContext'>;

async function newTableKey(errand: Errand, table: Placed): Promise<Pick<Table, 'tableKey' | 'grant'>> {
  const { region, encryptionContext } = table;
  const { KeyMetadata } = await errand.call(errand.asCaller, 'DescribeKey', { KeyId: errand.key }, region);
  // An alias is followed once: that it points elsewhere later changes nothing.
  const key = String(Object(KeyMetadata)['Arn']);
  const principal = principalIn(region);
  const grant = await errand.lend(key, {
    principal,
    operations: OPERATIONS,
    encryptionContext,
    region,
  });
  const { CiphertextBlob, KeyId } = await errand.call(
    itself(errand, table),
    'GenerateDataKey',
    { KeyId: key, KeySpec: 'AES_256', EncryptionContext: encryptionContext, GrantTokens: [grant.token] },
    region,
  );
  return { tableKey: { ciphertext: CiphertextBlob, encryptionContext, keyArn: KeyId, region }, grant };
}

async function use(errand: Errand): Promise<Done> {
  const { tableKey, cached } = errand.need(tables, 'table');
  const id = Buffer.from(tableKey.ciphertext).toString('base64');
  const isCached = cached.has(errand.as, id, errand.now);
  if (!isCached) await errand.open(errand.asCaller, tableKey);
  // It is forgotten five minutes after it was used last.
  cached.keep(errand.as, id, errand.now + CACHED_FOR);
  const because = 'DynamoDB still remembers the table key for this caller, so that KMS is not called';
  return { ...(isCached ? { because } : {}), response: sealedResponse(tableKey) };
}

const principalIn = (region: string): string => `dynamodb.${region}.amazonaws.com`;

const itself = (errand: Errand, { region, arn, account }: Placed): Hand =>
  errand.asService(principalIn(region), arn, { account });

async function retire(errand: Errand, table: Table, key: string, { id }: Lent): Promise<void> {
  await errand.call(itself(errand, table), 'RetireGrant', { KeyId: key, GrantId: id }, table.region);
}
