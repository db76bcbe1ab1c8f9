/** What is still answered by the old shop behind the strangler facade: content pages and old parcels. */
import { html } from '../kit/html.ts';
import { percentile } from '../kit/ids.ts';
import { trackingOf } from './fulfillment.ts';

/** Percentage of parcels that were sent before the move and whose history stayed with the monolith. */
export const legacyParcelPercent = 5;

export const isLegacyParcel = (trackingId: string): boolean => percentile(trackingId) < legacyParcelPercent;

/** An old parcel has arrived long ago. */
export function legacyTracking(trackingId: string) {
  return { ...trackingOf(trackingId), status: 'delivered', source: 'legacy' };
}

export function legacyPage(pageId: string): string {
  return html`<!doctype html><html lang="en"><head><title>${pageId}</title></head>
<body><h1>${pageId}</h1><p>This page still comes from the monolith.</p></body></html>`.text;
}
