import type { Errand, Hand, SealedKey } from './errand.ts';
import type { Acts, Done } from './operations.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';

interface LogGroup {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  key: string;
  /** Each batch of events has the data key under which it came in. */
  readonly batches: SealedKey[];
}

/** Batches that are read at once, the newest ones. */
const PAGE = 10;

const logGroups = new Shelf<LogGroup>('log group');

export const logs: Acts<'logs'> = {
  async CreateLogGroup(errand) {
    const name = errand.text('logGroup');
    const { region, account } = errand.place;
    const arn = errand.arn('logs', `log-group:${name}`);
    const group: LogGroup = { arn, region, account, key: errand.key, batches: [] };
    await associate(errand, group);
    errand.on(logGroups).set(name, group);
    return { response: { arn } };
  },

  async AssociateKmsKey(errand) {
    const group = errand.need(logGroups, 'logGroup');
    await associate(errand, { ...group, key: errand.key });
    group.key = errand.key;
    return { because: 'what the log group holds already stays under the key that it came in with' };
  },

  async PutLogEvents(errand) {
    const group = errand.need(logGroups, 'logGroup');
    const batch = await newDataKey(errand, group);
    group.batches.push(batch);
    return { response: sealedResponse(batch) };
  },

  async GetLogEvents(errand): Promise<Done> {
    const group = errand.need(logGroups, 'logGroup');
    for (const batch of group.batches.slice(-PAGE)) await errand.open(itself(errand, group), batch);
    return group.batches.length === 0 ? { because: 'the log group is empty' } : {};
  },
};

const itself = (errand: Errand, { arn, region, account }: LogGroup): Hand =>
  errand.asService(`logs.${region}.amazonaws.com`, arn, { account });

const newDataKey = (errand: Errand, group: LogGroup): Promise<SealedKey> =>
  errand.seal(itself(errand, group), group.key, { 'aws:logs:arn': group.arn }, group.region);

async function associate(errand: Errand, group: LogGroup): Promise<void> {
  await errand.open(itself(errand, group), await newDataKey(errand, group));
}
