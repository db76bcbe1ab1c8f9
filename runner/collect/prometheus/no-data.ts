/** Why a backend's answer is no data; the message is words that a report prints as they are. */
export class NoData extends Error {}
