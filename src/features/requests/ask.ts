import type { Moment } from '../../bot/moment.ts'
import type { CarryingOut, RequestKind } from '../../bot/request-kind.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { confirmCard } from './cards.ts'
import { REQUEST_DAYS } from './rules.ts'
import { insertRequest, isWaiting, namesOf } from './store.ts'

const DAY_MS = 24 * 3_600_000

/** What is asked, by whom and why. */
export interface Asking {
  readonly subject: string
  readonly payload: unknown
  readonly askedBy: string
  readonly askedByName: string | null
  readonly reason: string | null
  readonly evidence?: string | null
}

/** A request is on its way to these people. */
export interface Waiting {
  readonly confirmers: readonly string[]
  /** The same was asked before and waits; nobody was told again. */
  readonly before: boolean
}

/**
 * Asks for a second person: puts the request on file and tells everybody who may confirm it. Refused where
 * there is nobody.
 */
export async function askForSecond(
  tx: Queries,
  kind: RequestKind,
  asking: Asking,
  { at, tell }: { readonly at: Moment; readonly tell: CarryingOut['tell'] },
): Promise<Waiting | Refusal> {
  const request = { kind: kind.name, evidence: null, ...asking }
  const ids = await kind.confirmers(tx, { ...request, id: '' })
  if (ids.length === 0) return NOBODY
  const confirmers = await namesOf(tx, ids)
  if (await isWaiting(tx, request, at.now)) return { confirmers, before: true }
  const expiresAt = new Date(at.now.getTime() + REQUEST_DAYS * DAY_MS)
  const id = await insertRequest(tx, request, { now: at.now, expiresAt })
  const what = await kind.describe(tx, asking.payload)
  const { askedByName, reason, evidence = null } = asking
  const shown = { id, askedByName, reason, evidence, askedOn: at.today }
  for (const staffId of ids) {
    await tell(staffId, (language) => confirmCard(shown, what, at.today, language))
  }
  return { confirmers, before: false }
}

/** There is no second person. */
export const NOBODY = refuse(
  '这要第二个人确认，但行里没有能确认的人。请先补上一位负责人或同部门的同事。',
  'A second person must confirm this, and there is nobody who could. First add a head, or a colleague of the same department.',
)
