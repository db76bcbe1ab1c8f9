/** All documents of some files by kind and name, and the references between them. */
import { nearest } from '../../scenarios/nearest.ts';
import { readDocuments, type SourceFile, type YamlDocument } from './documents.ts';
import { type Findings, Place } from './findings.ts';
import { validateAt } from './issues.ts';
import { type DocumentOf, type Kind, kinds, knownFields } from './kinds.ts';
import { didYouMean } from './text.ts';

export interface Located<K extends Kind> {
  readonly value: DocumentOf<K>;
  readonly document: YamlDocument;
  /** The document's root. */
  readonly place: Place;
}

type Shelves = { readonly [K in Kind]: Located<K>[] };

const kindNames = Object.keys(kinds) as readonly Kind[];

export class Library {
  readonly #shelves: Shelves;
  readonly #unreadable: ReadonlySet<unknown>;
  /** Names of documents that something referred to, as `KIND name`. */
  readonly #used = new Set<string>();

  /** @param unreadable names of documents that something is wrong with, so that they stand on no shelf. */
  constructor(shelves: Shelves, unreadable: ReadonlySet<unknown>) {
    this.#shelves = shelves;
    this.#unreadable = unreadable;
  }

  all<K extends Kind>(kind: K): readonly Located<K>[] {
    return this.#shelves[kind];
  }

  /** The document that a reference names; undefined, and an error at its place or in the document, if there is none. */
  find<K extends Kind>(kind: K, name: string, place: Place): Located<K> | undefined {
    this.#used.add(`${kind} ${name}`);
    const named = this.all(kind).find(({ value }) => value.metadata.name === name);
    if (named === undefined && !this.#unreadable.has(name)) place.error(this.#missing(kind, name));
    return named;
  }

  /** Documents of the kinds that only a reference makes count, and that nothing refers to. */
  unused(): Located<Kind>[] {
    const referable = kindNames.filter((kind) => kind !== 'SLO' && kind !== 'Service');
    return referable.flatMap((kind) =>
      this.all(kind).filter(({ value }) => !this.#used.has(`${kind} ${value.metadata.name}`)),
    );
  }

  /** References lead from SLOs down, so one that names another kind would be the only way to a cycle. */
  #missing(kind: Kind, name: string): string {
    const other = kindNames.find((item) => this.all(item).some(({ value }) => value.metadata.name === name));
    if (other !== undefined) return `"${name}" is of kind ${other}, where ${kind} is referred to`;
    const names = this.all(kind).map(({ value }) => value.metadata.name);
    return `there is no ${kind} "${name}"${didYouMean(name, names)}`;
  }
}

/** Reads every document of every file; what is wrong with them goes to the findings. */
export function readLibrary(files: readonly SourceFile[], findings: Findings): Library {
  const shelves: Shelves = {
    SLO: [],
    SLI: [],
    AlertPolicy: [],
    AlertCondition: [],
    AlertNotificationTarget: [],
    DataSource: [],
    Service: [],
  };
  const unreadable = new Set<unknown>();
  for (const file of files) {
    const { documents, problems } = readDocuments(file, 'INVALID_OBJECTIVE');
    for (const item of problems) findings.add(item);
    for (const document of documents.flatMap((item) => itemsOf(item, findings))) {
      if (!keep(document, shelves, findings)) unreadable.add(nameIn(document.value));
    }
  }
  for (const kind of kindNames) tellDuplicates(shelves[kind]);
  return new Library(shelves, unreadable);
}

/** OpenSLO's SDK also reads a list of documents in place of one; the text of the standard knows none. */
function itemsOf(document: YamlDocument, findings: Findings): YamlDocument[] {
  if (!Array.isArray(document.value)) return [document];
  new Place(findings, document).tolerate('a list of documents; part them with ---');
  return document.value.map((value: unknown, index) => ({
    file: document.file,
    value,
    lineOf: (path, key) => document.lineOf([index, ...path], key),
  }));
}

/** Puts a document on its shelf, unless something is wrong with it. */
function keep(document: YamlDocument, shelves: Shelves, findings: Findings): boolean {
  const place = new Place(findings, document);
  const kind: unknown = (document.value as { kind?: unknown } | null)?.kind;
  if (!isKind(kind)) {
    const meant = typeof kind === 'string' ? nearest(kind, kindNames) : undefined;
    const found = kind === undefined ? 'none' : String(kind);
    const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
    place.at('kind').error(`expected ${kindNames.join(', ')}, found ${found}${hint}`);
    return false;
  }
  const value = validateAt(kinds[kind], document.value, place, knownFields);
  // The schema is the one of this kind, which the type system cannot follow through the table.
  if (value !== undefined) (shelves[kind] as Located<Kind>[]).push({ value, document, place });
  return value !== undefined;
}

function nameIn(value: unknown): unknown {
  return (value as { metadata?: { name?: unknown } | null } | null)?.metadata?.name;
}

function isKind(kind: unknown): kind is Kind {
  return typeof kind === 'string' && Object.hasOwn(kinds, kind);
}

function tellDuplicates(located: readonly Located<Kind>[]): void {
  const seen = new Map<string, string>();
  for (const { value, place } of located) {
    const { name } = value.metadata;
    const { file, line } = place.at('metadata', 'name').where();
    const first = seen.get(name);
    if (first === undefined) seen.set(name, `${file}:${line}`);
    else {
      const cause = `${value.kind} "${name}" exists already at ${first}`;
      place.at('metadata', 'name').error(cause, 'DUPLICATE_OBJECTIVE');
    }
  }
}
