/* Draws charts and flame graph of a profile's report.html, after Chart.js; the page is whole without it. */
(() => {
  const { Chart } = globalThis;
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  let charts = [];

  const color = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
  const duration = (ms) => (ms >= 1000 ? `${number.format(ms / 1000)} s` : `${number.format(ms)} ms`);

  function axis(title, options = {}) {
    return {
      title: { display: true, text: title, color: color('quiet') },
      grid: { color: color('line') },
      border: { display: false },
      ...options,
      ticks: { color: color('quiet'), maxTicksLimit: 8, ...options.ticks },
    };
  }

  function curve(label, points, tone, options = {}) {
    const stroke = color(tone);
    return {
      label,
      data: points,
      borderColor: stroke,
      backgroundColor: stroke,
      borderWidth: 1.75,
      ...options,
    };
  }

  function draw(id, datasets, scales, plugins = []) {
    const canvas = document.getElementById(`chart-${id}`);
    if (!canvas) return;
    canvas.parentElement.hidden = false;
    charts.push(
      new Chart(canvas, {
        type: 'line',
        data: { datasets },
        plugins,
        options: {
          animation: false,
          maintainAspectRatio: false,
          interaction: { mode: 'nearest', intersect: false },
          plugins: {
            legend: {
              position: 'bottom',
              labels: { color: color('ink'), usePointStyle: true, pointStyle: 'line' },
            },
          },
          scales,
        },
      }),
    );
  }

  /** A bar from the lower to the upper bound of each step. */
  const intervals = {
    id: 'intervals',
    afterDatasetsDraw({ ctx, scales: { x, y } }) {
      ctx.save();
      ctx.strokeStyle = color('curve-1');
      ctx.lineWidth = 1.5;
      for (const { connections, low, high } of data.steps) {
        if (low === undefined || high === undefined) continue;
        const at = x.getPixelForValue(connections);
        const [from, to] = [y.getPixelForValue(low), y.getPixelForValue(high)];
        ctx.beginPath();
        for (const edge of [from, to]) {
          ctx.moveTo(at - 5, edge);
          ctx.lineTo(at + 5, edge);
        }
        ctx.moveTo(at, from);
        ctx.lineTo(at, to);
        ctx.stroke();
      }
      ctx.restore();
    },
  };

  function drawThroughput() {
    const points = data.steps.map(({ connections, value }) => ({ x: connections, y: value }));
    const highest = Math.max(...data.steps.map(({ value, high = value }) => high));
    draw(
      'throughput',
      [
        curve('measured', points, 'curve-1', { pointRadius: 3 }),
        curve('Universal Scalability Law', data.law, 'curve-quiet', { pointRadius: 0, borderDash: [6, 4] }),
      ],
      {
        x: axis('connections', {
          type: 'logarithmic',
          ticks: { callback: String, autoSkip: false, maxRotation: 0 },
          afterBuildTicks: (scale) => {
            scale.ticks = data.steps.map(({ connections }) => ({ value: connections }));
          },
        }),
        y: axis('requests/s', { beginAtZero: true, grace: '8%', suggestedMax: highest }),
      },
      [intervals],
    );
  }

  function drawRates() {
    const of = (key) => data.rates.map((run) => ({ x: run.perSecond, y: run[key] }));
    const round = (value) => (/^[125]0*$|^0\.0*[125]$/.test(String(value)) ? duration(value) : null);
    draw(
      'rates',
      [
        curve('p50', of('p50'), 'curve-1', { pointRadius: 3 }),
        curve('p95', of('p95'), 'curve-2', { pointRadius: 3, borderDash: [6, 3] }),
        curve('p99', of('p99'), 'curve-3', { pointRadius: 3, borderDash: [2, 2] }),
        curve('maximum', of('max'), 'curve-quiet', { pointRadius: 3, borderDash: [1, 3] }),
      ],
      {
        x: axis('requests/s', { type: 'linear', grid: { display: false } }),
        y: axis('latency', { type: 'logarithmic', ticks: { callback: round } }),
      },
    );
  }

  function drawHeap() {
    const points = data.heap.map(({ requests, usedBytes }) => ({ x: requests, y: usedBytes / 1e6 }));
    draw('heap', [curve('used after collection', points, 'curve-1', { pointRadius: 3 })], {
      x: axis('requests', { type: 'linear', grid: { display: false } }),
      y: axis('MB', { grace: '20%' }),
    });
  }

  const namespace = 'http://www.w3.org/2000/svg';
  const rowHeight = 20;
  const flame = document.getElementById('flame');
  const told = document.getElementById('flame-told');
  const find = document.getElementById('flame-find');
  const reset = document.getElementById('flame-reset');
  let shown = data.flame;

  function element(name, attributes) {
    const made = document.createElementNS(namespace, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function kindOf({ file }) {
    if (file === '') return 'engine';
    if (file.startsWith('node:')) return 'node';
    return file.includes('/node_modules/') ? 'dependency' : 'own';
  }

  function describe({ name, file, line, samples }) {
    const share = ((100 * samples) / data.flame.samples).toFixed(1);
    return `${name}${file ? ` ${file}:${line}` : ''}, ${share} % of the busy time`;
  }

  /** Boxes are as wide as their time, callers above what they call; text is cut where its box ends. */
  function box(node, x, width, depth, chain) {
    const group = element('svg', { x: `${x}%`, y: depth * rowHeight, width: `${width}%`, height: rowHeight });
    const wanted = find.value.trim().toLowerCase();
    const isFound = wanted === '' || `${node.name} ${node.file}`.toLowerCase().includes(wanted);
    group.setAttribute('class', `${kindOf(node)}${isFound ? '' : ' dim'}`);
    group.setAttribute('tabindex', '0');
    group.setAttribute('role', 'button');
    group.setAttribute('aria-label', describe(node));
    group.append(element('rect', { width: '100%', height: rowHeight, rx: 2 }));
    if (width > 2) {
      const text = element('text', { x: 5, y: rowHeight / 2 });
      text.textContent = node.name;
      group.append(text);
    }
    const tell = () => {
      told.textContent = describe(node);
    };
    const zoom = () => {
      shown = node;
      drawFlame();
      flame.querySelector('[tabindex]')?.focus();
    };
    group.addEventListener('mouseenter', tell);
    group.addEventListener('focus', tell);
    group.addEventListener('click', zoom);
    group.addEventListener('keydown', ({ key }) => {
      if (key === 'Enter') zoom();
      if (key === 'Escape') showAll();
    });
    chain.push(group);
    let left = x;
    let rows = depth + 1;
    for (const child of node.children) {
      const own = (width * child.samples) / node.samples;
      if (own >= 0.15) rows = Math.max(rows, box(child, left, own, depth + 1, chain));
      left += own;
    }
    return rows;
  }

  function drawFlame() {
    if (!flame || !data.flame) return;
    const boxes = [];
    const rows = box(shown, 0, 100, 0, boxes);
    const picture = element('svg', { height: rows * rowHeight });
    picture.append(...boxes);
    flame.replaceChildren(picture);
    flame.hidden = false;
    reset.hidden = shown === data.flame;
  }

  function showAll() {
    shown = data.flame;
    drawFlame();
  }

  function drawAll() {
    for (const chart of charts) chart.destroy();
    charts = [];
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const drawOne of [drawThroughput, drawRates, drawHeap]) drawOne();
  }

  reset?.addEventListener('click', showAll);
  find?.addEventListener('input', drawFlame);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  drawAll();
  drawFlame();
})();
