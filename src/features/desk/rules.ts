import { askerOf, type Policy, pathOf } from '../../bot/policy.ts'
import type { Actor } from '../../core/staff.ts'
import { seeLists } from '../lists/policy.ts'
import { readDesk, settleUndelivered } from './policy.ts'

/** Who looks at the pages in this browser, and what the forms of their session carry. */
export interface Reader extends Actor {
  readonly stamp: string
}

/** A link opens the pages once, within this time. */
export const LINK_MINUTES = 10

/** A browser is let in for a working day, and no longer than this once nobody looks. */
export const SESSION_HOURS = 10
export const IDLE_MINUTES = 30

/** The path below which a reader's pages look; nothing above it is ever in them. Null: they have none. */
export function realmOf(who: Actor): string | null {
  const reader = askerOf(readDesk, who)
  return reader.reach && pathOf(reader)
}

/** The page of the day refreshes itself so often, until its reader says that it shall stand still. */
export const REFRESH_SECONDS = 120
/** What such a page is asked with: it came by itself, or it is to stand still. */
export const BY_ITSELF = 'by-itself'
export const STILL = 'still'

/** Of these days back the pages show moves between tiers, and referrals. */
export const MOVES_DAYS = 30
export const PERIOD_DAYS = 90

/** The pages there are, in the order of the tabs. */
export const TABS = [
  'campaigns',
  'tiers',
  'load',
  'referrals',
  'hand-over',
  'segments',
  'lists',
  'import',
  'undelivered',
] as const
export type Tab = (typeof TABS)[number]

/** Tabs that not all who have pages have: what reached nobody is for who sees to it. */
const POLICIES: Readonly<Partial<Record<Tab, Pick<Policy, 'reach'>>>> = {
  lists: seeLists,
  undelivered: settleUndelivered,
}

/** The tabs of a reader. */
export const tabsOf = (who: Actor): readonly Tab[] =>
  TABS.filter((tab) => {
    const policy = POLICIES[tab]
    return !policy || askerOf(policy, who).reach !== null
  })

/** The id of something, as an address has it. */
export const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
