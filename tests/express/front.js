'use strict';

// The sandbox (BACKEND in the environment) behind Express as people deploy it. Statuses and bodies
// are the sandbox's; compression, ETags, the RateLimit headers, helmet's headers and the keep-alive
// of 5 s are those of Express and Node. It prints {"port"} when it is ready.

const http = require('node:http');
const compression = require('compression');
const express = require('express');
const helmet = require('helmet');
const { rateLimit } = require('express-rate-limit');

const backend = new URL(process.env.BACKEND);
const KEPT = ['allow', 'content-type', 'retry-after', 'set-cookie'];

const app = express();
app.use(helmet());
app.use(compression({ threshold: 200 }));
app.use(rateLimit({ windowMs: 15 * 60 * 1000, limit: 1e6, standardHeaders: 'draft-8', legacyHeaders: false }));
app.use(express.raw({ type: () => true, limit: '10mb' }));

app.use((request, response, next) => {
  const headers = { ...request.headers, host: backend.host };
  delete headers.connection;
  delete headers['accept-encoding'];
  const options = { method: request.method, path: request.originalUrl, headers };
  const forwarded = http.request(backend, options, async (answer) => {
    const chunks = [];
    for await (const chunk of answer) chunks.push(chunk);
    for (const name of KEPT) if (answer.headers[name]) response.set(name, answer.headers[name]);
    response.status(answer.statusCode).send(Buffer.concat(chunks));
  });
  forwarded.on('error', next);
  forwarded.end(Buffer.isBuffer(request.body) ? request.body : undefined);
});

const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port }));
});
