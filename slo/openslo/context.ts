/** What an SLO is read against. */
import type { Catalog } from '../../scenarios/model.ts';
import type { Library } from './library.ts';

/** What an indicator may name. */
export interface World {
  readonly catalog: Catalog;
  readonly journeys: readonly string[];
}

export interface Context {
  readonly world: World;
  /** What the documents may refer to. */
  readonly library: Library;
}
