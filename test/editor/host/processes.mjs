// Which programs run on this machine, for tests that look at the extension from outside. Also bundled for the
// extension host.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * The command lines of the language servers that run from an extension folder.
 *
 * @param {string} folder the folder that the extension is installed in, or one above it
 * @returns {string[]}
 */
export function serversIn(folder) {
  const server = /[\\/]dist[\\/]server\.js\b/;
  // Windows does not tell small letters from capitals, and editors change those of drives.
  const same = (text) => (process.platform === 'win32' ? text.toLowerCase() : text);
  return commandLines().filter((line) => server.test(line) && same(line).includes(same(folder)));
}

function commandLines() {
  if (process.platform === 'linux') return fromProc();
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  const output =
    process.platform === 'win32'
      ? execFileSync(
          'powershell.exe',
          ['-NoProfile', '-Command', 'Get-CimInstance Win32_Process | ForEach-Object CommandLine'],
          options,
        )
      : execFileSync('ps', ['-A', '-ww', '-o', 'command='], options);
  return output.split(/\r?\n/);
}

function fromProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        // The process has ended in the meantime.
        return '';
      }
    });
}
