// Made-up values of environment variables, of the form that the providers document.

const hex = (length) => '0123456789abcdef'.repeat(4).slice(0, length);
const uuid = `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
// Put together, so that nothing that reads files for keys takes them for real ones.
export const keys = {
  ACUITY_API_KEY: 'fedcba98'.repeat(4),
  ACUITY_USER: '12345',
  ADYEN_LIVE_PREFIX: `${hex(16)}-Sample`,
  ALGOLIA_APP_ID: 'A'.repeat(10),
  ALGOLIA_SEARCH_KEY: 'fedcba98'.repeat(4),
  BREVO_API_KEY: ['xkeysib', hex(64), 'a'.repeat(16)].join('-'),
  DROPBOX_TOKEN: ['sl', 'u', 'sample'].join('.'),
  GA_MEASUREMENT_ID: ['G', 'A'.repeat(10)].join('-'),
  GOOGLE_SEARCH_KEY: `AIza${'A'.repeat(35)}`,
  KICKBOX_API_KEY: ['test', hex(64)].join('_'),
  MAPBOX_TOKEN: ['pk', 'sample', 'sample'].join('.'),
  MAPS_KEY: `AIza${'A'.repeat(35)}`,
  POSTHOG_PROJECT_KEY: ['phc', 'a'.repeat(43)].join('_'),
  SENDGRID_API_KEY: ['SG', 'a'.repeat(22), 'a'.repeat(43)].join('.'),
  SENDGRID_TEMPLATE: `d-${hex(32)}`,
  SMARTY_AUTH_ID: uuid,
  STRIPE_SECRET_KEY: ['sk', 'test', 'a'.repeat(24)].join('_'),
  TELNYX_API_KEY: ['KEY', hex(32), '_', 'a'.repeat(22)].join(''),
  TELNYX_VERIFY_PROFILE: uuid,
  TWILIO_ACCOUNT_SID: `AC${hex(32)}`,
  TWILIO_AUTH_TOKEN: 'fedcba98'.repeat(4),
  TWILIO_MESSAGING_SERVICE: `MG${hex(32)}`,
  TWILIO_VERIFY_SERVICE: `VA${hex(32)}`,
};
