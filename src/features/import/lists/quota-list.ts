import { type Text, text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { setForOwnUnit, setQuotas } from '../../quotas/policy.ts'
import { HEADINGS, readQuotas, type SaidQuotas } from '../../quotas/quota-row.ts'
import { type Holder, idOf, MEASURES, type Measure, type Target } from '../../quotas/rules.ts'
import { holdersBelow, putTargets, targetsOf } from '../../quotas/store.ts'
import { type Judged, type ListRow, type ListWork, list } from './list.ts'

/** What managers, teams and branches are to reach. */
export const quotaList = list<keyof typeof HEADINGS, SaidQuotas>({
  kind: 'quotas',
  may: setQuotas,
  headings: HEADINGS,
  needs: ['span', 'code'],
  wanted: MEASURES,
  noTable: text(
    '表里要有"月份""代码"两列，和至少一列指标。发"指标表"得到空表。',
    'The sheet needs the columns "月份" (month) and "代码" (code), and one of a quota. Say "quota sheet" for an empty one.',
  ),
  forgets: false,
  read(row, places, today) {
    const read = readQuotas(row, places, today)
    return 'span' in read
      ? { says: read, key: `${read.code.toLowerCase()} ${read.span}`, faults: [] }
      : { says: null, key: null, faults: read }
  },
  async judge(tx, rows, work): Promise<Judged[]> {
    const now = await nowOf(tx, rows, work)
    return rows.map((row) => {
      const { number, says } = row
      const holder = now.holderOf(says)
      if (!holder) return { number, verdict: 'rejected', why: noHolder(says.code) }
      if (holder.unitPath === work.importer.path) {
        return { number, verdict: 'rejected', why: setForOwnUnit.because }
      }
      const changes = Object.fromEntries(
        MEASURES.flatMap((measure) => {
          const after = says.targets[measure]
          const before = now.targetOf(holder, says, measure)
          return after === undefined || after === before
            ? []
            : [[measure, [before, after] as const]]
        }),
      )
      const before = Object.values(changes).map(([each]) => each)
      const isNew = before.every((each) => each === 0)
      return before.length === 0
        ? { number, verdict: 'same' }
        : { number, verdict: isNew ? 'new' : 'changed', changes }
    })
  },
  async write(tx, rows, work) {
    const { holderOf } = await nowOf(tx, rows, work)
    for (const { says, changes } of rows) {
      const holder = holderOf(says)
      const targets = measuresIn(changes).map(([measure, [, target]]) => ({ measure, target }))
      if (holder) await put(tx, holder, says, targets, work)
    }
  },
  async undo(tx, rows, work) {
    const { holderOf, targetOf } = await nowOf(tx, rows, work)
    const stays: number[] = []
    for (const { number, says, changes } of rows) {
      const holder = holderOf(says)
      const all = measuresIn(changes)
      const own = all.filter(
        ([measure, [, after]]) => holder && targetOf(holder, says, measure) === after,
      )
      if (own.length < all.length) stays.push(number)
      const targets = own.map(([measure, [before]]) => ({ measure, target: before }))
      if (holder) await put(tx, holder, says, targets, work)
    }
    return stays
  },
})

const noHolder = (code: string): Text =>
  text(
    `您的机构里没有代码"${code}"，请写经理工号或团队代码。`,
    `There is no code "${code}" in your unit; write a staff code or the code of a team.`,
  )

type Changes = ListRow<SaidQuotas>['changes']

/** What a row changes, 0 where no quota stood or none is to. */
const measuresIn = (changes: Changes): [Measure, readonly [number, number]][] =>
  MEASURES.flatMap((measure) => {
    const [before, after] = changes?.[measure] ?? []
    return after === undefined ? [] : [[measure, [Number(before), Number(after)]]]
  })

/** Whom rows mean within reach, and what is set for them; a target of 0 where none is. */
async function nowOf(tx: Queries, rows: readonly ListRow<SaidQuotas>[], { importer }: ListWork) {
  const holders = await holdersBelow(tx, importer.path, null)
  const byCode = new Map(holders.map((holder) => [holder.code.toLowerCase(), holder]))
  const holderOf = ({ code }: SaidQuotas) => byCode.get(code.toLowerCase())
  const meant = rows.flatMap(({ says }) => holderOf(says) ?? [])
  const spans = [...new Set(rows.map(({ says }) => says.span))]
  const set = await targetsOf(tx, meant.map(idOf), spans)
  const targetOf = (holder: Holder, { span }: SaidQuotas, measure: Measure) =>
    set.get(`${idOf(holder)} ${span} ${measure}`)?.target ?? 0
  return { holderOf, targetOf }
}

const put = (
  tx: Queries,
  { whose }: Holder,
  { span }: SaidQuotas,
  targets: readonly Pick<Target, 'measure' | 'target'>[],
  { importer, at }: ListWork,
): Promise<void> => {
  const set = targets.map((each) => ({ ...each, stretch: null, whose }))
  return putTargets(tx, span, set, {
    setBy: importer.staffId ?? '',
    now: at.now,
    actId: null,
  })
}
