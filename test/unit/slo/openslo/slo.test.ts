/** What an SLO says around its indicator: objectives, windows, time slices, labels. */
import { describe, expect, test } from 'vitest';
import { latency, problemsOf, queried, read, warningsOf } from './till.ts';

const objectives = (...items: string[]) =>
  latency.replace('[{ targetPercent: 99.99 }]', `[${items.map((item) => `{ ${item} }`).join(', ')}]`);

const sliced = (method: string, fields: string) =>
  objectives(`target: 0.99, ${fields}`).replace('Occurrences', method);

const windowed = (window: string) => latency.replace('{ duration: 4w, isRolling: true }', `{ ${window} }`);
const calendar = (duration: string, startTime = '2022-01-01 12:00:00', timeZone = 'America/New_York') =>
  windowed(`duration: ${duration}, calendar: { startTime: "${startTime}", timeZone: "${timeZone}" }`);

describe('objectives', () => {
  test('several are told apart by their displayName, else by their position', () => {
    const text = objectives('displayName: "SLA, at night!", target: 0.9', 'targetPercent: 99.9');
    expect(read(text).objectives.map(({ id, displayName, target }) => ({ id, displayName, target }))).toEqual(
      [
        { id: 'till-latency-sla-at-night', displayName: 'Till in time: SLA, at night!', target: 0.9 },
        { id: 'till-latency-2', displayName: 'Till in time: 2', target: 0.999 },
      ],
    );
  });

  test('two of one name', () => {
    const text = objectives('displayName: Good, target: 0.9', 'displayName: good, target: 0.8').replace(
      '}, {',
      '},\n    {',
    );
    expect(problemsOf(text)).toEqual([
      'DUPLICATE_OBJECTIVE till.yaml:21 objective "till-latency-good" exists already at till.yaml:20',
    ]);
  });

  test('what is wrong with their common indicator is told once', () => {
    const text = objectives('target: 0.9', 'target: 0.8').replaceAll('{ service: till', '{ service: tell');
    expect(problemsOf(text)).toHaveLength(1);
  });
});

describe('windows', () => {
  test('of the calendar', () => {
    expect(read(calendar('1M')).objectives[0]).toMatchObject({
      windowDays: 30,
      calendar: {
        count: 1,
        unit: 'month',
        startTime: '2022-01-01 12:00:00',
        timeZone: 'America/New_York',
      },
    });
  });

  test.each([
    [calendar('1M', '2022-02-30 12:00:00'), 'spec.timeWindow[0].calendar.startTime: there is no 2022-02-30'],
    [calendar('1M', '2022-02-01'), 'spec.timeWindow[0].calendar.startTime: use YYYY-MM-DD hh:mm:ss'],
    [calendar('1M', undefined, 'Mars/Olympus'), 'timeZone: "Mars/Olympus" is not in the IANA'],
    [calendar('1m'), 'm is a minute; if months are meant, say 1M'],
    [windowed('duration: 30d'), 'say isRolling: true, or give calendar'],
    [windowed('duration: 30d, isRolling: false'), 'say isRolling: true, or give calendar'],
    [windowed('duration: 0d, isRolling: true'), 'duration: use a whole number'],
    [windowed('duration: -1d, isRolling: true'), 'duration: use a whole number'],
    [windowed('duration: 1d, isRolling: true }, { duration: 2d, isRolling: true'), 'exactly one time window'],
    [
      windowed(
        'duration: 1d, isRolling: true, calendar: { startTime: "2022-01-01 12:00:00", timeZone: UTC }',
      ),
      'either rolling or follows a calendar',
    ],
  ])('refused %#', (text, cause) => {
    const problems = problemsOf(text);
    expect(problems).toEqual([expect.stringContaining(cause)]);
    expect(problems[0]).toContain('INVALID_OBJECTIVE till.yaml:18');
  });
});

test('a window must be there', () => {
  expect(problemsOf(latency.replace(/ {2}timeWindow.*\n/, ''))).toEqual([
    'INVALID_OBJECTIVE till.yaml:8 spec.timeWindow: a promise needs its time window',
  ]);
});

describe('time slices', () => {
  test.each([
    [
      sliced('Timeslices', 'timeSliceTarget: 0.95, timeSliceWindow: 2m'),
      { method: 'timeslices', windowSeconds: 120, sliceTarget: 0.95 },
    ],
    [
      sliced('Timeslices', 'timeSliceTarget: 1, timeSliceWindow: 1h'),
      { method: 'timeslices', windowSeconds: 3600, sliceTarget: 1 },
    ],
    [sliced('RatioTimeslices', 'timeSliceWindow: 1m'), { method: 'ratio-timeslices', windowSeconds: 60 }],
  ])('read %#', (text, budgeting) => {
    expect(read(text)).toMatchObject({ problems: [], objectives: [{ target: 0.99, budgeting }] });
  });

  test.each([
    [sliced('Timeslices', 'timeSliceWindow: 1m'), 'Timeslices needs timeSliceTarget'],
    [sliced('Timeslices', 'timeSliceTarget: 0.9'), 'Timeslices needs timeSliceWindow'],
    [sliced('RatioTimeslices', 'targetPercent: 99'), 'either target or targetPercent'],
    [sliced('RatioTimeslices', 'timeSliceWindow: 1m, timeSliceTarget: 0.9'), 'has no target for one'],
    [sliced('Timeslices', 'timeSliceTarget: 0, timeSliceWindow: 1m'), 'timeSliceTarget: too small'],
    [sliced('Timeslices', 'timeSliceTarget: 1.1, timeSliceWindow: 1m'), 'timeSliceTarget: too big'],
    [sliced('Timeslices', 'timeSliceTarget: 0.9, timeSliceWindow: 30s'), 'timeSliceWindow: use minutes'],
    [sliced('Timeslices', 'timeSliceTarget: 0.9, timeSliceWindow: 1M'), 'timeSliceWindow: use minutes'],
    [sliced('Timeslices', 'timeSliceTarget: 0.9, timeSliceWindow: 5'), 'a number has no unit'],
    [sliced('Timeslices', 'timeSliceTarget: 0.9, timeSliceWindow: 3w'), 'fewer than two time slices'],
  ])('refused %#', (text, cause) => {
    expect(problemsOf(text)).toContainEqual(expect.stringContaining(cause));
    expect(problemsOf(text)[0]).toContain('INVALID_OBJECTIVE till.yaml:20');
  });

  test('of what is counted once a run', () => {
    const text = sliced('Timeslices', 'timeSliceTarget: 0.9, timeSliceWindow: 1m')
      .replace('type: k6, spec: { service: till, underMs: 300 }', 'type: objectives, spec: { outcome: good }')
      .replace('type: k6, spec: { service: till }', 'type: objectives, spec: {}');
    expect(problemsOf(text)).toEqual([expect.stringContaining('budget them by Occurrences')]);
  });
});

describe('labels and annotations', () => {
  const labelled = latency.replace('{ tier: critical }', '{ tier: [critical], team: [a, b] }');

  test('a list of one label is that label, and policies cannot select by several', () => {
    expect(problemsOf(labelled)).toEqual([
      'UNSUPPORTED_OBJECTIVE till.yaml:6 metadata.labels.team: policies select by one value',
    ]);
    expect(read(labelled, 'lenient').objectives[0]?.labels).toEqual({ tier: 'critical', team: 'a, b' });
  });

  const annotate = (text: string, value: string) =>
    text.replace('owner: cashiers', `owner: cashiers, peakproof/at-least-multiplier: "${value}"`);

  test('an annotation restricts queries to a load', () => {
    expect(read(annotate(queried, '10')).objectives[0]?.sli).toMatchObject({ atLeastMultiplier: 10 });
    expect(problemsOf(annotate(queried, 'ten'))).toEqual([expect.stringContaining('"ten" is no multiple')]);
    expect(problemsOf(annotate(latency, '10'))).toEqual([expect.stringContaining('in their spec')]);
  });
});

test('a service may be one that a document declares', () => {
  const service = 'apiVersion: openslo/v1\nkind: Service\nmetadata: { name: bank }\nspec: {}\n---\n';
  const text = latency.replace('  service: till\n', '  service: bank\n');
  expect(problemsOf(text)).toEqual([expect.stringContaining('UNKNOWN_SERVICE till.yaml:10')]);
  expect(problemsOf(service + text)).toEqual([]);
});

describe('lenient', () => {
  test('forgives unknown fields and what official artefacts disagree about, each with a warning', () => {
    const text = latency
      .replace('  displayName: Till in time\n', '  displayName: Till in time\n  displayNam: x\n')
      .replace('{ duration: 4w, isRolling: true }', '{ duration: 1M }')
      .replace('Occurrences\n', 'Timeslices\n')
      .replace(
        '{ targetPercent: 99.99 }',
        '{ op: gt, target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 5, colour: red }',
      )
      .replace('service: till\n', 'service: web-shop\n')
      .concat('  alertPolicies:\n');
    expect(problemsOf(text, 'lenient')).toEqual([]);
    expect(warningsOf(text)).toEqual([
      '6 unknown field metadata.displayNam (did you mean "displayName"?)',
      '21 unknown field spec.objectives[0].colour',
      '11 spec.service: there is no service or journey "web-shop"',
      '19 spec.timeWindow[0]: say isRolling: true, or give calendar with startTime and timeZone; rolling assumed',
      '19 spec.timeWindow[0].duration: a rolling window has a fixed length: say it in days; 30d assumed',
      '21 spec.objectives[0].op: a ratio is compared with its target alone; leave it out',
      '21 spec.objectives[0].timeSliceWindow: a number has no unit; 5 minutes assumed',
    ]);
    expect(read(text, 'lenient').objectives).toMatchObject([
      { windowDays: 30, budgeting: { windowSeconds: 300 }, sli: { underMs: 300 } },
    ]);
    expect(problemsOf(text)).toHaveLength(2);
  });

  test('reads a list of documents, and without method or window', () => {
    const text = `- ${latency
      .replace(/ {2}(timeWindow|budgetingMethod).*\n/g, '')
      .trimEnd()
      .replaceAll('\n', '\n  ')}\n`;
    expect(problemsOf(text)).toContainEqual(
      expect.stringContaining('a list of documents; part them with ---'),
    );
    expect(problemsOf(text, 'lenient')).toEqual([]);
    expect(warningsOf(text)).toEqual([
      '1 the document: a list of documents; part them with ---',
      '8 spec.timeWindow: a promise needs its time window; 30 rolling days assumed',
      '8 spec: name the budgetingMethod; Occurrences assumed',
    ]);
    expect(read(text, 'lenient').objectives).toMatchObject([{ id: 'till-latency', windowDays: 30 }]);
  });

  test('leaves out what cannot be measured, and forgives no contradiction', () => {
    const foreign = latency.replaceAll('type: k6', 'type: Datadog');
    expect(read(foreign, 'lenient')).toMatchObject({ problems: [], objectives: [], documents: { SLO: 1 } });
    expect(problemsOf(objectives('target: 1.2'), 'lenient')).toHaveLength(1);
    expect(problemsOf(latency.replace('apiVersion', 'apiVersoin'), 'lenient')).toHaveLength(1);
  });
});
