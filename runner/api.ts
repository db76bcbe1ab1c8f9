/** What a suite's config file imports: `import { defineSuite, profiles } from 'peakproof'`. */
export { blastRadius } from '../profiles/blast-radius.ts';
export { deploy } from '../profiles/deploy.ts';
export type { DrillSpec } from '../profiles/drills.ts';
export { elasticity } from '../profiles/elasticity.ts';
export { failover } from '../profiles/failover.ts';
export type { FaultKind, FaultSpec } from '../profiles/faults.ts';
export { profiles } from '../profiles/index.ts';
export { recovery } from '../profiles/recovery.ts';
export type { LoadPlan, Phase, PhaseSpec, Profile } from '../profiles/types.ts';
export type {
  Action,
  Catalog,
  Contract,
  Route,
  ScenarioTraffic,
  Service,
  Traffic,
} from '../scenarios/model.ts';
export type { LedgerEntry } from '../slo/ledger/lines.ts';
export {
  type AskSystem,
  type Audit,
  type AuditInput,
  defineSuite,
  type Sampler,
  type Suite,
  type SuiteLedger,
  type SuitePromise,
} from './suite.ts';
