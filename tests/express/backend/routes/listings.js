'use strict';

const express = require('express');

const { signedIn } = require('../access');
const collection = require('../collection');
const store = require('../store');

const router = express.Router();

/**
 * @openapi
 * /listings:
 *   get:
 *     summary: List all property listings
 *     operationId: listListings
 *     tags: [Listings]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - in: query
 *       name: status
 *       schema:
 *         enum: [active, pending, sold, withdrawn, expired]
 *         type: string
 *     - description: Lowest asking price, in US dollars
 *       in: query
 *       name: minPrice
 *       schema: {type: number}
 *     - description: Highest asking price, in US dollars
 *       in: query
 *       name: maxPrice
 *       schema: {type: number}
 *     - {$ref: '#/components/parameters/pageParam'}
 *     - {$ref: '#/components/parameters/limitParam'}
 *     responses:
 *       '200':
 *         description: List of property listings
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/PaginatedResponse'}
 *               - type: object
 *                 properties:
 *                   data:
 *                     type: array
 *                     items: {$ref: '#/components/schemas/Listing'}
 */
router.get('/', signedIn, collection.list(store.listings));

/**
 * @openapi
 * /listings:
 *   post:
 *     summary: Create new listing
 *     operationId: createListing
 *     tags: [Listings]
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
 *             required: [address, list_price]
 *             properties:
 *               address: {type: string}
 *               list_price: {type: number}
 *               property_type:
 *                 type: string
 *                 enum: [single_family, condo, townhouse, multi_family, land, commercial]
 *               bedrooms: {type: integer}
 *               bathrooms: {type: number}
 *     responses:
 *       '201': {description: Listing created}
 */
router.post('/', signedIn, collection.create(store.listings));

/**
 * @openapi
 * /listings/{id}:
 *   get:
 *     summary: Get listing by ID
 *     operationId: getListingById
 *     tags: [Listings]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Listing found}
 */
router.get('/:id', signedIn, collection.get(store.listings));

/**
 * @openapi
 * /listings/{id}:
 *   put:
 *     summary: Update listing
 *     operationId: updateListing
 *     tags: [Listings]
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
 *               list_price: {type: number}
 *               status:
 *                 type: string
 *                 enum: [active, pending, sold, withdrawn, expired]
 *               version: {type: integer}
 *     responses:
 *       '200': {description: Listing updated}
 */
router.put('/:id', signedIn, collection.update(store.listings));

/**
 * @openapi
 * /listings/{id}:
 *   delete:
 *     summary: Delete listing
 *     operationId: deleteListing
 *     tags: [Listings]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Listing deleted}
 */
router.delete('/:id', signedIn, collection.remove(store.listings));

module.exports = router;
