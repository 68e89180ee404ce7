import type { SealedKey } from './errand.ts';
import type { Acts, Done } from './operations.ts';
import { MINUTE } from './remembered.ts';
import { sealedResponse } from './sealed.ts';
import { Shelf } from './shelf.ts';
import { queues, send } from './sqs.ts';

interface Topic {
  readonly arn: string;
  readonly region: string;
  readonly account: string;
  readonly key: string;
  /** Data keys that publishers use, by whose they are. */
  readonly publishing: Map<string, { readonly key: SealedKey; readonly until: number }>;
}

const topics = new Shelf<Topic>('topic');

const REUSE_PERIOD = 5 * MINUTE;

export const sns: Acts<'sns'> = {
  CreateTopic(errand) {
    const name = errand.text('topic');
    const { region, account } = errand.place;
    const arn = errand.arn('sns', name);
    errand.on(topics).set(name, { arn, region, account, key: errand.key, publishing: new Map() });
    return { because: 'KMS is asked once there is a message', response: { TopicArn: arn } };
  },

  async Publish(errand): Promise<Done> {
    const { arn, region, key, publishing } = errand.need(topics, 'topic');
    const known = publishing.get(errand.as);
    if (known && errand.now < known.until)
      return {
        because: 'SNS uses a data key for five minutes, so that KMS is not called',
        response: sealedResponse(known.key),
      };
    const sealed = await errand.seal(errand.asCaller, key, { 'aws:sns:topicArn': arn }, region);
    await errand.open(errand.asCaller, sealed);
    publishing.set(errand.as, { key: sealed, until: errand.now + REUSE_PERIOD });
    return { response: sealedResponse(sealed) };
  },

  async deliver(errand): Promise<Done> {
    const { arn, account } = errand.need(topics, 'topic');
    return send(errand, errand.need(queues, 'queue'), errand.asService('sns.amazonaws.com', arn, { account }));
  },
};
