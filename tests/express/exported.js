// Print the document that a module exports as `spec`. The module comes on standard input; it is
// evaluated without require, network and files: only what it writes down itself is there.
'use strict';

const fs = require('node:fs');
const vm = require('node:vm');

const exported = {};
const context = { exports: exported, require: () => ({}) };
vm.runInNewContext(fs.readFileSync(0, 'utf8'), context, { timeout: 10_000 });
process.stdout.write(JSON.stringify(exported.spec));
