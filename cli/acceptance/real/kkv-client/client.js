// Uses the published client of kafka-keyvalue as its readme says, and says on standard output what it sees, a JSON line each.
// Begins with the port that it can be told of updates at; then wants the address of the cache and a topic on standard input.
const express = require('express');
const promClient = require('prom-client');
const readline = require('readline');
const { default: KafkaKeyValue, getOnUpdateRoute, ON_UPDATE_DEFAULT_PATH } = require('@yolean/kafka-keyvalue');

const say = (what, more) => process.stdout.write(JSON.stringify({ what, ...more }) + '\n');
const app = express();
app.post(ON_UPDATE_DEFAULT_PATH, getOnUpdateRoute());
const server = app.listen(0, '127.0.0.1', () => say('listening', { port: server.address().port, path: ON_UPDATE_DEFAULT_PATH }));

const lines = readline.createInterface({ input: process.stdin });
lines.once('line', async (line) => {
  const { cacheHost, topicName, key } = JSON.parse(line);
  const metrics = KafkaKeyValue.createMetrics(promClient.Counter, promClient.Gauge, promClient.Histogram);
  const cache = new KafkaKeyValue({ cacheHost, topicName, metrics });
  cache.onUpdate((updated, value) => say('update', { key: updated, value }));
  await cache.onReady();
  say('ready', {});
  say('got', { key, value: await cache.get(key) });
  const values = [];
  await cache.streamValues((value) => values.push(value));
  say('values', { values });
  await cache.get('there is no such key').catch((error) => say('not-found', { notFound: error.notFound === true }));
});
lines.on('close', () => process.exit(0));
