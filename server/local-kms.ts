import type { LocalKmsOrder } from './protocol.ts';

// The process of a local KMS: it does what it is told over IPC, and ends with whoever started it. Never loaded by a person.
const ready = (async () => {
  const { loadLocalKms } = await import('./core.ts');
  const { LocalKms } = await loadLocalKms();
  const { listen, isSignedWith } = await import('../simulator/endpoint/node.ts');
  return new LocalKms({ listen, isSignedWith, tell: (news) => void (process.connected && process.send?.(news)) });
})();

let last: Promise<unknown> = ready;

process.on('message', (order: LocalKmsOrder) => {
  // One after the other: to listen it must have been opened.
  last = last.then(async () => {
    await (await ready).take(order);
    if (order.type === 'stop') process.exit();
  });
});

process.on('disconnect', () => void ready.then((kms) => kms.stop()).finally(() => process.exit()));
