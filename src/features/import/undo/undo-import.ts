import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import type { Moment } from '../../../bot/moment.ts'
import { addDays, dayIn } from '../../../core/calendar/time.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { askForSecond, NOBODY } from '../../requests/ask.ts'
import { askedCard } from '../../requests/cards.ts'
import { namesOf, secondPersons } from '../../requests/store.ts'
import { importCard } from '../cards/import-cards.ts'
import { heldImport } from '../decide-import.ts'
import * as policy from '../policy.ts'
import { type ImportRecord, KEPT_DAYS } from '../rules.ts'
import { latestImports, noteStep } from '../store.ts'
import { undoNegative } from './undo-negative.ts'

interface Undone {
  readonly record: ImportRecord
  /** Who could be the second person, by name, where one must say yes; null: none need. */
  readonly confirmers: readonly string[] | null
}

export const NOTHING_WRITTEN = refuse('没有可以撤销的导入。', 'There is no import to take back.')

/** Why an import cannot be taken back as a whole; null: it can. */
export function undoFault(
  { state, actId, confirmedAt }: ImportRecord,
  { timezone, today }: Pick<Moment, 'timezone' | 'today'>,
): Refusal | null {
  if ((state !== 'done' && state !== 'failed') || !actId || !confirmedAt) {
    return refuse(
      '这份导入没有写入，或已经撤销了。',
      'It was not written, or is taken back already.',
    )
  }
  return addDays(dayIn(confirmedAt, timezone), KEPT_DAYS) < today
    ? refuse(
        `导入已超过 ${KEPT_DAYS} 天，不能整份撤销。`,
        `It is more than ${KEPT_DAYS} days old and cannot be taken back as a whole.`,
      )
    : null
}

/** So many of one's imports are looked through for the last that was written. */
const LATEST = 20

/** Takes a whole import back, the one that is named or one's last; who somebody worked on since stays. */
export const undoImport = command<{ importId?: string | undefined }, Undone, Undone>({
  name: 'undo-import',
  may: policy.decideImports,
  help: {
    usage: { zh: '撤销导入', en: 'undo import' },
    purpose: {
      zh: `整份撤销上一次导入（${KEPT_DAYS} 天内）；之后有人跟进的留下，并写明原因`,
      en: `take back your last import as a whole, within ${KEPT_DAYS} days; whom somebody worked on since stays`,
    },
  },
  phrases: { words: ['撤销导入', '撤回导入', '导入 撤销', 'undo import'], read: wholeLine({}) },
  input: z.object({ importId: z.uuid().optional() }),
  async load(tx, { importId }, context) {
    const { who } = context
    const latest = importId ? [] : await latestImports(tx, who.id, LATEST)
    const id = importId ?? latest.find(({ state }) => state === 'done')?.id
    if (!id) return NOTHING_WRITTEN
    const record = await heldImport(tx, { importId: id }, context)
    if (record instanceof Refusal) return record
    // Off the negative list takes a second person, whichever way somebody came on it.
    const needsSecond = record.kind === 'negative'
    const ids = needsSecond ? await secondPersons(tx, { askedBy: who.id, role: 'risk' }) : null
    return { record, confirmers: ids && (await namesOf(tx, ids)) }
  },
  decide({ record, confirmers }, _input, { at }) {
    const fault = undoFault(record, at)
    if (fault) return fault
    if (confirmers?.length === 0) return NOBODY
    return confirmers
      ? { record, confirmers }
      : { record: { ...record, state: 'undoing', fault: null }, confirmers }
  },
  async save(tx, { record: { id }, confirmers }, { who, at, tell, beginWork }) {
    if (!confirmers) {
      await noteStep(tx, id, { state: 'undoing', next: 0 })
      return beginWork()
    }
    const by = { askedBy: who.id, askedByName: who.name, reason: null }
    await askForSecond(
      tx,
      undoNegative,
      { subject: id, payload: { importId: id }, ...by },
      { at, tell },
    )
  },
  reply: ({ record, confirmers }, _facts, { who }) =>
    confirmers ? askedCard(confirmers, who.language) : importCard(record, who.language),
})
