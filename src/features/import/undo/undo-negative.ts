import { z } from 'zod'
import { requestKind } from '../../../bot/request-kind.ts'
import { refuse } from '../../../core/decision.ts'
import { text } from '../../../core/text.ts'
import { secondPersons } from '../../requests/store.ts'
import { importById, noteStep } from '../store.ts'

const payload = z.object({ importId: z.uuid() })

/** A whole import comes off the negative list: asked by whoever brought it in, confirmed by somebody else of risk. */
export const undoNegative = requestKind<z.infer<typeof payload>>({
  name: 'undo-negative-import',
  label: { zh: '负面清单', en: 'negative list' },
  payload,
  confirmers: (tx, { askedBy }) => secondPersons(tx, { askedBy, role: 'risk' }),
  async describe(tx, { importId }) {
    const record = await importById(tx, importId)
    const { new: fresh = 0, changed = 0 } = record?.counts.verdicts ?? {}
    const [file, count] = [record?.fileName ?? '', fresh + changed]
    return text(
      `撤销导入：把"${file}"列入的 ${count} 条移出负面清单`,
      `take back an import: ${count} entries of "${file}" off the negative list`,
    )
  },
  async fault(tx, { payload: { importId } }) {
    const record = await importById(tx, importId)
    return record?.state === 'done' || record?.state === 'failed'
      ? null
      : refuse('这份导入已经撤销了，没有改动。', 'It is taken back already; nothing changed.')
  },
  carryOut: (tx, { payload: { importId } }) =>
    noteStep(tx, importId, { state: 'undoing', next: 0 }),
})
