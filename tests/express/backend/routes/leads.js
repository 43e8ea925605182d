'use strict';

const express = require('express');

const { signedIn } = require('../access');
const collection = require('../collection');
const store = require('../store');
const { fail } = require('../answers');

const router = express.Router();

/**
 * @openapi
 * /leads:
 *   get:
 *     summary: List all leads
 *     operationId: listLeads
 *     tags: [Leads]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - in: query
 *       name: status
 *       schema:
 *         enum: [new, contacted, qualified, unqualified, converted, lost]
 *         type: string
 *     - in: query
 *       name: interest_level
 *       schema:
 *         enum: [hot, warm, cold]
 *         type: string
 *     - {$ref: '#/components/parameters/pageParam'}
 *     - {$ref: '#/components/parameters/limitParam'}
 *     responses:
 *       '200':
 *         description: List of leads
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/PaginatedResponse'}
 *               - type: object
 *                 properties:
 *                   data:
 *                     type: array
 *                     items: {$ref: '#/components/schemas/Lead'}
 */
router.get('/', signedIn, collection.list(store.leads));

/**
 * @openapi
 * /leads:
 *   post:
 *     summary: Create new lead
 *     operationId: createLead
 *     tags: [Leads]
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
 *             required: [name]
 *             properties:
 *               name: {type: string}
 *               email: {type: string, format: email}
 *               phone: {type: string}
 *               source: {type: string}
 *               lead_type:
 *                 type: string
 *                 enum: [buyer, seller, both]
 *     responses:
 *       '201': {description: Lead created}
 */
router.post('/', signedIn, collection.create(store.leads));

/**
 * @openapi
 * /leads/{id}:
 *   get:
 *     summary: Get lead by ID
 *     operationId: getLeadById
 *     tags: [Leads]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Lead found}
 */
router.get('/:id', signedIn, collection.get(store.leads));

/**
 * @openapi
 * /leads/{id}:
 *   put:
 *     summary: Update lead
 *     operationId: updateLead
 *     tags: [Leads]
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
 *               status:
 *                 type: string
 *                 enum: [new, contacted, qualified, unqualified, converted, lost]
 *               interest_level:
 *                 type: string
 *                 enum: [hot, warm, cold]
 *               version: {type: integer}
 *     responses:
 *       '200': {description: Lead updated}
 */
router.put('/:id', signedIn, collection.update(store.leads));

/**
 * @openapi
 * /leads/{id}:
 *   delete:
 *     summary: Delete lead
 *     operationId: deleteLead
 *     tags: [Leads]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Lead deleted}
 */
router.delete('/:id', signedIn, collection.remove(store.leads));

/**
 * @openapi
 * /leads/{id}/convert:
 *   post:
 *     summary: Convert lead to client
 *     operationId: convertLeadToClient
 *     tags: [Leads]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Lead converted to client successfully}
 */
router.post('/:id/convert', signedIn, (request, response) => {
  const lead = store.leads.find(request.params.id);
  if (!lead) return fail(response, 404, 'NOT_FOUND', 'Lead not found');
  const [first, ...rest] = lead.name.split(' ');
  const client = store.clients.add({
    first_name: first, last_name: rest.join(' '), client_type: 'buyer', status: 'active',
  });
  Object.assign(lead, { status: 'converted', converted_to_client_id: client.id });
  return response.json({ success: true, data: { client, lead }, message: 'Lead converted' });
});

module.exports = router;
