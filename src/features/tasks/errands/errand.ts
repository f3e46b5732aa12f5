import type { Text } from '../../../core/text.ts'
import { listed } from '../../../infra/database/quoted.ts'
import type { TaskLine, UpNext } from '../list/line-store.ts'

/** Why somebody set a task themselves. */
const REASONS = ['own', 'assigned']

/**
 * Holds, in SQL, of a task that a person set for something particular (送合同, 取流水). A client may have several of them
 * open and none takes another's place; of what else there is, one of a kind is open (the index `task_open_once`).
 */
export const isErrand = (task: string): string =>
  `(${task}.kind = 'other' and ${task}.reason in (${listed(REASONS)}))`

/** What a client's tasks have in common of which only one may be open: their kind; of an errand its own id. */
export const placeOf = (task: string): string =>
  `case when ${isErrand(task)} then ${task}.id::text else ${task}.kind end`

/** Holds where that place is free. */
export const placeIsFree = (task: string): string => `
  (${isErrand(task)} or not exists (select from task as open
    where open.client_id = ${task}.client_id and open.kind = ${task}.kind and open.status = 'open'
      and not ${isErrand('open')}))`

/** As `isErrand`, of a line. */
export const errand = ({ kind, reason }: Pick<TaskLine, 'kind' | 'reason'>): boolean =>
  kind === 'other' && REASONS.includes(reason)

/** What is done, why the others are not, and what comes next. */
export interface FinishedErrands {
  readonly finished: readonly TaskLine[]
  readonly refused: readonly Text[]
  readonly upNext: UpNext | null
}
