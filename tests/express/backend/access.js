'use strict';

const { fail } = require('./answers');

const KEY = 'ab'.repeat(32);
const TOKEN = 'header.payload.signature';

/** Let a request pass that has the key or the token. */
function signedIn(request, response, next) {
  const bearer = request.get('Authorization') === `Bearer ${TOKEN}`;
  if (bearer || request.get('X-API-Key') === KEY) return next();
  return fail(response, 401, 'NO_AUTH_TOKEN', 'No authentication token provided');
}

module.exports = { KEY, TOKEN, signedIn };
