import { z } from 'zod'
import { requestKind } from '../../../bot/request-kind.ts'
import { refuse } from '../../../core/decision.ts'
import { text } from '../../../core/text.ts'
import { secondPersons } from '../../requests/store.ts'
import { free } from './effect.ts'
import { endEntries, entriesInForce, stillMarked, unmark } from './store.ts'

/** What is to come off the list: by ids, as numbers stand nowhere in clear. */
const payload = z.object({
  entryIds: z.array(z.uuid()),
  /** Clients who are marked though no entry means them. */
  clientIds: z.array(z.uuid()),
  /** The numbers, masked. */
  masked: z.array(z.string()),
  /** Why they are on the list. */
  because: z.array(z.string()),
})
export type Removal = z.infer<typeof payload>

/** By which the same removal is known. */
export const subjectOf = ({ entryIds, clientIds }: Removal): string =>
  [...entryIds, ...clientIds].sort().join(' ')

/** Off the negative list before the last day: asked by risk, confirmed by somebody else of risk. */
export const removal = requestKind<Removal>({
  name: 'negative-remove',
  label: { zh: '负面清单', en: 'negative list' },
  payload,
  confirmers: (tx, { askedBy }) => secondPersons(tx, { askedBy, role: 'risk' }),
  async describe(_tx, { masked, because }) {
    const [zh, en] = [masked.join('、'), masked.join(', ')]
    return because.length > 0
      ? text(
          `移出负面清单：${zh}（原因曾为：${because.join('；')}）`,
          `off the negative list: ${en} (it was: ${because.join('; ')})`,
        )
      : text(`移出负面清单：${zh}`, `off the negative list: ${en}`)
  },
  async fault(tx, { payload: { entryIds, clientIds } }) {
    const left = [...(await entriesInForce(tx, entryIds)), ...(await stillMarked(tx, clientIds))]
    return left.length > 0
      ? null
      : refuse('已经不在负面清单上，没有改动。', 'Off the negative list already; nothing changed.')
  },
  async carryOut(tx, { payload: { entryIds, clientIds }, askedBy, reason }, { at }) {
    const marked = await stillMarked(tx, clientIds)
    await unmark(tx, marked)
    const by = { staffId: askedBy, why: reason ?? '' }
    const freed = [...marked, ...(await endEntries(tx, entryIds, by, at.now))]
    await free(tx, freed, at.today, at.now)
  },
})
