'use strict';

const express = require('express');

const { signedIn } = require('../access');
const collection = require('../collection');
const store = require('../store');

const router = express.Router();

/**
 * @openapi
 * /escrows:
 *   get:
 *     summary: List escrows
 *     description: Returns a paginated list of escrows visible to the authenticated user, with aggregate
 *       stats. Note that the effective default page size of this endpoint is 20.
 *     operationId: listEscrows
 *     tags: [Escrows]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - description: Filter by escrow status (case-insensitive)
 *       in: query
 *       name: status
 *       schema:
 *         enum: [active, pending, closed, cancelled]
 *         type: string
 *     - description: Free-text search across property address and display ID
 *       in: query
 *       name: search
 *       schema: {type: string}
 *     - description: Minimum purchase price, in US dollars
 *       in: query
 *       name: minPrice
 *       schema: {minimum: 0, type: number}
 *     - description: Maximum purchase price, in US dollars
 *       in: query
 *       name: maxPrice
 *       schema: {minimum: 0, type: number}
 *     - description: Earliest closing date (ISO 8601)
 *       in: query
 *       name: closingDateStart
 *       schema: {format: date, type: string}
 *     - description: Latest closing date (ISO 8601)
 *       in: query
 *       name: closingDateEnd
 *       schema: {format: date, type: string}
 *     - description: Include archived escrows instead of active ones
 *       in: query
 *       name: archived
 *       schema: {default: false, type: boolean}
 *     - description: Sort column
 *       in: query
 *       name: sort
 *       schema: {default: created_at, type: string}
 *     - description: Sort direction
 *       in: query
 *       name: order
 *       schema:
 *         default: desc
 *         enum: [asc, desc]
 *         type: string
 *     - {$ref: '#/components/parameters/pageParam'}
 *     - {$ref: '#/components/parameters/limitParam'}
 *     responses:
 *       '200':
 *         description: List escrows
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/PaginatedResponse'}
 *               - type: object
 *                 properties:
 *                   data:
 *                     type: array
 *                     items: {$ref: '#/components/schemas/Escrow'}
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 */
router.get('/', signedIn, collection.list(store.escrows));

/**
 * @openapi
 * /escrows:
 *   post:
 *     summary: Create escrow
 *     operationId: createEscrow
 *     tags: [Escrows]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     requestBody:
 *       required: true
 *       content:
 *         application/json:
 *           schema:
 *             type: object
 *             required: [property_address]
 *             properties:
 *               property_address: {type: string}
 *               purchase_price: {type: number}
 *               buyers:
 *                 type: array
 *                 items: {$ref: '#/components/schemas/Person'}
 *               sellers:
 *                 type: array
 *                 items: {$ref: '#/components/schemas/Person'}
 *               acceptance_date: {type: string, format: date}
 *               closing_date: {type: string, format: date}
 *               escrow_status:
 *                 type: string
 *                 enum: [active, pending, closed, cancelled]
 *               city: {type: string}
 *               state: {type: string}
 *               zip_code: {type: string}
 *     responses:
 *       '201':
 *         description: Escrow created
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/SuccessResponse'}
 *               - type: object
 *                 properties:
 *                   data: {$ref: '#/components/schemas/Escrow'}
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 */
router.post('/', signedIn, collection.create(store.escrows));

/**
 * @openapi
 * /escrows/{id}:
 *   get:
 *     summary: Get escrow by ID
 *     operationId: getEscrowById
 *     tags: [Escrows]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: Escrow found
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/SuccessResponse'}
 *               - type: object
 *                 properties:
 *                   data: {$ref: '#/components/schemas/Escrow'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 */
router.get('/:id', signedIn, collection.get(store.escrows));

/**
 * @openapi
 * /escrows/{id}:
 *   put:
 *     summary: Update escrow
 *     operationId: updateEscrow
 *     tags: [Escrows]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     requestBody:
 *       required: true
 *       content:
 *         application/json:
 *           schema:
 *             type: object
 *             properties:
 *               purchase_price: {type: number}
 *               closing_date: {type: string, format: date}
 *               escrow_status:
 *                 type: string
 *                 enum: [active, pending, closed, cancelled]
 *               version: {type: integer}
 *     responses:
 *       '200':
 *         description: Escrow updated
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/SuccessResponse'}
 *               - type: object
 *                 properties:
 *                   data: {$ref: '#/components/schemas/Escrow'}
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 */
router.put('/:id', signedIn, collection.update(store.escrows));

/**
 * @openapi
 * /escrows/{id}:
 *   delete:
 *     summary: Delete escrow
 *     operationId: deleteEscrow
 *     tags: [Escrows]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Escrow deleted}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 */
router.delete('/:id', signedIn, collection.remove(store.escrows));

/**
 * @openapi
 * /escrows/{id}/archive:
 *   put:
 *     summary: Archive escrow
 *     operationId: archiveEscrow
 *     tags: [Escrows]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: The escrow
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/SuccessResponse'}
 *               - type: object
 *                 properties:
 *                   data: {$ref: '#/components/schemas/Escrow'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 */
router.put('/:id/archive', signedIn, collection.set(store.escrows, { archived: true }));

/**
 * @openapi
 * /escrows/{id}/unarchive:
 *   put:
 *     summary: Restore an archived escrow
 *     operationId: unarchiveEscrow
 *     tags: [Escrows]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: The escrow
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/SuccessResponse'}
 *               - type: object
 *                 properties:
 *                   data: {$ref: '#/components/schemas/Escrow'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 */
router.put('/:id/unarchive', signedIn, collection.set(store.escrows, { archived: false }));

module.exports = router;
