import { AsyncLocalStorage } from 'node:async_hooks'
import { createApp } from '../../src/app.ts'
import { COMMANDS } from '../../src/app-features.ts'
import type { Answer, Command, Context } from '../../src/bot/command.ts'
import { may as allow, type Policy } from '../../src/bot/policy.ts'
import { readConfig } from '../../src/config.ts'
import { newId } from '../../src/core/ids.ts'
import { type Actor, ROLES, type Role } from '../../src/core/staff.ts'
import { speaker } from '../../src/core/text.ts'
import { inForce, saveDraft } from '../../src/features/editions/store.ts'
import type { Database, Queries } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'
import { fillBank, NOW, PLACES } from './bank.ts'
import { FOR_ALL, INPUTS, OWN_ACTIVITY, OWN_CLIENT, OWN_UPLOAD } from './inputs.ts'
import type { TableRow } from './table.ts'

/** A policy that a test may look into, or put another in the place of. */
export type Open = { -readonly [part in keyof Policy<never>]: Policy<never>[part] }

/**
 * What judges each of several things, or a part of what is asked, as it decides, is run to the end: any
 * refusal of it counts. Of everything else the rest is not tried.
 */
const TO_THE_END =
  /^(?:(?:postpone|hand-task|log-outcome) |change-unit unit|save-campaign (?:unit|person))/

/** Of these it is tried whether the answer names them. */
const NAMED = /^(?:listed|guest)/

/** The commands that give the workbook which another takes. */
const GIVEN_BY: Readonly<Record<string, readonly [string, object]>> = {
  'import-playbook': ['export-playbook', {}],
  'import-standard': ['export-standard', {}],
  'return-hand-over': ['hand-over-workbook', {}],
  'import-clients': ['import-template', {}],
  'take-quota-sheet': ['quota-sheet', {}],
  'import-accounts': ['account-sheet', {}],
  'import-papers': ['paper-sheet', {}],
  'import-holidays': ['holiday-sheet', { year: 2027 }],
  'negative-import': ['negative-template', {}],
  'exit-import': ['exit-settings', { what: 'template' }],
}

/** What nobody has: another bank's. */
const NOBODYS: Readonly<Record<string, string>> = {
  ...{ person: 'Z9', lead: 'Z9', unit: 'Z9', 'unit for a lead': 'Z9', account: 'Z9' },
  ...{ code: 'zzzzzzzz', 'client code': 'zzzzzzzz' },
}

/** What was loaded passed the policy: what the command does then is not tried. */
class Passed extends Error {}
class TakenBack extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super()
    this.answer = answer
  }
}

/** Whether the try under way ends where the policy let it pass. */
const stops = new AsyncLocalStorage<boolean>()
/** Policies under trial; several cells of one are tried at once. */
const tried = new Map<
  Open,
  { readonly judge: Open['judge']; readonly by: Open['judge']; users: number }
>()

/** Policies under trial whose conditions refused something. */
const refusing = new Set<Open>()
const { judge: UNCONDITIONALLY } = allow({})

/** Has a policy end what it lets pass, until what this gives is called as often. */
function stopsAt(may: Open): () => void {
  let held = tried.get(may)
  if (!held || held.by !== may.judge) {
    const { judge } = may
    const by: Open['judge'] = (asker, about) => {
      const refusal = judge(asker, about)
      if (refusal) refusing.add(may)
      if (refusal || !stops.getStore()) return refusal
      throw new Passed()
    }
    held = { judge, by, users: 0 }
    tried.set(may, held)
    may.judge = by
  }
  const { judge, by } = held
  const one = held
  one.users++
  return () => {
    one.users--
    if (one.users > 0) return
    if (tried.get(may) === one) tried.delete(may)
    // What was put in its place meanwhile stays.
    if (may.judge === by) may.judge = judge
  }
}

/** Fills a bank, and tries cells of the table in it; whatever is written is taken back. */
export async function openTries(database: Database) {
  refusing.clear()
  const clock = () => new Date(NOW)
  const config = readConfig({ LOG_LEVEL: 'silent' })
  const log = createLog('silent')
  const { services } = await createApp(config, { database, log, channels: [], clock })
  const bank = await fillBank(database)
  const at = services.moment()
  for (const kind of ['playbook', 'tiers:existing'] as const) {
    const { body } = await inForce(database.prisma, kind, at.today)
    await saveDraft(database.prisma, kind, body, bank.askers.marketing, at.now)
  }
  const byName = new Map(COMMANDS.map((command) => [command.name, command]))
  const uploads = new Map<string, string>()

  const contextOf = (who: Actor): Context => ({
    ...{ who, at, say: speaker('zh'), shared: false, actId: newId(), publicUrl: 'http://bank' },
    account: { channel: 'console', externalId: who.code },
    bank: {
      ...{ name: '银行', colour: '#123456', trustedHops: 0, tellsReferrerOfGrant: false },
      calendarLinks: true,
      post: [],
      keyedHash: (text) => text,
    },
    tell: async () => {},
    refreshCard: () => {},
    refreshPages: () => {},
    clientEntered: async () => {},
    dayNotes: async () => new Map(),
    momentChanged: () => {},
    beginWork: () => {},
    givesOut: () => {},
  })

  /** What becomes of it; null: it passed the policy. */
  async function answerTo(command: Command, input: unknown, who: Actor, toTheEnd: boolean) {
    const judged = stopsAt(command.may as Open)
    const answer = (tx: Queries) =>
      stops.run(!toTheEnd, () => command.run(tx, input, contextOf(who), () => {}))
    try {
      // A server that only follows may be asked.
      if (command.looks && command.concurrency === 'long') {
        return await database.transaction(async (tx) => {
          await tx.$executeRaw`set transaction read only`
          return answer(tx)
        })
      }
      // Until the policy has judged, nothing is written.
      if (!toTheEnd) return await answer(database.prisma)
      await database.transaction(async (tx) => {
        throw new TakenBack(await answer(tx))
      })
    } catch (error) {
      if (error instanceof TakenBack) return error.answer
      if (!(error instanceof Passed)) throw error
    } finally {
      judged()
    }
    return null
  }

  async function uploaded(name: string, role: Role, owner: string): Promise<string> {
    const key = `${name} ${role} ${owner}`
    const known = uploads.get(key)
    if (known) return known
    const [giver = '', input] = GIVEN_BY[name] ?? []
    if (!giver) return bank.upload(owner, 'note.txt', Buffer.from(newId()))
    const command = byName.get(giver)
    const answer = command && (await answerTo(command, input, bank.askers[role], true))
    const card = answer?.result === 'done' ? answer.card : null
    const file = card?.blocks.find((block) => block.kind === 'file')
    if (!file) throw new Error(`${giver} gives no file`)
    const id = await bank.upload(owner, file.name, Buffer.from(file.base64, 'base64'))
    uploads.set(key, id)
    return id
  }

  /** What becomes of it about something; null: it passed the policy. */
  async function answerAbout(command: Command, about: string, role: Role, id: string, who: Actor) {
    const own = bank.thing('client', role, role === 'head' ? 'colleague' : 'own')
    const said = JSON.stringify(INPUTS[command.name]?.(id, about))
    const sent = said.includes(OWN_UPLOAD) ? await uploaded(command.name, role, who.code) : ''
    const words = said
      .replace(OWN_UPLOAD, sent)
      .replace(OWN_CLIENT, own?.id ?? '')
      .replace(OWN_ACTIVITY, bank.thing('activity', role, 'own')?.id ?? '')
      .replace(FOR_ALL, bank.thing('campaign', 'marketing', 'own')?.id ?? '')
    const toTheEnd = TO_THE_END.test(`${command.name} ${about}`) || NAMED.test(about)
    const answer = await answerTo(command, JSON.parse(words), who, toTheEnd)
    if (answer?.result === 'misread') throw new Error(`${command.name}: ${answer.fault.message}`)
    return answer
  }

  /** Why it is refused, with a dot for what was asked about; null: it is not. */
  async function refusalOf(command: Command, about: string, role: Role, id: string, who: Actor) {
    const answer = await answerAbout(command, about, role, id, who)
    if (answer?.result !== 'refused') return null
    return answer.refusal.because.zh.replaceAll(id || '—', '·')
  }

  async function cellOf({ command: name, about, cells }: TableRow, role: Role): Promise<string> {
    const command = byName.get(name)
    if (!command) throw new Error(`there is no command ${name}`)
    if (!command.may.reach[role]) return ''
    const asker = bank.askers[role]
    if (!about) return (await refusalOf(command, about, role, '', asker)) === null ? 'yes' : 'no'
    let nobodys: Promise<string | null> | undefined
    const signs: string[] = []
    for (const [index, place] of PLACES.entries()) {
      // Where the table says that there is no such thing, there is nothing to try.
      const thing = cells[role][index] === '.' ? undefined : bank.thing(about, role, place)
      if (!thing) {
        signs.push('.')
        continue
      }
      const { who = asker, name: named } = thing
      if (named) {
        const answer = await answerAbout(command, about, role, thing.id, who)
        if (answer?.result !== 'done') throw new Error(`${name} ${about}: nothing is shown`)
        signs.push(JSON.stringify(answer.card).includes(named) ? '+' : '?')
        continue
      }
      const id = about === 'upload' ? await uploaded(name, role, thing.id) : thing.id
      const refusal = await refusalOf(command, about, role, id, who)
      if (refusal === null) signs.push('+')
      else {
        nobodys ??= refusalOf(command, about, role, NOBODYS[about] ?? newId(), asker)
        signs.push(id && refusal === (await nobodys) ? '?' : '-')
      }
    }
    return signs.join('')
  }

  return {
    /** By role, what the program makes of a row. */
    async try(row: TableRow): Promise<Record<string, string>> {
      const cells: Record<string, string> = {}
      for (const role of ROLES) cells[role] = await cellOf(row, role)
      return cells
    },
    cellOf,
    /** Commands of whose conditions no cell that was tried shows anything: without them nobody would notice. */
    neverRefused: () =>
      COMMANDS.filter(({ may }) => may.judge !== UNCONDITIONALLY && !refusing.has(may as Open)).map(
        ({ name }) => name,
      ),
  }
}
