/* Draws the charts of report.html. Runs in the reader's browser, after Chart.js; the page is whole without it. */
(() => {
  const { Chart } = globalThis;
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const axisWidth = 60;
  const printWidth = 680;
  let charts = [];

  const color = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const clock = (second) => `${Math.floor(second / 60)}:${String(Math.floor(second % 60)).padStart(2, '0')}`;
  const points = (source, key) =>
    source.second.map((second, index) => ({ x: second, y: source[key][index] }));
  const duration = (ms) => (ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`);

  /** Shades every other phase and names those that have room for it. */
  const phaseBands = {
    id: 'phaseBands',
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.font = `11px ${Chart.defaults.font.family}`;
      ctx.textBaseline = 'bottom';
      ctx.textAlign = 'center';
      for (const [index, band] of data.bands.entries()) {
        const left = Math.max(chartArea.left, scales.x.getPixelForValue(band.from));
        const right = Math.min(chartArea.right, scales.x.getPixelForValue(band.to));
        if (right <= left) continue;
        ctx.fillStyle = index % 2 === 0 ? color('band') : 'transparent';
        ctx.fillRect(left, chartArea.top, right - left, chartArea.height);
        ctx.fillStyle = color('quiet');
        if (ctx.measureText(band.name).width < right - left - 4) {
          ctx.fillText(band.name, (left + right) / 2, chartArea.top - 4);
        }
      }
      ctx.restore();
    },
  };

  /** Dashed lines where something was broken and where that ended, with its name on the first line with room. */
  const faultBands = {
    id: 'faultBands',
    afterDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.font = `11px ${Chart.defaults.font.family}`;
      ctx.textBaseline = 'top';
      ctx.textAlign = 'left';
      const taken = [chartArea.left, chartArea.left, chartArea.left];
      for (const { name, from, to } of data.faults) {
        const left = Math.max(chartArea.left, scales.x.getPixelForValue(from));
        const right = Math.min(chartArea.right, scales.x.getPixelForValue(to));
        if (right <= left) continue;
        ctx.fillStyle = color('fault');
        ctx.fillRect(left, chartArea.top, right - left, chartArea.height);
        ctx.strokeStyle = color('fail');
        ctx.setLineDash([3, 3]);
        ctx.beginPath();
        for (const x of [left, right]) {
          ctx.moveTo(x, chartArea.top);
          ctx.lineTo(x, chartArea.bottom);
        }
        ctx.stroke();
        const label = `⚡ ${name}`;
        const width = ctx.measureText(label).width;
        const start = Math.min(left + 4, chartArea.right - width);
        const line = taken.findIndex((end) => end <= start);
        if (line === -1) continue;
        taken[line] = start + width + 8;
        ctx.fillStyle = color('fail');
        ctx.fillText(label, start, chartArea.top + 2 + 13 * line);
      }
      ctx.restore();
    },
  };

  /** Diagonal hatching, so that stacked bars differ without colour. */
  function hatched(stroke) {
    const tile = document.createElement('canvas');
    tile.width = 6;
    tile.height = 6;
    const context = tile.getContext('2d');
    context.strokeStyle = stroke;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(-1, 7);
    context.lineTo(7, -1);
    context.stroke();
    return context.createPattern(tile, 'repeat');
  }

  function curve(label, values, tone, options = {}) {
    return {
      label,
      data: values,
      borderColor: color(tone),
      backgroundColor: color(tone),
      borderWidth: 1.75,
      pointRadius: 0,
      pointHitRadius: 8,
      ...options,
    };
  }

  function yAxis(options = {}) {
    return {
      beginAtZero: true,
      grid: { color: color('line') },
      border: { display: false },
      ticks: { color: color('quiet'), maxTicksLimit: 6 },
      afterFit: (scale) => {
        scale.width = axisWidth;
      },
      ...options,
    };
  }

  const rightAxis = (options = {}) => yAxis({ position: 'right', grid: { display: false }, ...options });

  /** With point styles Chart.js forgets a curve's dashes, which tell curves apart without colour. */
  function dashedLabels(chart) {
    const labels = Chart.defaults.plugins.legend.labels.generateLabels(chart);
    return labels.map((label) => ({
      ...label,
      lineDash: chart.data.datasets[label.datasetIndex].borderDash ?? [],
    }));
  }

  /** All charts share one width of plot, so that one moment stands at one place. */
  function draw(id, type, datasets, scales) {
    const canvas = document.getElementById(`chart-${id}`);
    canvas.parentElement.hidden = false;
    const chart = new Chart(canvas, {
      type,
      data: { datasets },
      plugins: [phaseBands, faultBands],
      options: {
        animation: false,
        maintainAspectRatio: false,
        normalized: true,
        interaction: { mode: 'index', intersect: false },
        layout: { padding: { top: 18, right: scales.y1 ? 0 : axisWidth } },
        plugins: {
          legend: {
            position: 'bottom',
            labels: {
              color: color('ink'),
              usePointStyle: true,
              pointStyle: type === 'bar' ? 'rect' : 'line',
              pointStyleWidth: type === 'bar' ? 12 : 30,
              generateLabels: dashedLabels,
            },
          },
          tooltip: { callbacks: { title: ([item]) => (item ? clock(item.parsed.x) : '') } },
        },
        scales: {
          x: {
            type: 'linear',
            min: 0,
            max: data.endSecond,
            offset: false,
            grid: { display: false },
            ticks: {
              color: color('quiet'),
              callback: clock,
              maxRotation: 0,
              autoSkipPadding: 18,
              stepSize: step(data.endSecond),
              includeBounds: false,
            },
          },
          ...scales,
        },
      },
    });
    charts.push(chart);
  }

  /** A round step of the clock with at most some twelve ticks. */
  function step(seconds) {
    return [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800].find((size) => seconds / size <= 12) ?? 3600;
  }

  function drawLoad() {
    const { timeline } = data;
    draw(
      'load',
      'line',
      [
        curve('achieved requests/s', points(timeline, 'achievedPerSecond'), 'curve-1'),
        curve('planned requests/s', points(timeline, 'plannedPerSecond'), 'curve-quiet', {
          borderDash: [6, 4],
        }),
        curve('multiple of normal load, right axis', points(timeline, 'multiplier'), 'curve-2', {
          borderDash: [1, 3],
          yAxisID: 'y1',
        }),
      ],
      {
        y: yAxis({ grace: '12%' }),
        y1: rightAxis({
          grace: '12%',
          ticks: { color: color('quiet'), callback: (value) => `${value}x` },
        }),
      },
    );
  }

  function drawLatency() {
    const { timeline } = data;
    const roundTick = (value) => (/^[125]0*$/.test(String(value)) ? duration(value) : null);
    draw(
      'latency',
      'line',
      [
        curve('p50', points(timeline, 'p50Ms'), 'curve-1'),
        curve('p95', points(timeline, 'p95Ms'), 'curve-2', { borderDash: [6, 3] }),
        curve('p99', points(timeline, 'p99Ms'), 'curve-3', { borderDash: [2, 2] }),
      ],
      {
        y: yAxis({
          type: 'logarithmic',
          beginAtZero: false,
          max: 1.3 * Math.max(1, ...timeline.p99Ms),
          ticks: { color: color('quiet'), callback: roundTick },
        }),
      },
    );
  }

  function drawErrors() {
    const { timeline } = data;
    const bar = (label, key, tone, backgroundColor) => ({
      label,
      data: points(timeline, key),
      backgroundColor,
      borderColor: color(tone),
      borderWidth: 1,
      barPercentage: 1,
      categoryPercentage: 1,
      stack: 'bad',
    });
    draw(
      'errors',
      'bar',
      [
        bar('errors', 'errors', 'curve-3', color('curve-3')),
        bar('fall-backs', 'fallbacks', 'curve-2', hatched(color('curve-2'))),
        bar('dropped', 'dropped', 'curve-1', 'transparent'),
      ],
      { y: yAxis({ stacked: true, suggestedMax: 1, grace: '15%' }) },
    );
  }

  function drawGenerator() {
    const { generator } = data;
    draw(
      'generator',
      'line',
      [
        curve('k6, cores', points(generator, 'k6Cores'), 'curve-1'),
        curve('runner, cores', points(generator, 'runnerCores'), 'curve-2', { borderDash: [6, 3] }),
        curve('whole machine, cores', points(generator, 'machineBusyCores'), 'curve-quiet', {
          borderDash: [2, 2],
        }),
        curve('VUs in use, right axis', points(generator, 'vusInUse'), 'curve-3', {
          borderDash: [1, 3],
          yAxisID: 'y1',
        }),
      ],
      { y: yAxis({ grace: '12%' }), y1: rightAxis({ grace: '12%' }) },
    );
  }

  /** Three scales: load left, replicas right, latency only to be compared with itself (its figures stand in the tooltip). */
  function drawElasticity() {
    const { elasticity } = data;
    if (elasticity === undefined) return;
    draw(
      'elasticity',
      'line',
      [
        curve('multiple of normal load', points(elasticity, 'multiplier'), 'curve-2', { borderDash: [1, 3] }),
        curve('replicas, right axis', points(elasticity, 'replicas'), 'curve-1', {
          stepped: true,
          yAxisID: 'y1',
        }),
        curve('p99 in ms, own scale', points(elasticity, 'p99Ms'), 'curve-3', {
          borderDash: [2, 2],
          yAxisID: 'latency',
        }),
      ],
      {
        y: yAxis({
          grace: '12%',
          ticks: { color: color('quiet'), callback: (value) => `${value}x` },
        }),
        y1: rightAxis({ grace: '12%' }),
        latency: { display: false, beginAtZero: true, grace: '12%' },
      },
    );
  }

  function drawAll() {
    for (const chart of charts) chart.destroy();
    charts = [];
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const drawOne of [drawElasticity, drawLoad, drawLatency, drawErrors, drawGenerator]) drawOne();
  }

  /** A link to a service opens it. */
  function openTarget() {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.tagName === 'DETAILS') target.open = true;
  }

  addEventListener('hashchange', openTarget);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);

  // A printed page has no details to open and a width of its own.
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details.service:not([open])')];
    for (const details of opened) details.open = true;
    root.classList.add('printing');
    drawAll();
    for (const chart of charts) chart.resize(printWidth, 240);
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    root.classList.remove('printing');
    drawAll();
  });

  openTarget();
  drawAll();
})();
