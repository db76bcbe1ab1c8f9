/**
 * What the gateway answers for degradable services that fail, marked `x-fallback: <service>`. Only where
 * nothing is lost by it: registering a device has no stand-in, a lost exposure is only a smaller sample.
 */
export const fallbacks: Readonly<Record<string, { readonly status: number; readonly body: object }>> = {
  'recommendation.alsoBought': { status: 200, body: { products: [] } },
  'recommendation.home': { status: 200, body: { products: [] } },
  'notification.inbox': { status: 200, body: { messages: [] } },
  'experiments.assign': { status: 200, body: { assignments: {} } },
  'experiments.expose': { status: 202, body: {} },
};
