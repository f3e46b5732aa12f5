/** For how many days what people wrote and did is kept. */
export interface Terms {
  /** What arrived from chats, and what was sent there. */
  readonly chat: number
  /** The audit trail; the seals of its days stay. */
  readonly audit: number
  /** Sessions of the pages that are over. */
  readonly sessions: number
  /** Which lines a day's list showed, and in which places. */
  readonly lists: number
  /** Openings of referral links. */
  readonly clicks: number
}

/** The least that the trail is kept: six months (网络安全法, art. 21). The database holds to the same. */
export const LEAST_AUDIT_DAYS = 183
/** The most that a visitor's opening is kept, as the page behind every referral form says. */
export const MOST_CLICK_DAYS = 730
