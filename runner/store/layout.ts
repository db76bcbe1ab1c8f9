/** Names of the other files in a run folder. */

/** Raised when a folder written today could no longer be read by the program of yesterday. */
export const formatVersion = 4;

export const files = {
  manifest: 'run.json',
  measurements: 'measurements.log',
  ledger: 'ledger.log',
  /** The scenario script as one file, as the engine ran it. */
  script: 'script.js',
  engineLog: 'k6.log',
  journal: 'faults.log',
  stop: 'stop',
  standInFacts: 'sandbox-facts.json',
  /** The last that a stand-in said which ended by itself. */
  standInLog: 'sandbox.log',
  summary: 'summary.json',
  comparison: 'comparison.json',
  verdict: 'verdict.json',
  html: 'report.html',
  junit: 'junit.xml',
  markdown: 'summary.md',
} as const;
