import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { addDays, dayIn } from '../../../core/calendar/time.ts'
import { refuse } from '../../../core/decision.ts'
import { importCard } from '../cards.ts'
import { heldImport } from '../decide-import.ts'
import * as policy from '../policy.ts'
import { type ImportRecord, KEPT_DAYS } from '../rules.ts'
import { latestImports, noteStep } from '../store.ts'

/** So many of one's imports are looked through for the last that was written. */
const LATEST = 20

/** Takes a whole import back, the one that is named or one's last; who somebody worked on since stays. */
export const undoImport = command<{ importId?: string | undefined }, ImportRecord, ImportRecord>({
  name: 'undo-import',
  may: policy.importClients,
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
    if (importId) return heldImport(tx, { importId }, context)
    const latest = await latestImports(tx, context.who.id, LATEST)
    const done = latest.find(({ state }) => state === 'done')
    return done
      ? heldImport(tx, { importId: done.id }, context)
      : refuse('没有可以撤销的导入。', 'There is no import to take back.')
  },
  decide(record, _input, { at }) {
    const { state, actId, confirmedAt } = record
    if ((state !== 'done' && state !== 'failed') || !actId || !confirmedAt) {
      return refuse(
        '这份导入没有写入，或已经撤销了。',
        'It was not written, or is taken back already.',
      )
    }
    return addDays(dayIn(confirmedAt, at.timezone), KEPT_DAYS) < at.today
      ? refuse(
          `导入已超过 ${KEPT_DAYS} 天，不能整份撤销。`,
          `It is more than ${KEPT_DAYS} days old and cannot be taken back as a whole.`,
        )
      : { ...record, state: 'undoing', fault: null }
  },
  async save(tx, { id }, { beginWork }) {
    await noteStep(tx, id, { state: 'undoing', next: 0 })
    beginWork()
  },
  reply: (record, _facts, { who }) => importCard(record, who.language),
})
