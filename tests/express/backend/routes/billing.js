'use strict';

const express = require('express');

const { signedIn } = require('../access');
const { give } = require('../answers');

const PLANS = {
  plans: [{ key: 'agent', name: 'Agent', priceMonthly: 4900, priceYearly: 49000, trialDays: 14 }],
  currency: 'usd',
  version: 1,
};
const PAGE = { url: 'https://checkout.example.com/session' };

const router = express.Router();

/**
 * @openapi
 * /billing/public-plans:
 *   get:
 *     summary: Get public plan pricing
 *     description: Returns the current subscription plans with pricing in cents. Cacheable for 5 minutes.
 *     operationId: getPublicPlans
 *     tags: [Billing]
 *     security: []
 *     responses:
 *       '200':
 *         description: Available plans
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     currency: {example: usd, type: string}
 *                     plans:
 *                       items:
 *                         properties:
 *                           features:
 *                             items: {example: example features, type: string}
 *                             type: array
 *                           key: {example: agent, type: string}
 *                           name: {example: ActuallyCare+ Agent, type: string}
 *                           priceMonthly: {description: 'Price a month, in cents', example: 10000, type: integer}
 *                           priceYearly: {description: 'Price a year, in cents', example: 120000, type: integer}
 *                           seats: {example: 1, type: integer}
 *                           trialDays: {example: 30, type: integer}
 *                         type: object
 *                       type: array
 *                     version: {example: 2026-07, type: string}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/public-plans', give(() => PLANS));

/**
 * @openapi
 * /billing/public-checkout:
 *   post:
 *     summary: Start checkout without an account
 *     description: Creates a checkout session for a new customer. Only the agent plan is available here.
 *     operationId: startPublicCheckout
 *     tags: [Billing]
 *     x-openai-isConsequential: true
 *     security: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               email: {description: Email address for the new customer, example: new.customer@example.com,
 *                 format: email, type: string}
 *               interval:
 *                 default: monthly
 *                 enum: [monthly, yearly]
 *                 type: string
 *               planKey:
 *                 description: Only the agent plan is available without an account
 *                 enum: [agent]
 *                 type: string
 *             required: [email]
 *             type: object
 *       required: true
 *     responses:
 *       '200':
 *         description: Checkout session
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     url: {description: Where to send the visitor, example: 'https://checkout.stripe.com/c/pay/cs_test_example',
 *                       format: uri, type: string}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/public-checkout', give(() => PAGE));

/**
 * @openapi
 * /billing/plans:
 *   get:
 *     summary: Get plans with checkout identifiers
 *     operationId: getPlans
 *     tags: [Billing]
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: Plans
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     currency: {example: usd, type: string}
 *                     plans:
 *                       items:
 *                         properties:
 *                           features:
 *                             items: {example: example features, type: string}
 *                             type: array
 *                           key: {example: agent, type: string}
 *                           monthlyPriceId: {example: price_example_monthly, nullable: true, type: string}
 *                           name: {example: ActuallyCare+ Agent, type: string}
 *                           priceMonthly: {description: 'Price a month, in cents', example: 10000, type: integer}
 *                           priceYearly: {description: 'Price a year, in cents', example: 120000, type: integer}
 *                           seats: {example: 1, type: integer}
 *                           trialDays: {example: 30, type: integer}
 *                           yearlyPriceId: {example: price_example_yearly, nullable: true, type: string}
 *                         type: object
 *                       type: array
 *                     version: {example: 2026-07, type: string}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/plans', signedIn, give(() => PLANS));

/**
 * @openapi
 * /billing/subscription:
 *   get:
 *     summary: Get current subscription status
 *     operationId: getSubscription
 *     tags: [Billing]
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: Subscription
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data: {$ref: '#/components/schemas/Subscription'}
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.get('/subscription', signedIn, give(() => ({ plan: 'agent', status: 'active' })));

/**
 * @openapi
 * /billing/checkout:
 *   post:
 *     summary: Start checkout for a subscription
 *     operationId: startCheckout
 *     tags: [Billing]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     requestBody:
 *       content:
 *         application/json:
 *           schema:
 *             properties:
 *               interval:
 *                 default: monthly
 *                 enum: [monthly, yearly]
 *                 type: string
 *               planKey:
 *                 enum: [agent, team, brokerage]
 *                 type: string
 *               seats: {minimum: 1, type: integer}
 *             required: [planKey]
 *             type: object
 *       required: true
 *     responses:
 *       '200':
 *         description: Checkout session
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     url: {description: Where to send the visitor, example: 'https://checkout.stripe.com/c/pay/cs_test_example',
 *                       format: uri, type: string}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '400': {$ref: '#/components/responses/ValidationError'}
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/checkout', signedIn, give(() => PAGE));

/**
 * @openapi
 * /billing/portal:
 *   post:
 *     summary: Open the billing portal
 *     operationId: openBillingPortal
 *     tags: [Billing]
 *     x-openai-isConsequential: true
 *     security:
 *     - bearerAuth: []
 *     responses:
 *       '200':
 *         description: Portal session
 *         content:
 *           application/json:
 *             schema:
 *               properties:
 *                 data:
 *                   properties:
 *                     url: {description: Where to send the visitor, example: 'https://checkout.stripe.com/c/pay/cs_test_example',
 *                       format: uri, type: string}
 *                   type: object
 *                 success: {example: true, type: boolean}
 *               type: object
 *       '401': {$ref: '#/components/responses/UnauthorizedError'}
 *       '404': {$ref: '#/components/responses/NotFoundError'}
 *       '500': {$ref: '#/components/responses/ServerError'}
 */
router.post('/portal', signedIn, give(() => PAGE));

module.exports = router;
