import { DAY } from '../kms/by-itself.ts';
import { KmsError } from '../kms/errors.ts';
import { StepProblem } from '../kms/steps/values.ts';
import { type Errand, type Hand, idOf, type Pairs, type SealedKey } from './errand.ts';
import { type Act, type Acts, type Done, ServiceRefusal } from './operations.ts';
import { MINUTE } from './remembered.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';

/** What RDS stores for one resource, and where that is encrypted the key, which it may use by its grant. */
interface Storage {
  readonly arn: string;
  readonly account: string;
  readonly key?: SealedKey;
}

type Encrypted = Required<Storage>;

interface Database extends Storage {
  readonly kind: 'db' | 'cluster';
  state: 'available' | 'stopped' | 'inaccessible';
  /** When RDS used the key last, or noticed that it cannot. */
  since: number;
}

const databases = new Shelf<Database>('database');
const snapshots = new Shelf<Storage>('snapshot');

const UNENCRYPTED = 'nothing is encrypted';

/** RDS notices within about two hours, and gives up seven days later. */
const NOTICES_AFTER = 120 * MINUTE;
const GIVES_UP_AFTER = 7 * DAY;

/** Not documented one by one; RDS lends the key on to EBS, which holds its storage. */
const OPERATIONS = [
  'CreateGrant',
  'Decrypt',
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
] as const;

export const rds: Acts<'rds'> = {
  CreateDBInstance: create('db'),
  CreateDBCluster: create('cluster'),

  ModifyDBInstance(errand) {
    const { key } = databaseOf(errand, 'db');
    return { because: `it has no parameter for the key: the instance stays ${key ? 'under its key' : 'unencrypted'}` };
  },

  StopDBInstance: (errand) => stop(databaseOf(errand, 'db'), errand),
  StopDBCluster: (errand) => stop(databaseOf(errand, 'cluster'), errand),
  StartDBInstance: (errand) => start(databaseOf(errand, 'db'), errand),
  StartDBCluster: (errand) => start(databaseOf(errand, 'cluster'), errand),

  CreateDBSnapshot(errand) {
    const { arn, account, key } = errand.need(databases, 'database');
    const storage = { arn, account, ...(key ? { key } : {}) };
    errand.on(snapshots).set(errand.text('snapshot'), storage);
    return { because: 'the snapshot is encrypted as the database is', ...seen(storage) };
  },

  async CopyDBSnapshot(errand) {
    const source = errand.find(snapshots, errand.text('source'));
    const name = errand.text('snapshot');
    const copy = await copied(errand, source, resourceOf(errand, 'snapshot', name));
    errand.on(snapshots).set(name, copy);
    return seen(copy);
  },

  async RestoreDBInstanceFromDBSnapshot(errand) {
    const name = errand.text('database');
    const source = errand.need(snapshots, 'snapshot');
    const storage = await copied(errand, source, resourceOf(errand, 'db', name));
    errand.on(databases).set(name, { ...storage, kind: 'db', state: 'available', since: errand.now });
    return seen(storage);
  },

  async use(errand): Promise<Done> {
    const database = errand.need(databases, 'database');
    if (database.state === 'stopped') throw new StepProblem('a database that is stopped does not work: start it first');
    if (database.state === 'inaccessible') throw inaccessible(errand, database);
    if (!isEncrypted(database)) return { because: UNENCRYPTED };
    if (errand.now - database.since < NOTICES_AFTER)
      return { because: 'the data key is in memory, and RDS looks at the key only from time to time' };
    await openAsService(errand, database);
    return {};
  },
};

interface Resource {
  readonly arn: string;
  readonly encryptionContext: Pairs;
}

function create(kind: 'db' | 'cluster'): Act {
  return async (errand) => {
    const name = errand.text('database');
    const isPlain = errand.has('unencrypted');
    if (isPlain && errand.has('key'))
      throw new StepProblem('an instance without encryption has no `key`: remove `key` or `unencrypted`');
    const resource = resourceOf(errand, kind, name);
    const storage = isPlain ? plain(errand, resource) : await newStorage(errand, errand.key, resource);
    errand.on(databases).set(name, { ...storage, kind, state: 'available', since: errand.now });
    return seen(storage);
  };
}

/** Copies keep the resource id of their instance where nothing says another. */
function resourceOf(errand: Errand, kind: 'db' | 'cluster' | 'snapshot', name: string): Resource {
  const id = idOf(kind === 'cluster' ? 'cluster-' : 'db-', name, 26, 'upper');
  return {
    arn: errand.arn('rds', `${kind}:${name}`),
    encryptionContext: kind === 'cluster' ? { 'aws:rds:dbc-id': id } : { 'aws:rds:db-id': id },
  };
}

/** With the permissions of the caller RDS gets a grant, and by the grant it works from then on. */
async function newStorage(errand: Errand, key: string, { arn, encryptionContext }: Resource): Promise<Encrypted> {
  const { region, account } = errand.place;
  const { KeyMetadata } = await errand.call(errand.asCaller, 'DescribeKey', { KeyId: key }, region);
  const keyArn = String(Object(KeyMetadata)['Arn']);
  const principal = principalIn(region);
  const terms = { principal, operations: OPERATIONS, encryptionContext, region };
  const { token } = await errand.lend(keyArn, terms);
  const { CiphertextBlob } = await errand.call(
    errand.asService(principal, arn, { account }),
    'GenerateDataKeyWithoutPlaintext',
    { KeyId: keyArn, NumberOfBytes: 64, EncryptionContext: encryptionContext, GrantTokens: [token] },
    region,
  );
  const sealed = { ciphertext: CiphertextBlob, encryptionContext, keyArn, region };
  await errand.open(errand.asService(principal, arn, { account }), sealed, token);
  return { arn, account, key: sealed };
}

const plain = ({ place: { account } }: Errand, { arn }: Resource): Storage => ({ arn, account });

const isEncrypted = <T extends Storage>(storage: T): storage is T & Encrypted => storage.key !== undefined;

/** How an operation went whose result somebody looks at. */
const seen = ({ key }: Storage): Done => (key ? { response: sealedResponse(key) } : { because: UNENCRYPTED });

/** Under the key of the source where the step names none, as long as it stays in its Region. */
async function copied(errand: Errand, source: Storage, resource: Resource): Promise<Storage> {
  if (!isEncrypted(source))
    return errand.has('key') ? newStorage(errand, errand.key, resource) : plain(errand, resource);
  const isHere = errand.entry.region === undefined || errand.entry.region === source.key.region;
  await errand.open(serviceOf(errand, source), source.key);
  return newStorage(errand, !errand.has('key') && isHere ? source.key.keyArn : errand.key, resource);
}

function databaseOf(errand: Errand, kind: Database['kind']): Database {
  const database = errand.need(databases, 'database');
  if (database.kind === kind) return database;
  const other = errand.entry.do.replace(/Instance$|Cluster$/, kind === 'db' ? 'Cluster' : 'Instance');
  throw new StepProblem(
    `\`${errand.text('database')}\` is a ${kind === 'db' ? 'cluster' : 'DB instance'}: take \`${other}\``,
  );
}

function stop(database: Database, errand: Errand): Done {
  if (database.state === 'inaccessible') throw inaccessible(errand, database);
  database.state = 'stopped';
  return { because: isEncrypted(database) ? 'the data key is forgotten' : UNENCRYPTED };
}

async function start(database: Database, errand: Errand): Promise<Done> {
  if (database.state === 'available') throw new StepProblem('the database works already: stop it first');
  if (database.state === 'inaccessible' && GIVES_UP_AFTER < errand.now - database.since)
    throw inaccessible(errand, database);
  if (!isEncrypted(database)) {
    database.state = 'available';
    return { because: UNENCRYPTED };
  }
  await openAsService(errand, database);
  return {};
}

/** Where that fails, the database goes into the state that AWS has for it. */
async function openAsService(errand: Errand, database: Database & Encrypted): Promise<void> {
  try {
    await errand.open(serviceOf(errand, database), database.key);
    database.state = 'available';
    database.since = errand.now;
  } catch (error) {
    if (error instanceof KmsError && database.state !== 'inaccessible') {
      database.state = 'inaccessible';
      database.since = errand.now;
    }
    throw error;
  }
}

const principalIn = (region: string): string => `rds.${region}.amazonaws.com`;

const serviceOf = (errand: Errand, { arn, account, key }: Encrypted): Hand =>
  errand.asService(principalIn(key.region), arn, { account });

function inaccessible({ now }: Errand, { since }: Database): ServiceRefusal {
  const isOver = GIVES_UP_AFTER < now - since;
  const state = `inaccessible-encryption-credentials${isOver ? '' : '-recoverable'}`;
  return new ServiceRefusal(
    'InvalidDBInstanceState',
    `the database is in the state ${state}`,
    isOver
      ? 'restore it from a backup, which takes the key as well'
      : 'make the key usable again and start the database, within seven days',
  );
}
