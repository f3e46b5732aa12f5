import { text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { bar, free } from '../../risk/list/effect.ts'
import { addEntries, endEntries, entriesOfAct, listedAlready } from '../../risk/list/store.ts'
import { readPerson } from '../../risk/person-row.ts'
import { keepNegativeList } from '../../risk/policy.ts'
import { hashable, type Person } from '../../risk/rules.ts'
import { listedAmong } from '../../risk/screen.ts'
import { clientsOf } from '../../risk/store.ts'
import { NEGATIVE, peopleTable } from './headings.ts'
import { type Judged, type ListRow, type ListWork, list } from './list.ts'

/** Whom nobody is to market to. Numbers stand in clear nowhere once they are written. */
export const negativeList = list<keyof typeof NEGATIVE, Omit<Person, 'name'>>({
  kind: 'negative',
  may: keepNegativeList,
  headings: NEGATIVE,
  ...peopleTable(text('负面 模板', 'negative template')),
  forgets: true,
  read(row, places, today) {
    const read = readPerson(row, places, today)
    if (!('identities' in read)) return { says: null, key: null, faults: read }
    const { name: _, ...says } = read
    const numbers = says.identities.map(hashable).sort()
    return { says, key: JSON.stringify([numbers, says.reason, says.until]), faults: [] }
  },
  async judge(tx, rows, { services }): Promise<Judged[]> {
    const hash = services.bank.keyedHash
    const people = rows.map(({ number, says }) => ({ number, ...says }))
    const same = await listedAlready(tx, hash, people)
    const hashesOf = ({ identities }: Pick<Person, 'identities'>) =>
      identities.map((each) => hash(hashable(each)))
    const listed = new Set(await listedAmong(tx, people.flatMap(hashesOf)))
    const onFile = await clientsOf(tx, people)
    return people.map((person) => {
      const { number } = person
      const clientId = onFile.get(number)?.[0]?.id ?? null
      if (same.has(number)) return { number, verdict: 'same', clientId }
      const known = hashesOf(person).some((each) => listed.has(each))
      return { number, verdict: known ? 'changed' : 'new', clientId }
    })
  },
  async write(tx, rows, { importer, actId, at, services }) {
    const staffId = importer.staffId ?? ''
    const entries = rows.map(({ says }) => says)
    const by = { staffId, actId, now: at.now }
    await bar(tx, await addEntries(tx, services.bank.keyedHash, entries, by), at.now)
  },
  async undo(tx: Queries, _rows: readonly ListRow<unknown>[], { importer, actId, at }: ListWork) {
    const by = { staffId: importer.staffId ?? '', why: '撤销导入' }
    await free(
      tx,
      await endEntries(tx, await entriesOfAct(tx, actId), by, at.now),
      at.today,
      at.now,
    )
    return []
  },
})
