'use strict';

// Annotated schemas: what swagger-jsdoc reads from this file. It has no code.

/**
 * @openapi
 * components:
 *   schemas:
 *     Listing:
 *       type: object
 *       required: [address, list_price]
 *       properties:
 *         address: {example: '456 Oak Ave, Tehachapi, CA 93561', type: string}
 *         bathrooms: {example: 3, type: number}
 *         bedrooms: {example: 4, type: integer}
 *         city: {example: Tehachapi, type: string}
 *         created_at: {type: string, format: date-time}
 *         description: {type: string}
 *         expiration_date: {example: '2026-07-15', format: date, type: string}
 *         id: {example: 550e8400-e29b-41d4-a716-446655440000, format: uuid, type: string}
 *         list_price: {description: 'Asking price, in US dollars', example: 425000, type: number}
 *         listing_date: {example: '2026-07-15', format: date, type: string}
 *         lot_size: {description: Lot size in square feet, type: number}
 *         mls_number: {example: ML81992437, type: string}
 *         property_type:
 *           type: string
 *           enum: [single_family, condo, townhouse, multi_family, land, commercial]
 *         square_feet: {example: 2800, type: integer}
 *         state: {example: CA, type: string}
 *         status:
 *           enum: [active, pending, sold, withdrawn, expired]
 *           type: string
 *         updated_at: {type: string, format: date-time}
 *         user_id: {type: string, format: uuid}
 *         year_built: {type: integer}
 *         zip_code: {example: '93561', type: string}
 *         version: {type: integer}
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     Client:
 *       type: object
 *       required: [first_name, last_name, client_type]
 *       properties:
 *         budget_max: {description: 'Highest budget, in US dollars', example: 475000, type: number}
 *         budget_min: {description: 'Lowest budget, in US dollars', example: 350000, type: number}
 *         client_type:
 *           enum: [buyer, seller, both]
 *           type: string
 *         created_at: {type: string, format: date-time}
 *         email: {example: michael.torres@example.com, format: email, type: string}
 *         first_name: {example: Michael, type: string}
 *         id: {example: a3f8c1d2-6b4e-4a9f-8d27-95c0e3b1f684, format: uuid, type: string}
 *         last_name: {example: Torres, type: string}
 *         lead_id: {description: The lead that this client was converted from, example: 550e8400-e29b-41d4-a716-446655440000,
 *           format: uuid, type: string}
 *         notes: {type: string}
 *         phone: {example: (661) 555-0142, type: string}
 *         source: {example: Zillow, type: string}
 *         status:
 *           enum: [active, inactive, closed]
 *           type: string
 *         updated_at: {type: string, format: date-time}
 *         user_id: {type: string, format: uuid}
 *         version: {type: integer}
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     Lead:
 *       type: object
 *       required: [name]
 *       properties:
 *         budget: {description: 'Budget, in US dollars', example: 380000, type: number}
 *         client_id: {description: The client that this lead became, example: 550e8400-e29b-41d4-a716-446655440000,
 *           format: uuid, type: string}
 *         converted_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         created_at: {type: string, format: date-time}
 *         email: {example: rachel.kim@example.com, format: email, type: string}
 *         id: {example: f2b8d4a6-3c5e-4f7a-9b1d-8e0c6a4f2d9b, format: uuid, type: string}
 *         interest_level:
 *           enum: [hot, warm, cold]
 *           type: string
 *         lead_type:
 *           type: string
 *           enum: [buyer, seller, both]
 *         name: {example: Rachel Kim, type: string}
 *         notes: {type: string}
 *         phone: {example: (661) 555-0198, type: string}
 *         source: {example: Website Form, type: string}
 *         status:
 *           enum: [new, contacted, qualified, unqualified, converted, lost]
 *           type: string
 *         timeline: {example: 3-6 months, type: string}
 *         updated_at: {type: string, format: date-time}
 *         user_id: {type: string, format: uuid}
 *         version: {type: integer}
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     Appointment:
 *       type: object
 *       required: [title, start_time, end_time]
 *       properties:
 *         appointment_type:
 *           enum: [showing, inspection, signing, meeting, call, other]
 *           type: string
 *         client_id: {example: 550e8400-e29b-41d4-a716-446655440000, format: uuid, type: string}
 *         created_at: {type: string, format: date-time}
 *         end_time: {description: End (UTC), example: '2026-07-10T18:00:00Z', format: date-time, type: string}
 *         id: {example: c9bf9e57-1685-4c89-bafb-ff5af830be8a, format: uuid, type: string}
 *         location: {example: '456 Oak Ave, Tehachapi', type: string}
 *         notes: {type: string}
 *         start_time: {description: Start (UTC), example: '2026-07-10T17:00:00Z', format: date-time,
 *           type: string}
 *         status:
 *           enum: [scheduled, completed, cancelled, no_show]
 *           type: string
 *         title: {example: Property showing, type: string}
 *         updated_at: {type: string, format: date-time}
 *         user_id: {type: string, format: uuid}
 *         version: {type: integer}
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     Escrow:
 *       type: object
 *       required: [property_address]
 *       properties:
 *         acceptance_date: {example: '2026-07-15', format: date, type: string}
 *         archived_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         buyer_commission: {description: 'Commission of the buyer''s side, in US dollars', minimum: 0,
 *           type: number}
 *         buyer_commission_percentage: {description: 'Commission of the buyer''s side, in percent of
 *             the price', maximum: 100, minimum: 0, type: number}
 *         city: {example: Bakersfield, type: string}
 *         closing_date: {example: '2026-07-15', format: date, type: string}
 *         county: {example: Kern, type: string}
 *         created_at: {type: string, format: date-time}
 *         display_address: {type: string}
 *         display_id: {example: ESC-2026-0042, type: string}
 *         escrow_number: {example: ESC-2026-0042, type: string}
 *         id: {example: 7c9e6679-7425-40de-944b-e07fc1f90ae7, format: uuid, type: string}
 *         is_archived: {example: false, type: boolean}
 *         latitude: {example: 35.37, maximum: 90, minimum: -90, type: number}
 *         longitude: {example: -119.02, maximum: 180, minimum: -180, type: number}
 *         property_address: {example: 123 Main St, type: string}
 *         purchase_price: {description: 'Purchase price, in US dollars', example: 512000, minimum: 0,
 *           type: number}
 *         representation_type:
 *           enum: [buyer, seller, dual]
 *           type: string
 *         seller_commission: {description: 'Commission of the seller''s side, in US dollars', minimum: 0,
 *           type: number}
 *         seller_commission_percentage: {description: 'Commission of the seller''s side, in percent
 *             of the price', maximum: 100, minimum: 0, type: number}
 *         state: {example: CA, type: string}
 *         updated_at: {type: string, format: date-time}
 *         user_id: {type: string, format: uuid}
 *         zip_code: {example: '93301', type: string}
 *         version: {type: integer}
 *         escrow_status:
 *           type: string
 *           enum: [active, pending, closed, cancelled]
 *         buyers:
 *           type: array
 *           items: {$ref: '#/components/schemas/Person'}
 *         sellers:
 *           type: array
 *           items: {$ref: '#/components/schemas/Person'}
 *         listing_agent: {$ref: '#/components/schemas/Agent'}
 *         selling_agent: {$ref: '#/components/schemas/Agent'}
 *         property_type:
 *           type: string
 *           enum: [single_family, condo, townhouse, multi_family, land, commercial]
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     ApiKey:
 *       properties:
 *         created_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         expires_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         id: {example: 550e8400-e29b-41d4-a716-446655440000, format: uuid, type: string}
 *         is_active: {example: true, type: boolean}
 *         key_preview: {description: First 8 and last 4 characters, example: 9f2c4e8a...4c6b, type: string}
 *         last_used_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         name: {example: Reporting script, type: string}
 *         scopes: {$ref: '#/components/schemas/ApiKeyScopes'}
 *       type: object
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     ApiKeyScopes:
 *       additionalProperties:
 *         items:
 *           enum: [read, write]
 *           type: string
 *         type: array
 *       description: 'Resource → allowed actions, such as {"escrows": ["read", "write"]}; the resource
 *         all is a wildcard'
 *       example:
 *         clients: [read]
 *         escrows: [read, write]
 *       type: object
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     Contact:
 *       properties:
 *         city: {example: Bakersfield, type: string}
 *         company: {type: string}
 *         contact_status: {example: active, type: string}
 *         contact_type: {example: buyer, type: string}
 *         created_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         email: {example: jordan.lee@example.com, format: email, type: string}
 *         first_name: {example: Jordan, type: string}
 *         full_name: {example: Jordan Lee, type: string}
 *         id: {example: 550e8400-e29b-41d4-a716-446655440000, format: uuid, type: string}
 *         is_archived: {example: false, type: boolean}
 *         last_name: {example: Lee, type: string}
 *         license_number: {type: string}
 *         notes: {type: string}
 *         phone: {example: +1 661 555 0123, type: string}
 *         state: {example: CA, type: string}
 *         street_address: {type: string}
 *         updated_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         user_id: {description: The user who owns the record, example: 550e8400-e29b-41d4-a716-446655440000,
 *           format: uuid, type: string}
 *         zip_code: {example: '93301', type: string}
 *       type: object
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     Subscription:
 *       properties:
 *         cancelAtPeriodEnd: {example: false, type: boolean}
 *         currentPeriodEnd: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         plan: {example: agent, type: string}
 *         seats: {example: 1, type: integer}
 *         status:
 *           enum: [trialing, active, past_due, canceled, none]
 *           type: string
 *         trialEnd: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *       type: object
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     User:
 *       properties:
 *         createdAt: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         email: {example: agent@example.com, format: email, type: string}
 *         emailKind:
 *           enum: [personal, work, offers]
 *           type: string
 *         firstName: {example: Sample, type: string}
 *         id: {example: 550e8400-e29b-41d4-a716-446655440000, format: uuid, type: string}
 *         lastName: {example: Agent, type: string}
 *         phone: {type: string}
 *         role:
 *           enum: [agent, broker, lender, vendor, system_admin]
 *           type: string
 *         smsConsent: {example: false, type: boolean}
 *         status:
 *           enum: [active, waitlisted, disabled, suspended]
 *           type: string
 *         username: {example: sample_agent, type: string}
 *       type: object
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     Webhook:
 *       properties:
 *         active: {example: true, type: boolean}
 *         created_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         events:
 *           items: {example: escrow.created, type: string}
 *           type: array
 *         id: {example: wh_abc123def456, type: string}
 *         last_triggered: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         secret: {example: example secret, type: string}
 *         url: {example: 'https://example.com/hooks/actuallycare', type: string}
 *       type: object
 */

/**
 * @openapi
 * components:
 *   schemas:
 *     WebhookDelivery:
 *       properties:
 *         attempts: {description: 'Attempts made so far, of 4', example: 1, type: integer}
 *         created_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         delivered_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         error: {type: string}
 *         event: {example: escrow.created, type: string}
 *         id: {example: whd_abc123def456, type: string}
 *         next_attempt_at: {example: '2026-07-15T14:32:10.000Z', format: date-time, type: string}
 *         payload: {additionalProperties: true, description: What was sent, type: object}
 *         response_status: {example: 200, type: integer}
 *         status:
 *           enum: [pending, delivered, failed]
 *           type: string
 *         webhook_id: {example: wh_abc123def456, type: string}
 *       type: object
 */
