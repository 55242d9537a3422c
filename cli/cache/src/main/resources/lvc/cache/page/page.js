// Shows what a cache serves. Talks to /v2 only. What comes from the cache is put into the page as text, never as markup.

const PAGE = 100;
const SAMPLES = 120;
const MOST_CHARTS = 64;
const LONG = 200;
const POLL = 1000;
const AGAIN = 2000;
const ANSWER = 5000;
const MARKED = 2000;
const SHOWN_EVERY = 150;
const MOST_WAITING = 1000;
const EXPLAINED = {
  'catching-up': 'The topic is read for the first time. Values are shown when all of it was read.',
  resyncing: 'The last good values are shown until the topic that is there now can take over',
  disconnected: 'The brokers do not answer. Shown is what they said last',
  unknown: 'The cache does not answer. Shown is what it said last',
};

const byId = id => document.getElementById(id);
const encoder = new TextEncoder();

let token = '';
let topics = [];
let selected = '';
let shown = null; // the listing on the page, see list()
const rates = new Map(); // by topic: what its partitions did lately

// ---- asking the cache

function ask(path, options = {}) {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return fetch(path, { ...options, headers, cache: 'no-store' });
}

async function refused(answer) {
  if (answer.status === 401) {
    byId('access').open = true;
    return 'this cache wants a token';
  }
  try {
    const said = await answer.json();
    return `${said.error}: ${said.why}`;
  } catch {
    return `the cache answered ${answer.status}`;
  }
}

function say(id, text) {
  const at = byId(id);
  if (at.textContent !== text) {
    at.textContent = text;
  }
}

// ---- topics, once a second

async function poll() {
  if (!document.hidden) {
    try {
      const answer = await ask('v2/topics', { signal: AbortSignal.timeout(ANSWER) });
      if (answer.ok) {
        topics = (await answer.json()).topics;
        say('connection', topics.length ? 'connected' : 'this cache serves no topic');
        topics.forEach(measure);
        showTopics();
      } else {
        say('connection', await refused(answer));
      }
    } catch {
      say('connection', 'the cache does not answer');
      topics = topics.map(topic => ({ ...topic, freshness: 'unknown', since: '', why: '' }));
      showTopics();
    }
  }
  setTimeout(poll, POLL);
}

function parsed(position) {
  const at = position.lastIndexOf('@');
  const offsets = new Map();
  for (const part of position.slice(0, at).split(',').filter(Boolean)) {
    const [partition, offset] = part.split(':').map(Number);
    offsets.set(partition, offset);
  }
  return { offsets, incarnation: position.slice(at + 1) };
}

function measure(topic) {
  const { offsets, incarnation } = parsed(topic.position);
  const now = performance.now();
  let was = rates.get(topic.topic);
  if (!was || was.incarnation !== incarnation) {
    was = { incarnation, offsets: new Map(), at: now, history: new Map() };
    rates.set(topic.topic, was);
  }
  const seconds = (now - was.at) / 1000;
  for (const [partition, offset] of offsets) {
    const history = was.history.get(partition) ?? [];
    if (seconds > 0) {
      history.push(Math.max(0, offset - (was.offsets.get(partition) ?? offset)) / seconds);
      history.splice(0, history.length - SAMPLES);
    }
    was.history.set(partition, history);
  }
  was.offsets = offsets;
  was.at = now;
}

// ---- what is said about topics

function showTopics() {
  if (!topics.some(topic => topic.topic === selected) && topics.length) {
    select(fromAddress() ?? topics[0].topic);
  }
  const list = byId('topics');
  keep(list, topics.map(topic => topic.topic), newTopicLink);
  topics.forEach((topic, i) => {
    const link = list.children[i].firstChild;
    link.toggleAttribute('aria-current', topic.topic === selected);
    badge(link.lastChild, topic);
  });
  const topic = topics.find(each => each.topic === selected);
  byId('main').hidden = !topic;
  if (topic) {
    showTopic(topic);
  }
}

/** Makes the children of a list be those of some names, and leaves those alone that are there: focus stays where it is. */
function keep(list, names, make) {
  const there = new Map([...list.children].map(child => [child.dataset.name, child]));
  names.forEach((name, i) => {
    let child = there.get(String(name));
    if (!child) {
      child = make(name);
      child.dataset.name = name;
    }
    if (list.children[i] !== child) {
      list.insertBefore(child, list.children[i] ?? null);
    }
    there.delete(String(name));
  });
  there.forEach(child => child.remove());
}

function element(name, text = '', className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function newTopicLink(name) {
  const link = element('a', name);
  link.href = `#${encodeURIComponent(name)}`;
  link.append(element('span'));
  const item = element('li');
  item.append(link);
  return item;
}

function badge(at, topic) {
  at.className = `badge ${topic.freshness}`;
  if (at.textContent !== topic.freshness) {
    at.textContent = topic.freshness;
  }
}

function showTopic(topic) {
  say('topic-title', topic.topic);
  badge(byId('freshness'), topic);
  say('keys', topic.keys.toLocaleString());
  say('incarnation', parsed(topic.position).incarnation || 'not told by the brokers');
  showBanner(topic);
  showPartitions(rates.get(topic.topic));
  if (topic.ready && !shown) {
    list();
  }
}

function showBanner(topic) {
  const words = EXPLAINED[topic.freshness];
  const since = topic.since ? ` (since ${new Date(topic.since).toLocaleTimeString()})` : '';
  const why = topic.why ? `: ${topic.why}` : '';
  say('banner', words ? `${words}${why}${since}` : '');
  byId('banner').className = topic.freshness;
  byId('banner').hidden = !words;
}

function showPartitions(rate) {
  const partitions = [...rate.offsets.keys()];
  const latest = partition => rate.history.get(partition)?.at(-1) ?? 0;
  say('rate', number(partitions.reduce((sum, partition) => sum + latest(partition), 0)));
  const body = byId('partitions');
  keep(body, partitions.slice(0, MOST_CHARTS), newPartitionRow);
  for (const row of body.children) {
    const partition = Number(row.dataset.name);
    row.children[1].textContent = rate.offsets.get(partition).toLocaleString();
    row.children[2].textContent = number(latest(partition));
    draw(row.querySelector('svg'), partition, rate.history.get(partition));
  }
}

function number(rate) {
  return rate.toLocaleString(undefined, { maximumFractionDigits: rate < 10 ? 1 : 0 });
}

function newPartitionRow(partition) {
  const row = element('tr');
  const head = element('th', partition);
  head.scope = 'row';
  const chart = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  chart.setAttribute('class', 'chart');
  chart.setAttribute('role', 'img');
  chart.setAttribute('viewBox', `0 0 ${SAMPLES} 20`);
  chart.setAttribute('preserveAspectRatio', 'none');
  chart.append(document.createElementNS('http://www.w3.org/2000/svg', 'polyline'));
  const cell = element('td');
  cell.append(chart);
  row.append(head, element('td', '', 'number'), element('td', '', 'number'), cell);
  return row;
}

function draw(chart, partition, history) {
  const most = Math.max(1, ...history);
  const first = SAMPLES - history.length;
  const points = history.map((rate, i) => `${first + i},${19 - (18 * rate) / most}`);
  chart.firstChild.setAttribute('points', points.join(' '));
  chart.setAttribute('aria-label', `partition ${partition}: at most ${number(most)} records a second lately`);
}

// ---- values: a listing, then what changes in it

function select(topic) {
  selected = topic;
  byId('search').value = '';
  begin('');
}

/** Shows the keys after one, of those that begin as is asked for. */
function begin(after) {
  shown?.stop.abort();
  shown = null;
  byId('rows').replaceChildren();
  say('found', '');
  list(after);
}

async function list(after = '') {
  const topic = topics.find(each => each.topic === selected);
  if (!topic?.ready) {
    return;
  }
  const listing = {
    path: `v2/topics/${encodeURIComponent(selected)}`,
    prefix: byId('search').value,
    after,
    more: false,
    rows: [],
    waiting: new Map(), // what changed since the rows were last touched, by key
    stop: new AbortController(),
  };
  shown = listing;
  try {
    await load(listing);
    for (;;) {
      await follow(listing);
      await load(listing);
    }
  } catch (problem) {
    if (shown === listing) {
      // What fetch itself has to say is the browser's, and different in each.
      say('found', problem instanceof TypeError ? 'the cache does not answer; asking again' : problem.message);
      setTimeout(() => shown === listing && again(after), AGAIN);
    }
  }
}

/** Lists once more; what is shown stays until there is something to show in its place. */
function again(after) {
  shown = null;
  list(after);
}

async function load(listing) {
  const query = new URLSearchParams({ prefix: listing.prefix, after: listing.after, limit: PAGE });
  // A plus would be a plus.
  const path = `${listing.path}/values?${query.toString().replaceAll('+', '%20')}`;
  const answer = await ask(path, { signal: listing.stop.signal });
  if (!answer.ok) {
    throw new Error(await refused(answer));
  }
  const found = (await answer.text()).split('\n').filter(Boolean).map(line => JSON.parse(line));
  listing.position = answer.headers.get('lvc-position');
  listing.more = found.length === PAGE;
  listing.rows = [];
  listing.waiting.clear();
  byId('rows').replaceChildren();
  found.forEach(entry => put(listing, entry, false));
  announce(listing);
  buttons(listing);
}

/** Said once for a listing: whoever listens to the page is not told of every key that comes and goes. */
function announce(listing) {
  const keys = listing.rows.length;
  const some = listing.more ? `the first ${keys} keys` : `${keys} ${keys === 1 ? 'key' : 'keys'}`;
  const which = listing.prefix ? ` beginning with “${listing.prefix}”` : '';
  say('found', `${some}${which}${listing.after ? ` after “${listing.after}”` : ''}`);
}

function buttons(listing) {
  byId('next').disabled = !listing.more || !listing.rows.at(-1)?.entry.key;
  byId('first').disabled = !listing.after;
}

/** Returns when the listing has to be read again. */
async function follow(listing) {
  const query = new URLSearchParams({ prefix: listing.prefix, 'last-event-id': listing.position });
  const path = `${listing.path}/changes?${query.toString().replaceAll('+', '%20')}`;
  const answer = await ask(path, { signal: listing.stop.signal });
  if (!answer.ok) {
    throw new Error(await refused(answer));
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const events = (rest + part.value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      if (!take(listing, fields(event))) {
        await reader.cancel();
        return;
      }
    }
  }
  throw new Error('the cache ended the stream; asking again');
}

function fields(event) {
  const found = { event: '', data: '' };
  for (const line of event.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      found[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
    }
  }
  return found;
}

/** Returns false when the cache cannot say what changed. */
function take(listing, { event, data }) {
  if (event === 'value' || event === 'delete') {
    const entry = JSON.parse(data);
    if (listing.waiting.size === 0) {
      setTimeout(() => shown === listing && touch(listing), SHOWN_EVERY);
    }
    listing.waiting.set(entry.key ?? `base64 ${entry.keyBase64}`, { event, entry });
    if (listing.waiting.size > MOST_WAITING) {
      touch(listing);
    }
  }
  return event !== 'resync' && event !== 'snapshot-begin';
}

/** Of a key that changed often in between only the newest value is shown. */
function touch(listing) {
  for (const { event, entry } of listing.waiting.values()) {
    if (event === 'value') {
      put(listing, entry, true);
    } else {
      remove(listing, entry);
    }
  }
  listing.waiting.clear();
  buttons(listing);
}

// ---- rows, in the order of the bytes of their keys

function bytes(entry) {
  return entry.key === undefined
    ? Uint8Array.from(atob(entry.keyBase64), letter => letter.charCodeAt(0))
    : encoder.encode(entry.key);
}

function compare(one, other) {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) {
    if (one[i] !== other[i]) {
      return one[i] - other[i];
    }
  }
  return one.length - other.length;
}

/** Where a key is, or belongs. */
function place(listing, key) {
  let low = 0;
  let high = listing.rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(listing.rows[middle].key, key) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return { at: low, there: low < listing.rows.length && compare(listing.rows[low].key, key) === 0 };
}

function put(listing, entry, changed) {
  const key = bytes(entry);
  const { at, there } = place(listing, key);
  if (there) {
    listing.rows[at].entry = entry;
    fill(listing.rows[at].row, entry);
  } else if (compare(key, encoder.encode(listing.after)) > 0 || !listing.after) {
    if (at === PAGE) {
      listing.more = true;
      return;
    }
    const row = newRow(entry);
    byId('rows').insertBefore(row, listing.rows[at]?.row ?? null);
    listing.rows.splice(at, 0, { key, entry, row });
    if (listing.rows.length > PAGE) {
      listing.rows.pop().row.remove();
      listing.more = true;
    }
  } else {
    return;
  }
  if (changed) {
    mark(listing.rows[at].row);
  }
}

function remove(listing, entry) {
  const { at, there } = place(listing, bytes(entry));
  if (there) {
    const [{ row }] = listing.rows.splice(at, 1);
    row.className = 'gone';
    setTimeout(() => row.remove(), MARKED);
  }
}

function mark(row) {
  clearTimeout(Number(row.dataset.mark));
  row.className = '';
  requestAnimationFrame(() => (row.className = 'changed'));
  row.dataset.mark = setTimeout(() => (row.className = ''), MARKED);
}

function newRow(entry) {
  const row = element('tr');
  const head = element('th', entry.key ?? entry.keyBase64, entry.key === undefined ? 'encoded' : '');
  head.scope = 'row';
  row.append(head, element('td'), element('td', '', 'number'), element('td', '', 'number'), element('td'));
  fill(row, entry);
  return row;
}

function fill(row, entry) {
  const [, value, partition, offset, time] = row.children;
  const text = entry.value ?? entry.valueBase64;
  value.className = entry.value === undefined ? 'encoded' : '';
  if (text.length > LONG) {
    const long = element('details');
    long.open = value.firstElementChild?.open ?? false;
    long.append(element('summary', `${text.slice(0, LONG)}…`), element('div', text));
    value.replaceChildren(long);
  } else {
    value.textContent = text;
  }
  partition.textContent = entry.partition;
  offset.textContent = entry.offset;
  time.textContent = new Date(entry.timestamp).toLocaleString();
}

// ---- what people do

function fromAddress() {
  const name = decodeURIComponent(location.hash.slice(1));
  return topics.some(topic => topic.topic === name) ? name : undefined;
}

addEventListener('hashchange', () => {
  const name = fromAddress();
  if (name) {
    select(name);
    showTopics();
  }
});

let typing = 0;
byId('search').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => begin(''), 200);
});
byId('search-form').addEventListener('submit', event => {
  event.preventDefault();
  begin('');
});
byId('first').addEventListener('click', () => begin(''));
byId('next').addEventListener('click', () => begin(shown.rows.at(-1).entry.key));
byId('access-form').addEventListener('submit', event => {
  event.preventDefault();
  token = byId('token').value;
  byId('token').value = '';
  byId('access').open = false;
  if (selected) {
    begin('');
  }
});

poll();
