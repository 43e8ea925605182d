'use strict';

// A small Express back end, documented by swagger-jsdoc: the other side of the first pull.
// It listens on a free port of 127.0.0.1, and prints {"port", "key", "token"} when it is ready.

const path = require('node:path');

const express = require('express');
const swaggerJsdoc = require('swagger-jsdoc');

const { KEY, TOKEN } = require('./access');
const { fail } = require('./answers');
const definition = require('./definition');

const GROUPS = [
  'api-keys', 'appointments', 'auth', 'billing', 'clients', 'contacts', 'escrows', 'leads',
  'listings', 'webhooks',
];

const apis = [path.join(__dirname, 'schemas.js'), path.join(__dirname, 'routes', '*.js')];
const document = swaggerJsdoc({ definition, apis, failOnErrors: true });

const v1 = express.Router();
v1.get('/openapi.json', (request, response) => response.json(document));
for (const group of GROUPS) v1.use(`/${group}`, require(`./routes/${group}`));

const app = express();
app.use(express.json());
app.use('/v1', v1);
app.use((request, response) => fail(response, 404, 'NOT_FOUND', `No route ${request.path}`));

const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port, key: KEY, token: TOKEN }));
});
