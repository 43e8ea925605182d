'use strict';

// A small Express application as people deploy it: helmet, compression, express-rate-limit, and
// Node's own keep-alive (KEEP_ALIVE=ms in the environment for another). It listens on a free port
// of 127.0.0.1 and prints {"port"} when it is ready.

const compression = require('compression');
const express = require('express');
const helmet = require('helmet');
const { rateLimit } = require('express-rate-limit');

const app = express();
app.use(helmet());
app.use(compression({ threshold: 200 }));
app.use(rateLimit({ windowMs: 15 * 60 * 1000, limit: 5000, standardHeaders: 'draft-8', legacyHeaders: false }));
app.use(express.json());

const record = (id, body) => ({ id: String(id), address: '1 Sample St', list_price: 1, ...body });
let created = 0;

app.post('/v1/listings', (request, response) => {
  created += 1;
  response.status(201).json({ success: true, data: record(created, request.body) });
});
app.get('/v1/listings', (request, response) => {
  const listings = Array.from({ length: 20 }, (_, number) => record(number));
  const meta = { page: 1, limit: 20, total: 20, totalPages: 1, hasMore: false };
  response.json({ success: true, data: { listings, meta } });
});
app.delete('/v1/listings/:id', (request, response) => response.status(204).end());
app.use((request, response) => {
  const error = { code: 'NOT_FOUND', message: `No route ${request.path}` };
  response.status(404).json({ success: false, error });
});

const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port }));
});
if (process.env.KEEP_ALIVE) server.keepAliveTimeout = Number(process.env.KEEP_ALIVE);
