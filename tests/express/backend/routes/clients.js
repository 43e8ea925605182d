'use strict';

const express = require('express');

const { signedIn } = require('../access');
const collection = require('../collection');
const store = require('../store');

const router = express.Router();

/**
 * @openapi
 * /clients:
 *   get:
 *     summary: List all clients
 *     operationId: listClients
 *     tags: [Clients]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - in: query
 *       name: client_type
 *       schema:
 *         enum: [buyer, seller, both]
 *         type: string
 *     - in: query
 *       name: status
 *       schema:
 *         enum: [active, inactive, closed]
 *         type: string
 *     - {$ref: '#/components/parameters/pageParam'}
 *     - {$ref: '#/components/parameters/limitParam'}
 *     responses:
 *       '200':
 *         description: List of clients
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/PaginatedResponse'}
 *               - type: object
 *                 properties:
 *                   data:
 *                     type: array
 *                     items: {$ref: '#/components/schemas/Client'}
 */
router.get('/', signedIn, collection.list(store.clients));

/**
 * @openapi
 * /clients:
 *   post:
 *     summary: Create new client
 *     operationId: createClient
 *     tags: [Clients]
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
 *             required: [first_name, last_name, client_type]
 *             properties:
 *               first_name: {type: string}
 *               last_name: {type: string}
 *               client_type:
 *                 type: string
 *                 enum: [buyer, seller, both]
 *               email: {type: string, format: email}
 *               phone: {type: string}
 *     responses:
 *       '201': {description: Client created}
 */
router.post('/', signedIn, collection.create(store.clients));

/**
 * @openapi
 * /clients/{id}:
 *   get:
 *     summary: Get client by ID
 *     operationId: getClientById
 *     tags: [Clients]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Client found}
 */
router.get('/:id', signedIn, collection.get(store.clients));

/**
 * @openapi
 * /clients/{id}:
 *   put:
 *     summary: Update client
 *     operationId: updateClient
 *     tags: [Clients]
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
 *               email: {type: string, format: email}
 *               phone: {type: string}
 *               status:
 *                 type: string
 *                 enum: [active, inactive, closed]
 *               version: {type: integer}
 *     responses:
 *       '200': {description: Client updated}
 */
router.put('/:id', signedIn, collection.update(store.clients));

/**
 * @openapi
 * /clients/{id}:
 *   delete:
 *     summary: Delete client
 *     operationId: deleteClient
 *     tags: [Clients]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Client deleted}
 */
router.delete('/:id', signedIn, collection.remove(store.clients));

module.exports = router;
