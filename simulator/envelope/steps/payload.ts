import { type RandomSource, seededRandom } from '../../kms/environment.ts';
import { readBytes, StepProblem } from '../../kms/steps/values.ts';
import { randomSize } from '../../scenario/payload.ts';
import { fileOf } from '../../scenario/walk.ts';
import type { Payload } from '../round-trip/trip.ts';

/** What a step writes as its payload. Random ones are made piece by piece, so that their size costs no memory. */
export function payloadOf(text: string, files: ReadonlyMap<string, Uint8Array>): Payload {
  const size = randomSize(text);
  if (size !== undefined) return randomPayload(size);
  const file = fileOf(text);
  const bytes = file === undefined ? readBytes(text) : files.get(file);
  if (!bytes) throw new StepProblem('the payload cannot be read');
  return { length: bytes.length, pieces: [bytes] };
}

/** The same bytes each time that they are read. @param size in bytes */
export function randomPayload(size: number): Payload {
  const pieces = { [Symbol.iterator]: () => randomPieces(seededRandom('kms-lens payload'), size) };
  return { length: size, pieces };
}

const PIECE_BYTES = 64 * 1024;

function* randomPieces(random: RandomSource, size: number): Generator<Uint8Array, void, void> {
  for (let left = size; left > 0; left -= PIECE_BYTES) yield random.bytes(Math.min(left, PIECE_BYTES));
}
