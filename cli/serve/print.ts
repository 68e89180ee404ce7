import { pointersTo } from '../../server/local-kms/pointers.ts';
import { messageOf, reasonOf } from '../../server/local-kms/reason.ts';
import type { RequestReport } from '../../simulator/endpoint/endpoint.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import { remembered } from '../../simulator/text/remembered.ts';
import { displayName } from '../files/read.ts';
import { type Sink, TextSink } from '../output/terminal.ts';
import type { ServeOptions } from './options.ts';

/** What is served, and where. */
export interface Serving {
  readonly url: string;
  readonly world: ScenarioWorld;
  readonly isStrict: boolean;
  readonly accessKeys: readonly { readonly id: string; readonly name: string; readonly isVerified: boolean }[];
  readonly options: ServeOptions;
}

/** Tells programs and people where the service is. */
export interface ServeWriter {
  started(serving: Serving): void;
  answered(report: RequestReport): void;
  stopped(): void;
}

export function writerOf(format: ServeOptions['format'], out: Sink): ServeWriter {
  return format === 'json' ? jsonWriter(out) : textWriter(out);
}

/** An object in each line. */
function jsonWriter(out: Sink): ServeWriter {
  const write = (value: object): void => out.line(JSON.stringify(value));
  return {
    started: ({ url, world, isStrict, accessKeys, options }) =>
      write({
        event: 'listening',
        url,
        account: world.defaults.account,
        region: world.defaults.region,
        ...(options.state === undefined ? {} : { state: displayName(options.state) }),
        strict: isStrict,
        accessKeys: accessKeys.map(({ id, name, isVerified }) => ({ id, principal: name, verified: isVerified })),
      }),
    answered: (report) => {
      const { time, error, ...more } = report;
      write({
        event: 'request',
        time: timeOf(time),
        ...more,
        outcome: error?.name ?? 'ok',
        ...(error ? { message: messageOf(error), because: reasonOf(report) } : {}),
      });
    },
    stopped: () => write({ event: 'stopped' }),
  };
}

function textWriter(out: Sink): ServeWriter {
  const { colours } = out;
  return {
    started(serving) {
      // At one stroke, for whoever waits for it.
      const text = new TextSink(colours);
      const { url, world, isStrict, accessKeys, options } = serving;
      const { region, account } = world.defaults;
      const kept = options.state === undefined ? 'nothing is kept' : `kept in ${displayName(options.state)}`;
      const empty = options.state === undefined ? `empty, account ${account}` : `account ${account}`;
      const what = options.scenario === undefined ? empty : displayName(options.scenario);
      text.line(`${colours.bold(`KMS on ${url}`)} (${what}); ${kept}; Ctrl-C ends`);
      for (const [name, pointer] of pointersTo(url, region)) text.line(`  ${name.padEnd(11)} ${pointer}`);
      for (const { id, name, isVerified } of accessKeys)
        text.line(`  ${id} is ${name}${isVerified ? '' : ', without a secret: its signatures are not verified'}`);
      if (!isStrict)
        text.line(
          colours.yellow(
            `  ${accessKeys.length === 0 ? 'every' : 'every other'} access key acts as the root user of ${account}`,
          ),
        );
      if (options.allowUnsigned)
        text.line(colours.yellow(`  requests without a signature act as the root user of ${account}`));
      out.write(text.text);
    },
    answered(report) {
      const { time, region = '-', principal = '-', rootFallback, operation = '-', keyId, error } = report;
      const who = rootFallback ? `${principal} (fallback)` : principal;
      const outcome = error ? colours.red(error.name) : colours.green('ok');
      const reason = error ? reasonOf(report) : '';
      const words = [
        colours.dim(timeOf(time)),
        region,
        who,
        operation,
        ...(keyId === undefined ? [] : [colours.dim(visible(keyId))]),
        outcome,
      ];
      out.line(`${words.join('  ')}${reason === '' ? '' : `: ${visible(reason)}`}`);
    },
    stopped: () => undefined,
  };
}

let second = Number.NaN;
let upToSecond = '';

/** ISO 8601. Requests come by the thousand in a second. */
function timeOf(time: number): string {
  const now = Math.floor(time / 1000);
  if (now !== second) upToSecond = new Date(now * 1000).toISOString().slice(0, -'000Z'.length);
  second = now;
  return `${upToSecond}${String(Math.floor(time) - now * 1000).padStart(3, '0')}Z`;
}

/** What a request brings must not move the cursor or colour the rest. */
const visible = remembered((text): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd'));
