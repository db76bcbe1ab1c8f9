/** Parts of the ReportModel that are nothing but texts. */

/** Something that a comparison with a baseline found to have become worse. */
export interface RegressionView {
  readonly service: string;
  readonly kind: string;
  /** The finding, and whether the policy tolerates it. */
  readonly text: string;
  readonly blocks: boolean;
}

/** Why a reader must not take the figures at face value. */
export interface Banner {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** What was measured, and among how many. */
export interface Measured {
  readonly figure: string;
  readonly among: string;
}

export interface Fact {
  readonly label: string;
  readonly text: string;
}

export interface MethodView {
  readonly reproduction: readonly Fact[];
  readonly versions: readonly Fact[];
  /** SHA-256 of what the verdict was made from. */
  readonly checksums: readonly Fact[];
  readonly definitions: readonly Fact[];
  readonly limits: readonly string[];
}
