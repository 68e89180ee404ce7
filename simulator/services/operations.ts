import type { OperationOf, ServiceName } from '../facts/service-operations.ts';
import type { Errand } from './errand.ts';

/** What a service does when it is asked: the calls of KMS that it makes, and what it keeps. */
export type Act = (errand: Errand) => Promise<Done> | Done;

/** How it went. */
export interface Done {
  /** Why KMS was asked, or not asked, in words; lower case, no stop. */
  readonly because?: string;
  /** What later steps can name, by the names of the API where it has any. */
  readonly response?: object;
}

/** Every operation that the facts list for a service. */
export type Acts<S extends ServiceName> = Readonly<Record<OperationOf<S>, Act>>;

/** Something that a service refuses by itself. */
export class ServiceRefusal extends Error {
  override readonly name: string;
  readonly remedy: string;

  constructor(name: string, message: string, remedy: string) {
    super(message);
    this.name = name;
    this.remedy = remedy;
  }
}
