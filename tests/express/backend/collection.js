'use strict';

// Handlers over one table of the store.

const { fail, send } = require('./answers');

const missing = (response) => fail(response, 404, 'NOT_FOUND', 'Resource not found');

/** A page of the records that match the filters, with `pagination` beside `data`. */
const list = (table) => (request, response) => {
  const { page: pageText, limit: limitText, ...filters } = request.query;
  const page = Number(pageText ?? 1);
  const limit = Number(limitText ?? 20);
  if (!(page >= 1) || !(limit >= 1 && limit <= 100)) {
    return fail(response, 400, 'VALIDATION_ERROR', 'page or limit is out of range');
  }
  const found = table.records.filter((record) => matches(record, filters));
  const data = found.slice((page - 1) * limit, page * limit);
  const pages = Math.ceil(found.length / limit);
  return response.json({
    success: true,
    data,
    pagination: { page, limit, total: found.length, pages },
  });
};

/** A filter that no record has is ignored, as Express back ends do. */
const matches = (record, filters) =>
  Object.entries(filters).every(([name, value]) => !(name in record) || record[name] === value);

const all = (table) => (request, response) => send(response, table.records);

const search = (table) => (request, response) => {
  const words = String(request.query.q ?? '').toLowerCase();
  const found = table.records.filter(({ first_name: first, last_name: last }) =>
    `${first} ${last}`.toLowerCase().includes(words),
  );
  send(response, { contacts: found });
};

const get = (table) => (request, response) => {
  const record = table.find(request.params.id);
  return record ? send(response, record) : missing(response);
};

const create = (table, more = () => ({})) => (request, response) =>
  send(response, { ...table.add(request.body ?? {}), ...more() }, 201);

/** Change a record; a `version` that is not the current one is a conflict. */
const update = (table) => (request, response) => {
  const record = table.find(request.params.id);
  if (!record) return missing(response);
  const { version, ...fields } = request.body ?? {};
  if (version !== undefined && version !== record.version) {
    const versions = { currentVersion: record.version, attemptedVersion: version };
    return fail(response, 409, 'VERSION_CONFLICT', 'The record has changed', versions);
  }
  return send(response, Object.assign(record, fields, { version: record.version + 1 }));
};

const set = (table, fields) => (request, response) => {
  const record = table.find(request.params.id);
  return record ? send(response, Object.assign(record, fields)) : missing(response);
};

const done = (table, fields) => (request, response) => {
  const record = table.find(request.params.id);
  if (!record) return missing(response);
  Object.assign(record, fields);
  return response.json({ success: true, message: 'Done' });
};

const remove = (table) => (request, response) => {
  if (!table.find(request.params.id)) return missing(response);
  table.remove(request.params.id);
  return response.json({ success: true, message: 'Deleted' });
};

module.exports = { all, create, done, get, list, remove, search, set, update };
