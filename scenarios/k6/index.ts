/** The kit that scenario files of any suite are written with. */
export type { Answer } from './answer.ts';
export type { Json, JsonObject } from './contract.ts';
export type { Random } from './random.ts';
export { secret } from './run.ts';
export { type ActionsOf, type ScenarioFunction, scenariosOf } from './scenario.ts';
export { defineScript } from './script.ts';
export type { Session, SignIn } from './session.ts';
export type { Sent, Visit } from './visit.ts';
