'use strict';

const express = require('express');

const { TOKEN, signedIn } = require('../access');
const { done, give } = require('../answers');

const USER = {
  id: 'a81bc81b-dead-4e5d-abff-90865d1e13b1',
  email: 'agent@example.com',
  username: 'agent',
  firstName: 'Ada',
  lastName: 'Agent',
  role: 'agent',
  isActive: true,
};
const TOKENS = { token: TOKEN, accessToken: TOKEN, refreshToken: 'refresh', expiresIn: '15m' };

const router = express.Router();

/**
 * @openapi
 * /auth/register:
 *   post:
 *     summary: Register new user
 *     description: Creates a new user account and always returns a signed JWT. A waitlisted account
 *       can reach only /auth until it is approved.
 *     operationId: registerUser
 *     tags: [Authentication]
 *     x-openai-isConsequential: true
 *     security: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               email: {description: 'Login identifier, stored lowercase', example: agent@example.com,
 *                 format: email, type: string}
 *               emailKind:
 *                 enum: [personal, work, offers]
 *                 type: string
 *               firstName: {example: Sample, type: string}
 *               lastName: {example: Agent, type: string}
 *               password: {description: 'At least 8 characters, one upper-case letter and one digit',
 *                 format: password, minLength: 8, pattern: '^(?=.*[A-Z])(?=.*[0-9]).+$', type: string}
 *               phone: {example: (661) 555-0100, type: string}
 *               role:
 *                 default: agent
 *                 enum: [agent, broker, lender, vendor]
 *                 type: string
 *               smsConsent: {description: Recorded only when phone is given, type: boolean}
 *               username: {description: 'Letters, numbers and underscores; stored lowercase', example: sample_agent,
 *                 pattern: '^[A-Za-z0-9_]+$', type: string}
 *             required: [email, username, password, firstName, lastName]
 *             type: object
 *       required: true
 *     responses:
 *       '201':
 *         description: User registered — data.status is active or waitlisted
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     expiresIn: {description: Seconds until the access token expires, example: 900,
 *                       type: integer}
 *                     redirect: {example: /onboarding, type: string}
 *                     refreshToken: {description: 'Rotates: each refresh gives a new one', type: string}
 *                     status:
 *                       enum: [active, waitlisted]
 *                       type: string
 *                     token: {description: Access token (JWT), example: eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl,
 *                       type: string}
 *                     user: {$ref: '#/components/schemas/User'}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 *       '409': {description: User already exists}
 */
router.post('/register', give(() => ({ user: USER, ...TOKENS, status: 'active' }), 201));

/**
 * @openapi
 * /auth/login:
 *   post:
 *     summary: Login user
 *     operationId: loginUser
 *     tags: [Authentication]
 *     x-openai-isConsequential: true
 *     security: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               email: {example: agent@example.com, format: email, type: string}
 *               password: {format: password, type: string}
 *             required: [email, password]
 *             type: object
 *       required: true
 *     responses:
 *       '200':
 *         description: Logged in
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     expiresIn: {description: Seconds until the access token expires, example: 900,
 *                       type: integer}
 *                     refreshToken: {description: 'Rotates: each refresh gives a new one', type: string}
 *                     token: {description: Access token (JWT), example: eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl,
 *                       type: string}
 *                     user: {$ref: '#/components/schemas/User'}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/login', give(() => ({ user: USER, ...TOKENS, tokenType: 'Bearer' })));

/**
 * @openapi
 * /auth/refresh:
 *   post:
 *     summary: Refresh access token
 *     operationId: refreshAccessToken
 *     tags: [Authentication]
 *     x-openai-isConsequential: true
 *     security: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               refreshToken: {type: string}
 *             required: [refreshToken]
 *             type: object
 *       required: true
 *     responses:
 *       '200':
 *         description: New access and refresh tokens
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     expiresIn: {description: Seconds until the access token expires, example: 900,
 *                       type: integer}
 *                     refreshToken: {description: 'Rotates: each refresh gives a new one', type: string}
 *                     token: {description: Access token (JWT), example: eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl,
 *                       type: string}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/refresh', give(() => ({ accessToken: TOKEN, expiresIn: '15m', refreshTokenExpiresIn: '30d' })));

/**
 * @openapi
 * /auth/logout:
 *   post:
 *     summary: Logout user
 *     operationId: logoutUser
 *     tags: [Authentication]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               refreshToken: {description: 'Left out: the session of the access token ends', type: string}
 *             type: object
 *       required: false
 *     responses:
 *       '200':
 *         description: Logged out
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 message: {example: Deleted, type: string}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/logout', done('Logged out'));

/**
 * @openapi
 * /auth/verify:
 *   get:
 *     summary: Verify token validity
 *     operationId: verifyToken
 *     tags: [Authentication]
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: The token is valid
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     user: {$ref: '#/components/schemas/User'}
 *                     valid: {example: true, type: boolean}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/verify', signedIn, give(() => ({ user: USER })));

/**
 * @openapi
 * /auth/profile:
 *   get:
 *     summary: Get user profile
 *     operationId: getUserProfile
 *     tags: [Authentication]
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: The profile
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/User'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/profile', signedIn, give(() => ({ user: USER })));

/**
 * @openapi
 * /auth/profile:
 *   put:
 *     summary: Update user profile
 *     operationId: updateUserProfile
 *     tags: [Authentication]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             minProperties: 1
 *             properties:
 *               emailKind:
 *                 enum: [personal, work, offers]
 *                 type: string
 *               firstName: {minLength: 1, type: string}
 *               lastName: {minLength: 1, type: string}
 *               phone: {nullable: true, type: string}
 *               smsConsent: {type: boolean}
 *             type: object
 *       required: true
 *     responses:
 *       '200':
 *         description: The profile as updated
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/User'}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.put('/profile', signedIn, give((request) => Object.assign(USER, request.body)));

/**
 * @openapi
 * /auth/logout-all:
 *   post:
 *     summary: Logout from all devices
 *     operationId: logoutAllDevices
 *     tags: [Authentication]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: Logged out everywhere
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 message: {example: Deleted, type: string}
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/logout-all', signedIn, done('Logged out everywhere'));

/**
 * @openapi
 * /auth/sessions:
 *   get:
 *     summary: List active sessions
 *     operationId: listActiveSessions
 *     tags: [Authentication]
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: Active sessions
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     sessions:
 *                       items:
 *                         properties:
 *                           createdAt: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *                           current: {description: Whether this is the session of the request, example: true,
 *                             type: boolean}
 *                           expiresAt: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *                           id: {example: 550e8400-e29b-41d4-a716-446655440000, format: uuid, type: string}
 *                           ipAddress: {example: 127.0.0.1, nullable: true, type: string}
 *                           lastUsedAt: {example: '2026-07-15T14:32:10.000Z', format: date-time, nullable: true,
 *                             type: string}
 *                           userAgent: {example: Mozilla/5.0, nullable: true, type: string}
 *                         type: object
 *                       type: array
 *                   type: object
 *                 success: {example: true, type: boolean}
 *                 timestamp: {example: '2026-06-11T18:24:09.123Z', format: date-time, type: string}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/sessions', signedIn, give(() => ({ sessions: [] })));

module.exports = router;
