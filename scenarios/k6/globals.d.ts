/** Globals of k6 that its type package leaves out. */
declare const console: {
  log(message: string): void;
  warn(message: string): void;
  error(message: string): void;
};
