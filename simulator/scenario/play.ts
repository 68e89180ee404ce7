import type { ScenarioWorld } from './world.ts';

/** A scenario as far as its steps were taken. */
export class Play {
  /** As the file declares it. */
  readonly start: ScenarioWorld;
  /** Whether steps tell what they changed, which costs a look at everything. */
  attentive = false;
  private current: ScenarioWorld | undefined;
  private make: () => ScenarioWorld;

  constructor(start: ScenarioWorld) {
    this.start = start;
    this.make = () => start;
  }

  /** As the steps left it. */
  get world(): ScenarioWorld {
    this.current ??= this.make();
    return this.current;
  }

  /** A step changed the world. It is made anew only once somebody looks at it. */
  change(make: () => ScenarioWorld): void {
    this.make = make;
    this.current = undefined;
  }
}
