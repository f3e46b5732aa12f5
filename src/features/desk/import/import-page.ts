import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import type { Command } from '../../../bot/command.ts'
import { keepFile } from '../../../bot/inbox/attachments.ts'
import type { Services } from '../../../bot/services.ts'
import { dayIn, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Card } from '../../../core/card.ts'
import { newId } from '../../../core/ids.ts'
import { inLanguage, speaker } from '../../../core/text.ts'
import { markerIn } from '../../../infra/sheets/spreadsheet.ts'
import { importCard } from '../../import/cards/import-cards.ts'
import { chooseColumns } from '../../import/columns/choose-columns.ts'
import { confirmImport, dropImport } from '../../import/decide-import.ts'
import { type ImportRecord, subjectOf, UNDER_WAY } from '../../import/rules.ts'
import { importRejects } from '../../import/show-imports.ts'
import { aheadOf, importById, latestImports } from '../../import/store.ts'
import { undoImport } from '../../import/undo/undo-import.ts'
import { attach } from '../export-page.ts'
import { isStampOf, stampField } from '../guard-page.ts'
import type { Reader } from '../rules.ts'
import { deskPage } from '../shell-page.ts'
import { cardView } from './card-page.ts'
import { changesIn, columnsForm } from './columns-page.ts'
import { otherKind, takingsFor } from './kinds.ts'
import { press } from './press.ts'

/** What a button of an import's card presses. */
const PRESSED = [confirmImport, dropImport, undoImport, importRejects]
/** Of a file with the form around it; the file's own limit is the chat's. */
const MOST_BYTES = 21 * 1024 * 1024
const MOST_LISTED = 10
/** How often a page shows anew what is under way, in seconds. */
const ANEW_SECONDS = 2
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

type Read = (context: Context) => Promise<Reader | null>
type Page = Parameters<Context['html']>[0]

/**
 * Books of clients and lists by the pages: the same commands as in chat, run as whoever looks, whose role and import they ask
 * for at each step.
 */
export function importRoutes(
  services: Services,
  read: Read,
  outside: (context: Context) => Page,
): Hono {
  const { prisma } = services.database
  const app = new Hono()

  /** Somebody who imports; else what is answered instead. */
  async function importer(context: Context): Promise<Reader | Response> {
    const who = await read(context)
    if (!who) return context.html(outside(context), 401)
    return takingsFor(who).size > 0 ? who : context.notFound()
  }

  const own = async (who: Reader, id: string): Promise<ImportRecord | null> => {
    const record = ID.test(id) ? await importById(prisma, id) : null
    return record?.staffId === who.id && takingsFor(who).has(record.kind) ? record : null
  }

  app.get('/', async (context) => {
    const who = await importer(context)
    return who instanceof Response ? who : context.html(await listPage(services, who, null))
  })

  app.post('/', bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }), async (context) => {
    const who = await importer(context)
    if (who instanceof Response) return who
    const { stamp, file, kind } = await context.req.parseBody()
    const fault = async (words: string) => context.html(await listPage(services, who, words), 422)
    const say = speaker(who.language)
    if (!isStampOf(who, stamp)) return fault(say('没有收下，请再发一次。', 'Please send it again.'))
    if (!(file instanceof File) || file.size === 0) {
      return fault(say('请先选一个表格文件。', 'Choose a workbook first.'))
    }
    const taking = takingsFor(who).get(String(kind))
    if (!taking) return fault(say('请先选这是什么表。', 'Choose what it is first.'))
    const bytes = new Uint8Array(await file.arrayBuffer())
    const other = otherKind(who, taking, markerIn(bytes))
    if (other) return fault(inLanguage(other, who.language))
    const uploadId = newId()
    const { now } = services.moment()
    const name = file.name
    const refused = await keepFile(services.database, { id: uploadId, name, bytes }, who, now)
    if (refused) return fault(refused)
    const answer = await press(services, who, taking.start, { uploadId })
    if (answer.result === 'refused') {
      return fault(inLanguage(answer.refusal.because, who.language))
    }
    const subject = answer.result === 'done' ? answer.card.subject : undefined
    return context.redirect(`/desk/import/${subject?.split(':')[1] ?? ''}`, 303)
  })

  app.get('/template/:kind', async (context) => {
    const who = await importer(context)
    if (who instanceof Response) return who
    const taking = takingsFor(who).get(context.req.param('kind'))
    if (!taking) return context.notFound()
    const answer = await press(services, who, taking.template, taking.input)
    return (answer.result === 'done' && fileIn(context, answer.card)) || context.notFound()
  })

  app.get('/:id', async (context) => {
    const who = await importer(context)
    if (who instanceof Response) return who
    const record = await own(who, context.req.param('id'))
    if (!record) return context.redirect('/desk/import', 303)
    if (UNDER_WAY.includes(record.state)) context.header('Refresh', `${ANEW_SECONDS}`)
    return context.html(await importPage(services, who, record, null))
  })

  app.post('/:id', async (context) => {
    const who = await importer(context)
    if (who instanceof Response) return who
    const { stamp, command: name } = await context.req.parseBody()
    const record = await own(who, context.req.param('id'))
    const command = PRESSED.find((each) => each.name === name)
    if (!record || !command || !isStampOf(who, stamp)) {
      return context.redirect(`/desk/import/${record?.id ?? ''}`, 303)
    }
    return pressed(context, who, record, command, { importId: record.id })
  })

  app.post('/:id/columns', async (context) => {
    const who = await importer(context)
    if (who instanceof Response) return who
    const form = await context.req.parseBody()
    const record = await own(who, context.req.param('id'))
    const changes = record && isStampOf(who, form['stamp']) ? changesIn(record, form) : []
    if (!record || changes.length === 0) {
      return context.redirect(`/desk/import/${record?.id ?? ''}`, 303)
    }
    return pressed(context, who, record, chooseColumns, { importId: record.id, changes })
  })
  return app

  /** The file that a command gives, the import as it stands then, or why it was not done. */
  async function pressed(
    context: Context,
    who: Reader,
    record: ImportRecord,
    command: Command,
    input: unknown,
  ): Promise<Response> {
    const answer = await press(services, who, command, input)
    if (answer.result === 'refused') {
      const why = inLanguage(answer.refusal.because, who.language)
      const present = (await own(who, record.id)) ?? record
      return context.html(await importPage(services, who, present, why), 409)
    }
    const file = answer.result === 'done' ? fileIn(context, answer.card) : null
    if (file) return file
    // What waits for a second person is said, as the import is as it was.
    const waits = answer.result === 'done' && answer.card.subject !== subjectOf(record.id)
    return waits
      ? context.html(await importPage(services, who, record, wordsOf(answer.card)))
      : context.redirect(`/desk/import/${record.id}`, 303)
  }

  async function tooLarge(context: Context): Promise<Response> {
    const who = await importer(context)
    if (who instanceof Response) return who
    const words = speaker(who.language)(
      '文件超过 20 MB，没有收下。请拆成几份再发。',
      'The file is larger than 20 MB and was not taken. Please send it in parts.',
    )
    return context.html(await listPage(services, who, words), 413)
  }
}

/** The file of a card, to take away; null: it has none. */
function fileIn(context: Context, { blocks }: Card): Response | null {
  const file = blocks.find((block): block is Block & { kind: 'file' } => block.kind === 'file')
  if (!file) return null
  attach(context, file.name)
  return context.body(new Uint8Array(Buffer.from(file.base64, 'base64')))
}

const wordsOf = ({ blocks }: Card): string =>
  blocks.flatMap((block) => (block.kind === 'text' ? block.text : [])).join(' ')

const said = (words: string | null) =>
  words ? html`<p class="fault" role="alert">${words}</p>` : ''

/** Where a book is sent from, and what became of those before. */
async function listPage(services: Services, who: Reader, fault: string | null) {
  const say = speaker(who.language)
  const { today, timezone } = services.moment()
  const takings = [...takingsFor(who)]
  const latest = await latestImports(services.database.prisma, who.id, MOST_LISTED)
  const records = latest.filter(({ kind }) => takingsFor(who).has(kind))
  const body = html`<section>${said(fault)}
<p>${say(
    '发来表格（.xlsx 或 .csv），先看预览，确认后才写入。前 10 行里要有列名。客户表的手机号、身份证号、统一社会信用代码、授信账号至少一列。',
    'Send a workbook (.xlsx or .csv): you see what would change before it is written. It needs headings within its first ten rows; a book of clients at least one of phone, ID number, credit code or account.',
  )}</p>
<p>${say('空表格：', 'Workbooks to fill in: ')}${takings.map(
    ([kind, { label }]) =>
      html` <a href="/desk/import/template/${kind}">${inLanguage(label, who.language)}</a>`,
  )}</p>
<form method="post" action="/desk/import" enctype="multipart/form-data">${stampField(who.stamp)}
<label class="field">${say('这是', 'It is')} <select name="kind">${takings.map(
    ([kind, { label }]) =>
      html`<option value="${kind}">${inLanguage(label, who.language)}</option>`,
  )}</select></label>
<label class="field">${say('表格', 'Workbook')}<input type="file" name="file" accept=".xlsx,.csv" required></label>
<button class="go">${say('上传并预览', 'Send and preview')}</button></form></section>${
    records.length > 0
      ? html`<section><h2>${say('我的导入', 'My imports')}</h2><ul class="lines">${records.map(
          (
            record,
          ) => html`<li><a href="/desk/import/${record.id}">${importCard(record, who.language).title ?? record.fileName}</a>
<span class="soft">${sayDay(dayIn(record.startedAt, timezone), today, who.language)}</span></li>`,
        )}</ul></section>`
      : ''
  }`
  return deskPage(services, who, 'import', say('导入', 'Import'), body)
}

/** One import as it stands: progress, preview or result. */
async function importPage(
  services: Services,
  who: Reader,
  record: ImportRecord,
  fault: string | null,
) {
  const say = speaker(who.language)
  const ahead = await aheadOf(services.database.prisma, record.id)
  const card = importCard(record, who.language, ahead)
  const { state, next, rows, mapping } = record
  const asks = state === 'preview' && mapping.tables.length > 0
  // The columns stand in a form of their own.
  const shown = asks
    ? { ...card, blocks: card.blocks.filter(({ kind }) => kind !== 'table') }
    : card
  const progress = ['checking', 'running'].includes(state) && rows > 0
  const body = html`${said(fault)}${
    progress
      ? html`<progress max="${rows}" value="${Math.min(next, rows)}" aria-label="${card.title ?? ''}"></progress>`
      : ''
  }${cardView(shown, { path: `/desk/import/${record.id}`, stamp: who.stamp })}${asks ? columnsForm(record, who) : ''}
<p><a href="/desk/import">${say('全部导入', 'All imports')}</a></p>`
  return deskPage(services, who, 'import', card.title ?? record.fileName, body)
}
