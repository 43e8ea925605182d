'use strict';

const express = require('express');

const { signedIn } = require('../access');
const collection = require('../collection');
const store = require('../store');

const EVENTS = [
  {
    event: 'lead.created',
    category: 'lead',
    description: 'A lead was created',
    payload: ['id', 'name', 'email', 'phone', 'source', 'status'],
  },
];

const router = express.Router();

/**
 * @openapi
 * /webhooks:
 *   get:
 *     summary: List webhook subscriptions
 *     description: Returns the webhook subscriptions registered for your account. Requires the broker
 *       or system admin role.
 *     operationId: listWebhooks
 *     tags: [Webhooks]
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/pageParam'}
 *     - {$ref: '#/components/parameters/limitParam'}
 *     responses:
 *       '200':
 *         description: Webhook subscriptions
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   items: {$ref: '#/components/schemas/Webhook'}
 *                   type: array
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/', signedIn, collection.all(store.webhooks));

/**
 * @openapi
 * /webhooks:
 *   post:
 *     summary: Create a webhook subscription
 *     description: Registers an endpoint to receive event notifications. Each event gets 4 delivery
 *       attempts in all.
 *     operationId: createWebhook
 *     tags: [Webhooks]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               active: {default: true, type: boolean}
 *               events:
 *                 description: Event names, or ["all"]
 *                 items: {example: escrow.created, type: string}
 *                 minItems: 1
 *                 type: array
 *               secret: {description: Signs each delivery; at least 10 characters, format: password,
 *                 minLength: 10, type: string}
 *               url: {description: Where deliveries go, example: 'https://example.com/hooks/actuallycare',
 *                 format: uri, type: string}
 *             required: [url, events, secret]
 *             type: object
 *       required: true
 *     responses:
 *       '201':
 *         description: Webhook created
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Webhook'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/', signedIn, collection.create(store.webhooks));

/**
 * @openapi
 * /webhooks/events:
 *   get:
 *     summary: List available webhook events
 *     operationId: listWebhookEvents
 *     tags: [Webhooks]
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: The event catalog
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   items:
 *                     properties:
 *                       category: {example: escrow, type: string}
 *                       description: {example: An escrow/transaction was created, type: string}
 *                       event: {example: escrow.created, type: string}
 *                       payload:
 *                         description: Names of the fields that the payload carries
 *                         items: {example: id, type: string}
 *                         type: array
 *                     type: object
 *                   type: array
 *                 meta:
 *                   properties:
 *                     categories:
 *                       items: {example: appointment, type: string}
 *                       type: array
 *                     total: {example: 150, type: integer}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/events', signedIn, (request, response) => {
  response.json({ success: true, data: EVENTS, meta: { total: EVENTS.length, categories: 1 } });
});

/**
 * @openapi
 * /webhooks/events/categories:
 *   get:
 *     summary: List webhook events by category
 *     operationId: listWebhookEventCategories
 *     tags: [Webhooks]
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: Events by category
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   additionalProperties:
 *                     items: {example: escrow.created, type: string}
 *                     type: array
 *                   description: Category → event names
 *                   type: object
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/events/categories', signedIn, (request, response) => {
  response.json({ success: true, data: { lead: EVENTS } });
});

/**
 * @openapi
 * /webhooks/{id}:
 *   get:
 *     summary: Get webhook by ID
 *     operationId: getWebhookById
 *     tags: [Webhooks]
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: Webhook found
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Webhook'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/:id', signedIn, collection.get(store.webhooks));

/**
 * @openapi
 * /webhooks/{id}:
 *   put:
 *     summary: Update webhook
 *     operationId: updateWebhook
 *     tags: [Webhooks]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             minProperties: 1
 *             properties:
 *               active: {type: boolean}
 *               events:
 *                 description: Event names, or ["all"]
 *                 items: {example: escrow.created, type: string}
 *                 minItems: 1
 *                 type: array
 *               secret: {description: Signs each delivery; at least 10 characters, format: password,
 *                 minLength: 10, type: string}
 *               url: {description: Where deliveries go, example: 'https://example.com/hooks/actuallycare',
 *                 format: uri, type: string}
 *             type: object
 *       required: true
 *     responses:
 *       '200':
 *         description: Webhook updated
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Webhook'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.put('/:id', signedIn, collection.update(store.webhooks));

/**
 * @openapi
 * /webhooks/{id}:
 *   delete:
 *     summary: Delete webhook
 *     operationId: deleteWebhook
 *     tags: [Webhooks]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: Webhook deleted
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
router.delete('/:id', signedIn, collection.remove(store.webhooks));

/**
 * @openapi
 * /webhooks/{id}/deliveries:
 *   get:
 *     summary: List deliveries of a webhook
 *     operationId: listWebhookDeliveries
 *     tags: [Webhooks]
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     - {$ref: '#/components/parameters/pageParam'}
 *     - {$ref: '#/components/parameters/limitParam'}
 *     responses:
 *       '200':
 *         description: List deliveries of a webhook
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/PaginatedResponse'}
 *               - type: object
 *                 properties:
 *                   data:
 *                     type: array
 *                     items: {$ref: '#/components/schemas/WebhookDelivery'}
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/:id/deliveries', signedIn, collection.list(store.deliveries));

module.exports = router;
