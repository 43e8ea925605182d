'use strict';

const express = require('express');

const { signedIn } = require('../access');
const collection = require('../collection');
const store = require('../store');

const router = express.Router();

/**
 * @openapi
 * /appointments:
 *   get:
 *     summary: List all appointments
 *     operationId: listAppointments
 *     tags: [Appointments]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - in: query
 *       name: appointment_type
 *       schema:
 *         enum: [showing, inspection, signing, meeting, call, other]
 *         type: string
 *     - in: query
 *       name: status
 *       schema:
 *         enum: [scheduled, completed, cancelled, no_show]
 *         type: string
 *     - description: Appointments that start on this day (UTC) or later
 *       in: query
 *       name: start_date
 *       schema: {format: date, type: string}
 *     - {$ref: '#/components/parameters/pageParam'}
 *     - {$ref: '#/components/parameters/limitParam'}
 *     responses:
 *       '200':
 *         description: List of appointments
 *         content:
 *           application/json:
 *             schema:
 *               allOf:
 *               - {$ref: '#/components/schemas/PaginatedResponse'}
 *               - type: object
 *                 properties:
 *                   data:
 *                     type: array
 *                     items: {$ref: '#/components/schemas/Appointment'}
 */
router.get('/', signedIn, collection.list(store.appointments));

/**
 * @openapi
 * /appointments:
 *   post:
 *     summary: Create new appointment
 *     operationId: createAppointment
 *     tags: [Appointments]
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
 *             required: [title, start_time, end_time]
 *             properties:
 *               title: {type: string}
 *               start_time: {type: string, format: date-time}
 *               end_time: {type: string, format: date-time}
 *               appointment_type:
 *                 type: string
 *                 enum: [showing, inspection, signing, meeting, call, other]
 *               location: {type: string}
 *     responses:
 *       '201': {description: Appointment created}
 */
router.post('/', signedIn, collection.create(store.appointments));

/**
 * @openapi
 * /appointments/{id}:
 *   get:
 *     summary: Get appointment by ID
 *     operationId: getAppointmentById
 *     tags: [Appointments]
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Appointment found}
 */
router.get('/:id', signedIn, collection.get(store.appointments));

/**
 * @openapi
 * /appointments/{id}:
 *   put:
 *     summary: Update appointment
 *     operationId: updateAppointment
 *     tags: [Appointments]
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
 *               start_time: {type: string, format: date-time}
 *               end_time: {type: string, format: date-time}
 *               status:
 *                 type: string
 *                 enum: [scheduled, completed, cancelled, no_show]
 *               version: {type: integer}
 *     responses:
 *       '200': {description: Appointment updated}
 */
router.put('/:id', signedIn, collection.update(store.appointments));

/**
 * @openapi
 * /appointments/{id}:
 *   delete:
 *     summary: Delete appointment
 *     operationId: deleteAppointment
 *     tags: [Appointments]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     - apiKey: []
 *     parameters:
 *     - {$ref: '#/components/parameters/idParam'}
 *     responses:
 *       '200': {description: Appointment deleted}
 */
router.delete('/:id', signedIn, collection.remove(store.appointments));

module.exports = router;
