import { StepProblem } from '../../kms/steps/values.ts';
import type { Tampering } from '../../scenario/file.ts';
import { FrameScanner } from '../format/frame.ts';
import { readHeader } from '../format/header.ts';

/** The bit that was changed. */
export interface TamperedBit {
  readonly what: string;
  /** The byte, from the start of the message. */
  readonly offset: number;
}

/** Changes one bit of a message that comes as its header, then the pieces of its body. */
export class Tamperer {
  /** Undefined until it was done. */
  bit: TamperedBit | undefined;
  private readonly tampering: Tampering;
  private header: Buffer | undefined;

  constructor(tampering: Tampering) {
    this.tampering = tampering;
  }

  /** The next piece of the message: itself, or a changed copy. */
  piece(piece: Buffer): Buffer {
    if (this.tampering === 'none' || this.bit) return piece;
    const before = this.header?.length ?? 0;
    const found = this.header ? this.inFirstFrame(this.header, piece) : this.inHeader(piece);
    this.header ??= Buffer.from(piece);
    if (!found) return piece;
    const changed = Buffer.from(piece);
    changed[found.at] = (changed[found.at] ?? 0) ^ 1;
    this.bit = { what: found.what, offset: before + found.at };
    return changed;
  }

  /** The last bit of a field: a frame length that is otherwise than it was is still one, which only the tag gives away. */
  private inHeader(piece: Buffer): Found | undefined {
    const name = HEADER_FIELDS[this.tampering];
    const field =
      name === undefined
        ? undefined
        : readHeader(piece)
            .fields()
            .find((each) => each.name === name);
    return field && { what: field.name, at: field.offset + field.bytes.length - 1 };
  }

  private inFirstFrame(header: Buffer, piece: Buffer): Found {
    const frame = new FrameScanner(readHeader(header).header).head(piece, 0);
    if (!frame) throw new Error('the body does not begin with a frame');
    if (this.tampering === 'tag') return { what: 'tag of frame 1', at: frame.tagStart };
    if (frame.contentLength === 0)
      throw new StepProblem('an empty payload has no ciphertext that could be changed: change the `tag` instead');
    return { what: 'content of frame 1', at: frame.contentStart };
  }
}

interface Found {
  readonly what: string;
  readonly at: number;
}

const HEADER_FIELDS: Readonly<Partial<Record<Tampering, string>>> = {
  header: 'frame length',
  'encrypted-data-key': 'encrypted data key 1',
};
