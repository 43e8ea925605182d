'use strict';

// The envelope of every answer.

const fail = (response, status, code, message, more = {}) =>
  response.status(status).json({ success: false, error: { code, message, ...more } });

const send = (response, data, status = 200) =>
  response.status(status).json({ success: true, data, timestamp: new Date().toISOString() });

/** A handler that answers with what `of` makes of the request. */
const give = (of, status = 200) => (request, response) => send(response, of(request), status);

/** A handler that answers with a message only. */
const done = (message) => (request, response) => response.json({ success: true, message });

module.exports = { done, fail, give, send };
