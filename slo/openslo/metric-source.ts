/** A metric source as it is written, with the DataSource that it may refer to → one that is measured here. */
import type { Place } from './findings.ts';
import { validateAt } from './issues.ts';
import { knownFields } from './kinds.ts';
import type { Library, Located } from './library.ts';
import type { RawMetricSource } from './schema.ts';
import { isSourceType, type MetricSource, sourceTypes, specOf } from './sources.ts';
import { didYouMean } from './text.ts';

/** Undefined if what is wrong was told at the place. In lenient mode a foreign source is warned of. */
export function metricSourceOf(
  raw: RawMetricSource,
  library: Library,
  place: Place,
): MetricSource | undefined {
  const { metricSourceRef } = raw;
  const dataSource =
    metricSourceRef === undefined
      ? undefined
      : library.find('DataSource', metricSourceRef, place.at('metricSourceRef'));
  if (metricSourceRef !== undefined && dataSource === undefined) return undefined;
  const type = typeOf(raw, dataSource, place);
  if (type === undefined) return undefined;
  if (!isSourceType(type)) {
    const cause = `"${type}" cannot be measured here, but ${sourceTypes.join(', ')} can${didYouMean(type, sourceTypes)}`;
    place.at('type').tolerate(cause, { code: 'UNSUPPORTED_OBJECTIVE' });
    return undefined;
  }
  const spec = validateAt(specOf(type), raw.spec, place.at('spec'), knownFields);
  if (spec === undefined) return undefined;
  const reference = dataSource === undefined ? {} : { dataSource: connectionOf(dataSource) };
  return { type, spec, ...reference } as MetricSource;
}

function typeOf(
  { type }: RawMetricSource,
  dataSource: Located<'DataSource'> | undefined,
  place: Place,
): string | undefined {
  const referred = dataSource?.value.spec.type;
  if (type === undefined && referred === undefined) {
    place.error('name a type, or a metricSourceRef that has one');
  } else if (type !== undefined && referred !== undefined && type !== referred) {
    place.at('type').error(`${type} contradicts its DataSource, which is of type ${referred}`);
    return undefined;
  }
  return type ?? referred;
}

/** Where the backend answers. Secrets are not the objective's business: the target file names them. */
function connectionOf({ value, place }: Located<'DataSource'>): { name: string; url?: string } {
  const { name } = value.metadata;
  const details = [value.spec.connectionDetails].flat().filter((item) => typeof item === 'object');
  const fields: Record<string, unknown> = Object.assign({}, ...details);
  const here = place.at('spec', 'connectionDetails');
  const others = Object.keys(fields).filter((key) => key !== 'url');
  if (others.length > 0) here.warn(`only url is used; ${others.join(', ')} left to the target file`);
  const { url } = fields;
  if (url === undefined) return { name };
  if (typeof url !== 'string' || !isPlainUrl(url)) {
    here.error('url must be an http or https address without user and password');
    return { name };
  }
  return { name, url };
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
