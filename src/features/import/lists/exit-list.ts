import { addMonths, type Day } from '../../../core/calendar/time.ts'
import { type Text, text } from '../../../core/text.ts'
import { yearOf } from '../../risk/exit/rules.ts'
import { noteAnswered, noteTakenBack } from '../../risk/exit/store.ts'
import { readPerson } from '../../risk/person-row.ts'
import { keepExitList } from '../../risk/policy.ts'
import { hashable, type Person } from '../../risk/rules.ts'
import { clientsOf } from '../../risk/store.ts'
import { askOthers } from '../../tiers/approvals/ask-others.ts'
import { nameByRisk } from '../../tiers/nominations/name-by-risk.ts'
import { MOST_YEARS } from '../../tiers/nominations/rules.ts'
import { inForce, takeBackNominations } from '../../tiers/nominations/store.ts'
import { retier } from '../../tiers/retier.ts'
import { firstOfClients } from './exit-store.ts'
import { EXIT, peopleTable } from './headings.ts'
import { type Judged, list } from './list.ts'

/** The clients to exit: each is named by risk, and its move into F waits for somebody else of risk. */
export const exitList = list<keyof typeof EXIT, Person>({
  kind: 'exit',
  may: keepExitList,
  headings: EXIT,
  ...peopleTable(text('退出名单 模板', 'exit list template')),
  forgets: false,
  read(row, places, today) {
    const read = readPerson(row, places, today)
    if (!('identities' in read)) return { says: null, key: null, faults: read }
    return { says: read, key: read.identities.map(hashable).sort().join(' '), faults: [] }
  },
  async judge(tx, rows, { importId, at }): Promise<Judged[]> {
    const people = rows.map(({ number, says }) => ({ number, ...says }))
    const found = await clientsOf(tx, people)
    const latest = addMonths(at.today, 12 * MOST_YEARS)
    const matched = people.map((person) => ({
      person,
      client: clientMeant(person, found.get(person.number) ?? [], latest),
    }))
    const ids = matched.flatMap(({ client }) => (typeof client === 'string' ? [client] : []))
    const first = await firstOfClients(tx, importId, ids)
    for (const [at, { client, person }] of matched.entries()) {
      if (typeof client !== 'string' || first.has(client)) continue
      first.set(client, { number: person.number, line: rows[at]?.line ?? 0 })
    }
    const named = await inForce(tx, 'risk', ids)
    return matched.map(({ person, client }) => {
      const { number } = person
      if (typeof client !== 'string') return { number, verdict: 'rejected', why: client }
      const before = first.get(client)
      if (before && before.number < number) {
        return { number, verdict: 'rejected', why: sameAs(before.line) }
      }
      const now = named.get(client)
      const until = person.until ?? addMonths(at.today, 12)
      const same = now?.reason === person.reason && now.until === until
      const verdict = !now ? 'new' : same && now.evidence === person.evidence ? 'same' : 'changed'
      return { number, verdict, clientId: client }
    })
  },
  async write(tx, rows, { importer, actId, at, services }) {
    const { staffId, name } = importer
    if (staffId === null || name === null) return
    const nominations = rows.map(({ says: { reason, evidence, until }, clientId }) => ({
      ...{ clientId: clientId ?? '', reason, evidence },
      until: until ?? addMonths(at.today, 12),
    }))
    await nameByRisk(tx, nominations, { staffId, actId, today: at.today, now: at.now })
    const ids = nominations.map(({ clientId }) => clientId)
    await askOthers(tx, ids, {
      who: { id: staffId, name, role: 'risk' },
      tell: (to, compose) => services.tell(tx, to, compose),
    })
    await noteAnswered(tx, yearOf(at.today), nominations.length, at.today, at.now)
  },
  async undo(tx, rows, { actId, importer, at }) {
    const ids = await takeBackNominations(tx, 'risk', actId, importer.staffId, at.now)
    await retier(tx, ids, at.today)
    await noteTakenBack(tx, actId, ids.length)
    const left = new Set(ids)
    return rows.filter(({ clientId }) => !left.has(clientId ?? '')).map(({ number }) => number)
  },
})

/** The existing client that a row means, or why it cannot be used. */
function clientMeant(
  { until }: Person,
  found: readonly { readonly id: string; readonly kind: string }[],
  latest: Day,
): string | Text {
  const [only, ...others] = found
  if (!only) return text('在册没有这个客户。', 'There is no such client on file.')
  if (others.length > 0) {
    return text('这些号码属于不同的客户。', 'These numbers belong to different clients.')
  }
  if (only.kind !== 'existing') {
    return text('是潜在客户，不能退出。', 'A prospect cannot be exited.')
  }
  return until && until > latest
    ? text(`到期日最晚 ${latest}。`, `The last day is ${latest} at the latest.`)
    : only.id
}

const sameAs = (line: number): Text =>
  text(`和第 ${line} 行是同一位客户。`, `This is the same client as in row ${line}.`)
