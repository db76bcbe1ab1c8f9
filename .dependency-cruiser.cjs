/** The arrows of docs/architecture.md, checked. Each rule says why. */
const node = { dependencyTypes: ['core'] };

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'a cycle has no first file to read',
      from: {},
      to: { circular: true },
    },
    {
      name: 'pure-folders-do-no-io',
      severity: 'error',
      comment:
        'clock, randomness, files and processes come in as parameters, so that every step runs again from saved values',
      from: { path: '^(profiles|slo|reports|scenarios)/' },
      to: node,
    },
    {
      name: 'scenarios-stand-alone',
      severity: 'error',
      comment: 'k6 loads this folder without Node: only k6, itself and types of profiles',
      from: { path: '^scenarios/' },
      to: { path: '^(profiles|slo|reports|runner|sandbox)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'profiles-know-only-traffic',
      severity: 'error',
      comment: 'a plan follows from catalog, traffic and profile alone',
      from: { path: '^profiles/' },
      to: { path: '^(slo|reports|runner|sandbox)/|^scenarios/(services|journeys|k6)/' },
    },
    {
      name: 'slo-judges-only',
      severity: 'error',
      comment: 'the evaluator sees measurements and a plan, never how they came about',
      from: { path: '^slo/' },
      to: { path: '^(reports|runner|sandbox)/|^scenarios/(services|journeys|k6)/' },
    },
    {
      name: 'reports-tell-only',
      severity: 'error',
      comment: 'a report is a pure function of verdict and measurements',
      from: { path: '^reports/' },
      to: { path: '^(runner|sandbox)/|^scenarios/(services|journeys|k6)/' },
    },
    {
      name: 'sandbox-is-foreign',
      severity: 'error',
      comment: 'the stand-in shop is a system under test: it shares the catalog and nothing else',
      from: { path: '^sandbox/' },
      to: { path: '^(profiles|slo|reports|runner)/|^scenarios/(services|journeys|k6|script)' },
    },
    {
      name: 'only-targets-start-the-sandbox',
      severity: 'error',
      comment: 'nothing else may know that the system under test lives in this repository',
      from: { path: '^(runner|profiles|slo|reports|scenarios)/', pathNot: '^runner/targets/' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'nobody-knows-retailpulse',
      severity: 'error',
      comment:
        'runner, evaluator, profiles and reports serve any suite; RetailPulse comes in by its config file',
      from: { path: '^(runner|slo|profiles|reports)/' },
      to: { path: '^scenarios/(catalog|traffic|audits|ledgers)' },
    },
    {
      name: 'only-the-store-writes-files',
      severity: 'error',
      comment: 'one place decides how a run folder stays readable after a kill',
      from: {
        path: '^runner/',
        pathNot: '^runner/(store|engines/k6|provision|process|targets|load-suite|cli|package)',
      },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
