/** Where a stand-in lets itself be broken and mended. */
export interface StandInControl {
  /** Of its control server, without a trailing slash. */
  readonly url: string;
  /** Bearer token of the control server; confidential. */
  readonly token: string;
  /** Each service's own address, past the gateway: what is broken there is seen there first. */
  readonly serviceUrls: Readonly<Record<string, string>>;
}
