/** Where everything is: for people a page of links, for Prometheus a list of what to scrape. */
import { catalog, type ServiceName } from '../../scenarios/catalog.ts';
import { html } from '../kit/html.ts';
import type { Addresses } from '../kit/messages.ts';

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}`;

export function linksPage(addresses: Addresses): string {
  const rows = (Object.keys(catalog) as ServiceName[]).map((name) => {
    const { description, tier, health } = catalog[name];
    const address = addresses[name];
    return html`<tr><th scope="row">${name}</th><td>${description}</td><td>${tier}</td>
<td><a href="${address}${health}">health</a> <a href="${address}/${name}/openapi.json">OpenAPI</a>
<a href="${address}/metrics">metrics</a></td></tr>`;
  });
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>RetailPulse sandbox</title>
<style>${style}</style></head><body><main><h1>RetailPulse sandbox</h1>
<p><a href="${addresses.storefront}/">Open the shop</a>, <a href="/targets">targets for Prometheus</a></p>
<table><thead><tr><th>service</th><th>what it does</th><th>tier</th><th>links</th></tr></thead>
<tbody>${rows}</tbody></table></main></body></html>`.text;
}

/** Every service's `/metrics`, as Prometheus' HTTP service discovery (`http_sd_configs`) reads it. */
export function scrapeTargets(addresses: Addresses): { targets: string[] }[] {
  return [{ targets: Object.values(addresses).map((address) => new URL(address).host) }];
}
