// One file to another, in a process of its own: node file.mjs ours|peer encryptFile|decryptFile FRAME IN OUT. Prints
// seconds, seconds of CPU and the peak of memory in bytes.
import { readFileSync } from 'node:fs';
import { loadOurs, loadPeer } from './contestants.mjs';

const [who, what, frameLength, input, output] = process.argv.slice(2);
const contestant = who === 'ours' ? loadOurs() : loadPeer();
const began = performance.now();
const before = process.cpuUsage();
await (what === 'encryptFile'
  ? contestant.encryptFile(input, output, Number(frameLength))
  : contestant.decryptFile(input, output));
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6, peak: peak() }));

function peak() {
  try {
    // What resourceUsage() tells has that of the process that started this one in it.
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
