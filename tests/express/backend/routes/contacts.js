'use strict';

const express = require('express');

const { signedIn } = require('../access');
const collection = require('../collection');
const store = require('../store');

const router = express.Router();

/**
 * @openapi
 * /contacts:
 *   get:
 *     summary: List contacts
 *     description: Returns a paginated list of contacts visible to the authenticated user, with aggregate
 *       stats by status.
 *     operationId: listContacts
 *     tags: [Contacts]
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - description: Fuzzy search across full name, first name, last name, and email
 *       in: query
 *       name: search
 *       schema: {type: string}
 *     - description: Filter by contact type
 *       in: query
 *       name: type
 *       schema: {type: string}
 *     - description: Show archived contacts instead of active ones
 *       in: query
 *       name: archived
 *       schema: {default: false, type: boolean}
 *     - {$ref: '#/components/parameters/pageParam'}
 *     - {$ref: '#/components/parameters/limitParam'}
 *     responses:
 *       '200':
 *         description: List contacts
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/PaginatedResponse'}
 *               - type: object
 *                 properties:
 *                   data:
 *                     type: array
 *                     items: {$ref: '#/components/schemas/Contact'}
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/', signedIn, collection.list(store.contacts));

/**
 * @openapi
 * /contacts:
 *   post:
 *     summary: Create a contact
 *     operationId: createContact
 *     tags: [Contacts]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               city: {example: Bakersfield, maxLength: 255, nullable: true, type: string}
 *               company: {maxLength: 255, nullable: true, type: string}
 *               contact_status: {example: active, maxLength: 255, nullable: true, type: string}
 *               contact_type: {example: buyer, maxLength: 255, nullable: true, type: string}
 *               email: {example: jordan.lee@example.com, format: email, nullable: true, type: string}
 *               first_name: {example: Jordan, maxLength: 255, type: string}
 *               last_name: {example: Lee, maxLength: 255, type: string}
 *               license_number: {maxLength: 255, nullable: true, type: string}
 *               notes: {maxLength: 5000, nullable: true, type: string}
 *               phone: {example: +1 661 555 0123, maxLength: 255, nullable: true, type: string}
 *               state: {example: CA, maxLength: 255, nullable: true, type: string}
 *               street_address: {maxLength: 255, nullable: true, type: string}
 *               zip_code: {example: '93301', maxLength: 255, nullable: true, type: string}
 *             required: [first_name, last_name]
 *             type: object
 *       required: true
 *     responses:
 *       '201':
 *         description: Contact created
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Contact'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/', signedIn, collection.create(store.contacts));

/**
 * @openapi
 * /contacts/search:
 *   get:
 *     summary: Search contacts
 *     operationId: searchContacts
 *     tags: [Contacts]
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - description: What to search for in name and email
 *       in: query
 *       name: q
 *       required: true
 *       schema: {minLength: 1, type: string}
 *     - description: Most contacts to return
 *       in: query
 *       name: limit
 *       schema: {default: 25, maximum: 100, minimum: 1, type: integer}
 *     responses:
 *       '200':
 *         description: Matching contacts, the best first
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     contacts:
 *                       items: {$ref: '#/components/schemas/Contact'}
 *                       type: array
 *                   type: object
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/search', signedIn, collection.search(store.contacts));

/**
 * @openapi
 * /contacts/{id}:
 *   get:
 *     summary: Get contact by ID
 *     operationId: getContactById
 *     tags: [Contacts]
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: Contact found
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Contact'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/:id', signedIn, collection.get(store.contacts));

/**
 * @openapi
 * /contacts/{id}:
 *   put:
 *     summary: Update contact
 *     operationId: updateContact
 *     tags: [Contacts]
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
 *               city: {example: Bakersfield, maxLength: 255, nullable: true, type: string}
 *               company: {maxLength: 255, nullable: true, type: string}
 *               contact_status: {example: active, maxLength: 255, nullable: true, type: string}
 *               contact_type: {example: buyer, maxLength: 255, nullable: true, type: string}
 *               email: {example: jordan.lee@example.com, format: email, nullable: true, type: string}
 *               first_name: {example: Jordan, maxLength: 255, type: string}
 *               last_name: {example: Lee, maxLength: 255, type: string}
 *               license_number: {maxLength: 255, nullable: true, type: string}
 *               notes: {maxLength: 5000, nullable: true, type: string}
 *               phone: {example: +1 661 555 0123, maxLength: 255, nullable: true, type: string}
 *               state: {example: CA, maxLength: 255, nullable: true, type: string}
 *               street_address: {maxLength: 255, nullable: true, type: string}
 *               zip_code: {example: '93301', maxLength: 255, nullable: true, type: string}
 *             type: object
 *       required: true
 *     responses:
 *       '200':
 *         description: Contact updated
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Contact'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.put('/:id', signedIn, collection.update(store.contacts));

/**
 * @openapi
 * /contacts/{id}:
 *   delete:
 *     summary: Delete contact
 *     operationId: deleteContact
 *     tags: [Contacts]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: Contact deleted
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
router.delete('/:id', signedIn, collection.remove(store.contacts));

/**
 * @openapi
 * /contacts/{id}/archive:
 *   put:
 *     summary: Archive a contact
 *     operationId: archiveContact
 *     tags: [Contacts]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: The contact
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Contact'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.put('/:id/archive', signedIn, collection.set(store.contacts, { archived: true }));

/**
 * @openapi
 * /contacts/{id}/unarchive:
 *   put:
 *     summary: Restore an archived contact
 *     operationId: unarchiveContact
 *     tags: [Contacts]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200':
 *         description: The contact
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Contact'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.put('/:id/unarchive', signedIn, collection.set(store.contacts, { archived: false }));

module.exports = router;
