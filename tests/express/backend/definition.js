'use strict';

// What is not beside a route: servers, credentials, shared parameters and responses.

const errorSchema = (code, message) => ({
  type: 'object',
  properties: {
    success: { type: 'boolean', example: false },
    error: {
      type: 'object',
      properties: {
        code: { type: 'string', example: code },
        message: { type: 'string', example: message },
      },
    },
  },
});

const error = (description, code, message = description) => ({
  description,
  content: { 'application/json': { schema: errorSchema(code, message) } },
});

module.exports = {
  openapi: '3.0.0',
  info: {
    title: 'ActuallyCare API',
    version: '1.0.0',
    description: '# Rehearsal\n\nA stand-in with the annotations of an Express back end.',
    contact: { name: 'ActuallyCare Support', url: 'https://www.actuallycare.com' },
  },
  servers: [
    { url: 'https://api.actuallycare.com/v1', description: 'Production server' },
    { url: 'http://localhost:3001/v1', description: 'Development server' },
  ],
  components: {
    securitySchemes: {
      bearerAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
    },
    responses: {
      UnauthorizedError: error('Authentication required', 'NO_AUTH_TOKEN'),
      NotFoundError: error('Resource not found', 'NOT_FOUND'),
      ValidationError: error('Invalid request data', 'VALIDATION_ERROR'),
      ServerError: error('Internal server error', 'SERVER_ERROR'),
    },
    parameters: {
      pageParam: {
        name: 'page',
        in: 'query',
        description: 'Page number for pagination',
        schema: { type: 'integer', minimum: 1, default: 1 },
      },
      limitParam: {
        name: 'limit',
        in: 'query',
        description: 'Number of items per page',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
      },
      idParam: {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string', format: 'uuid' },
      },
    },
    schemas: {
      Person: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          email: { type: 'string', format: 'email' },
          phone: { type: 'string' },
        },
      },
      Agent: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          email: { type: 'string', format: 'email' },
          phone: { type: 'string' },
          license: { type: 'string' },
          brokerage: { type: 'string' },
        },
      },
      SuccessResponse: {
        type: 'object',
        properties: {
          success: { type: 'boolean', example: true },
          timestamp: { type: 'string', format: 'date-time' },
        },
      },
      ErrorResponse: errorSchema('NOT_FOUND', 'Resource not found'),
      PaginatedResponse: {
        type: 'object',
        properties: {
          success: { type: 'boolean', example: true },
          data: { type: 'array', items: { type: 'object' } },
          pagination: {
            type: 'object',
            properties: {
              page: { type: 'integer', example: 1 },
              limit: { type: 'integer', example: 20 },
              total: { type: 'integer', example: 57 },
              pages: { type: 'integer', example: 3 },
            },
          },
        },
      },
    },
    'x-business-rules': {
      listing: 'active, then pending, then sold',
      lead: 'a converted lead does not change any more',
    },
  },
  security: [{ bearerAuth: [] }, { apiKey: [] }],
};
