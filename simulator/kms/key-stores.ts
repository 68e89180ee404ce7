import type { Backend, KeyStore } from './key-store.ts';
import type { Place } from './world.ts';

/** The custom key stores of every account and Region, and what stands behind them. */
export class KeyStores {
  private readonly byPlace = new Map<string, Map<string, KeyStore>>();
  private readonly backends = new Map<string, Backend>();

  add(store: KeyStore): void {
    const place = placeOf(store);
    const others = this.byPlace.get(place) ?? new Map<string, KeyStore>();
    this.byPlace.set(place, others.set(store.id, store));
  }

  remove(store: KeyStore): void {
    this.byPlace.get(placeOf(store))?.delete(store.id);
  }

  find(place: Place, id: string): KeyStore | undefined {
    return this.byPlace.get(placeOf(place))?.get(id);
  }

  /** Sorted by id, so that pages stay what they are. */
  in(place: Place): readonly KeyStore[] {
    return [...(this.byPlace.get(placeOf(place))?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get all(): readonly KeyStore[] {
    return [...this.byPlace.values()].flatMap((stores) => [...stores.values()]);
  }

  get allBackends(): Iterable<Backend> {
    return this.backends.values();
  }

  addBackend(backend: Backend): void {
    this.backends.set(backend.address, backend);
  }

  /** @param address the ID of a cluster, or the endpoint and path of a proxy */
  backend(address: string): Backend | undefined {
    return this.backends.get(address);
  }
}

const placeOf = ({ partition, account, region }: Place): string => `${partition} ${account} ${region}`;
