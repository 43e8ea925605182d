// Print the OpenAPI document that swagger-jsdoc makes of annotated files, as a back end would serve it.
// node annotations.js VERSION GLOB… — reads comments only; no file that is read is run.
'use strict';

const swaggerJsdoc = require('swagger-jsdoc');

const [version, ...apis] = process.argv.slice(2);
const definition = { openapi: version, info: { title: 'Annotations', version: '1.0.0' } };
process.stdout.write(JSON.stringify(swaggerJsdoc({ definition, apis, failOnErrors: false })));
