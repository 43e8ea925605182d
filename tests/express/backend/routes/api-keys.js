'use strict';

const express = require('express');

const { signedIn } = require('../access');
const collection = require('../collection');
const store = require('../store');

const router = express.Router();

/**
 * @openapi
 * /api-keys:
 *   get:
 *     summary: List API keys
 *     description: Returns list of API keys for authenticated user (keys are masked)
 *     operationId: listApiKeys
 *     tags: [API Keys]
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: API keys retrieved successfully
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   items: {$ref: '#/components/schemas/ApiKey'}
 *                   type: array
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/', signedIn, collection.all(store.apiKeys));

/**
 * @openapi
 * /api-keys:
 *   post:
 *     summary: Create new API key
 *     description: Generates a new API key for authenticated user. Key is only shown once.
 *     operationId: createApiKey
 *     tags: [API Keys]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               expiresInDays: {description: 'Number of days until expiration (1-365). Left out: the
 *                   key does not expire.', example: 90, maximum: 365, minimum: 1, type: integer}
 *               name: {description: Descriptive name for the API key, example: Reporting script, type: string}
 *               scopes: {$ref: '#/components/schemas/ApiKeyScopes'}
 *             required: [name]
 *             type: object
 *       required: true
 *     responses:
 *       '201':
 *         description: API key created
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   allOf:
 *                   - {$ref: '#/components/schemas/ApiKey'}
 *                   - properties:
 *                       key: {description: 'The key itself: shown this once, stored only as a hash',
 *                         example: 9f2c4e8a1b3d5f7092c4e6a8b0d2f4169e8c0a2b4d6f8e1a3c5b7d9f0e2a4c6b,
 *                         type: string}
 *                     type: object
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/', signedIn, collection.create(store.apiKeys, () => ({ key: '0'.repeat(64) })));

/**
 * @openapi
 * /api-keys/{id}/scopes:
 *   patch:
 *     summary: Update API key scopes
 *     operationId: updateApiKeyScopes
 *     tags: [API Keys]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               scopes: {$ref: '#/components/schemas/ApiKeyScopes'}
 *             required: [scopes]
 *             type: object
 *       required: true
 *     responses:
 *       '200':
 *         description: API key with its new scopes
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/ApiKey'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.patch('/:id/scopes', signedIn, collection.update(store.apiKeys));

/**
 * @openapi
 * /api-keys/{id}/revoke:
 *   put:
 *     summary: Revoke API key
 *     operationId: revokeApiKey
 *     tags: [API Keys]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: API key revoked
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 message: {example: Deleted, type: string}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.put('/:id/revoke', signedIn, collection.done(store.apiKeys, { is_active: false }));

/**
 * @openapi
 * /api-keys/{id}:
 *   delete:
 *     summary: Delete API key
 *     operationId: deleteApiKey
 *     tags: [API Keys]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: API key deleted
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 message: {example: Deleted, type: string}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.delete('/:id', signedIn, collection.remove(store.apiKeys));

module.exports = router;
