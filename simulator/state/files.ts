/** The folder of a state, as the store needs it: handed in, so that tests can let it fail. */
export interface StateFiles {
  list(): Promise<readonly string[]>;
  /** Undefined where there is no such file. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Writes a whole file, in place of one that is there, and has it flushed to the disk. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Puts a file in the place of another at one stroke. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** What was written, renamed and removed is so on the disk, too. */
  flush(): Promise<void>;
  /** A file that is there, to be written on. */
  open(name: string): Promise<StateFile>;
  /** The name for messages. */
  shown(name: string): string;
}

export interface StateFile {
  write(bytes: Uint8Array, at: number): Promise<void>;
  /** The contents are on the disk. */
  flush(): Promise<void>;
  cut(length: number): Promise<void>;
  close(): Promise<void>;
}
