import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { noteActs } from '../../bot/audit.ts'
import { askerOf } from '../../bot/policy.ts'
import type { Services } from '../../bot/services.ts'
import { Refusal } from '../../core/decision.ts'
import { newId } from '../../core/ids.ts'
import type { Actor } from '../../core/staff.ts'
import { inLanguage, speaker } from '../../core/text.ts'
import { looked } from '../../infra/database/postgres/replica.ts'
import { takenBy } from '../../infra/sheets/writing/taken.ts'
import { bookName, clientsBook } from '../exports/clients-book.ts'
import { bookMeant } from '../exports/export-clients.ts'
import { exportClients } from '../exports/policy.ts'
import { seesPhones, sizeFault } from '../exports/rules.ts'
import { clientsIn } from '../exports/store.ts'
import { figuresBook, figuresName } from './figures-book.ts'
import { realmOf } from './rules.ts'

/** What comes before a name that is encoded (RFC 8187): its letters, and no language. */
const UTF8 = "UTF-8''"
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What the reader may take out of the pages. */
export function exportLinks(who: Actor) {
  const say = speaker(who.language)
  const clients = exportClients.reach[who.role]
    ? html`<a href="/desk/clients.xlsx">${say('客户表格（电话打码）', 'Clients (phones masked)')}</a> · `
    : ''
  return html`<p class="soft">${say('下载：', 'Download: ')}${clients}<a href="/desk/figures.xlsx">${say('数据表格', 'Figures')}</a></p>`
}

/** Files to take away; each is on the audit trail before its first byte, with how many rows it holds. */
export function exportRoutes(
  services: Services,
  reader: (context: Context) => Promise<Actor | null>,
  outPage: (context: Context) => Parameters<Context['html']>[0],
): Hono {
  const { prisma } = services.database
  const app = new Hono()

  const note = (who: Actor, command: string, rows: number) =>
    noteActs(
      prisma,
      [
        {
          ...{ id: newId(), staff: who.id, channel: 'desk', command, input: {} },
          ...{ result: 'done', undoable: false, givenOut: rows },
        },
      ],
      services.moment().now,
    )

  app.get('/clients.xlsx', async (context) => {
    const who = await reader(context)
    if (!who) return context.html(outPage(context), 401)
    const asker = askerOf(exportClients, who)
    if (!asker.reach) return context.notFound()
    const book = await bookMeant(prisma, asker, null)
    if (book instanceof Refusal) return context.notFound()
    const count = await clientsIn(prisma, book)
    const fault = sizeFault(count, book)
    if (fault) return context.text(inLanguage(fault.because, who.language), 409)
    await note(who, 'export-clients', count)
    const at = services.moment()
    const { timezone, today } = at
    const taken = takenBy(who, at)
    const writing = { phones: seesPhones(who.role, false), timezone, language: who.language, taken }
    attach(context, bookName(book, today, who.language))
    return context.body(ReadableStream.from(clientsBook(prisma, book, writing)) as ReadableStream)
  })

  app.get('/figures.xlsx', async (context) => {
    const who = await reader(context)
    if (!who) return context.html(outPage(context), 401)
    const at = services.moment()
    const { file, rows } = await looked(services.database, prisma, (tx) =>
      figuresBook(tx, realmOf(who) ?? '', at, who),
    )
    await note(who, 'export-figures', rows)
    attach(context, figuresName(at.today, who.language))
    return context.body(new Uint8Array(file))
  })
  return app
}

/** Has the browser keep what follows as a workbook of this name. */
export function attach(context: Context, name: string): void {
  context.header('Content-Type', XLSX)
  context.header('Content-Disposition', `attachment; filename*=${UTF8}${encodeURIComponent(name)}`)
}
