// What a compiled policy costs beside the document it is made from: its own tables and those its first use makes.
import { documentOf } from './engine.mjs';
import { collectGarbage, fastest } from './measure.mjs';
import { cases, KEY, keyPolicy, REGION } from './policies.mjs';

const COUNT = 2_000;

export function compiling(engine) {
  const documents = Array.from({ length: COUNT }, () => documentOf(engine, keyPolicy(4)));
  const request = {
    caller: engine.parseCaller(cases[0].principal, {}).caller,
    action: 'Decrypt',
    key: { ...engine.parseKeyArn(KEY), spec: 'SYMMETRIC_DEFAULT' },
    region: REGION,
    encryptionContext: { app: 'orders' },
    principalOrganization: { id: 'o-exampleorg1', path: 'o-exampleorg1/r-ab12/' },
  };
  const use = (document) => {
    const keyPolicy = new engine.CompiledPolicy(document);
    engine.decide(request, { keyPolicy, identityPolicies: [] });
    return keyPolicy;
  };
  const milliseconds = fastest(() => documents.forEach(use));
  const before = settledHeap();
  const kept = documents.map(use);
  const bytes = (settledHeap() - before) / kept.length;
  return { microseconds: (milliseconds * 1000) / COUNT, bytes };
}

function settledHeap() {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
