import { z } from 'zod'
import { type Card, textCard } from '../../core/card.ts'
import type { Channel, Event, SentFile } from '../../core/chat.ts'
import { Choice } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import type { Actor } from '../../core/staff.ts'
import { speaker } from '../../core/text.ts'
import type { Database, Queries } from '../../infra/database/index.ts'
import { markerIn } from '../../infra/sheets/spreadsheet.ts'
import type { Command } from '../command.ts'
import { type Expected, withAnswer } from '../conversation/dialog-store.ts'
import { parse, type Question } from '../grammar/parse.ts'
import type { Moment } from '../moment.ts'
import { emptyUpload, keepUpload, readBytes } from './uploads.ts'

/** The largest file that is taken: a list of some hundred thousand rows, or any photo. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024

/** Files of one person within an hour: a day's lists and some photos of visits. */
const MAX_FILES_PER_HOUR = 12
const HOUR_MS = 3_600_000

/** What marks a calendar file (.ics, RFC 5545), as a marker of ours does a workbook. */
export const CALENDAR_FILE = 'calendar'
const BEGINS_CALENDAR = /^(?:\u00ef\u00bb\u00bf)?BEGIN:VCALENDAR\r?\n/i

export const isCalendarFile = (bytes: Uint8Array): boolean =>
  BEGINS_CALENDAR.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))

const markerOf = (bytes: Uint8Array): string | null =>
  isCalendarFile(bytes) ? CALENDAR_FILE : markerIn(bytes)

/** A file on file, or why it is not. `unwanted`: their role sends no files, so it was not fetched. */
export type Taken =
  | {
      readonly uploadId: string
      /** By which a workbook of ours or a calendar file is known; null: it is neither. */
      readonly marker: string | null
    }
  | { readonly problem: 'too-large' | 'gone' | 'too-many' | 'unwanted' }

/** Whether anything that these commands do takes a file. */
export const takesFiles = (commands: readonly Command[]): boolean =>
  commands.some(({ files }) => files)

/** The upload that a command reads as a table; null: it reads none. */
export function tableFor({ files }: Command, { input }: Intent): string | null {
  const read = files?.marker && !files.readLater ? uploadInput.safeParse(input) : null
  return read?.success ? read.data.uploadId : null
}

const uploadInput = z.object({ uploadId: z.uuid() })

/**
 * Fetches the file that an event of this person brought and keeps it as an upload named like the
 * event: before any transaction, as a service may be slow. Null when the event brought none.
 */
export async function takeFile(
  database: Database,
  channel: Channel,
  { id, event, staffId }: { id: string; event: Event; staffId: string },
  now: Date,
): Promise<Taken | null> {
  if (event.says.kind !== 'file') return null
  const { name, size, ref } = event.says
  if (size > MAX_FILE_BYTES) return { problem: 'too-large' }
  if ((await sentLately(database, staffId, id, now)) >= MAX_FILES_PER_HOUR)
    return { problem: 'too-many' }
  if (!channel.fetchFile) {
    const kept = await readBytes(database.prisma, ref)
    return { uploadId: ref, marker: kept && markerOf(kept.bytes) }
  }
  const fetched = await channel.fetchFile(ref, MAX_FILE_BYTES).catch(() => null)
  if (!fetched) return { problem: 'gone' }
  const file =
    'bytes' in fetched ? { ...fetched, name: fetched.name ?? name } : { name, bytes: fetched }
  await keepUpload(database.prisma, { id, staffId, ...file }, now)
  return { uploadId: id, marker: markerOf(file.bytes) }
}

/**
 * Keeps a file that came by a page and not by a chat service, within the same limits; resolves to why it is not
 * kept, in the sender's language, or null.
 */
export async function keepFile(
  database: Database,
  file: { readonly id: string; readonly name: string; readonly bytes: Uint8Array },
  { id: staffId, language }: Pick<Actor, 'id' | 'language'>,
  now: Date,
): Promise<string | null> {
  const say = speaker(language)
  if (file.bytes.length > MAX_FILE_BYTES) return PROBLEMS['too-large'](file.name, say)
  const sent = await sentLately(database, staffId, file.id, now)
  if (sent >= MAX_FILES_PER_HOUR) return PROBLEMS['too-many'](file.name, say)
  await keepUpload(database.prisma, { ...file, staffId }, now)
  return null
}

async function sentLately(
  { prisma }: Database,
  staffId: string,
  but: string,
  now: Date,
): Promise<number> {
  const [{ sent } = { sent: 0 }] = await prisma.$queryRaw<{ sent: number }[]>`
    select count(*)::int as sent from upload
    where staff_id = ${staffId}::uuid and id <> ${but}::uuid
      and at > ${new Date(now.getTime() - HOUR_MS)}::timestamptz`
  return sent
}

/** Whose file it is, and what decides what it is for. */
interface Sender {
  readonly tx: Queries
  readonly who: Actor
  readonly expected: Expected | null
  /** The commands of their role. */
  readonly sayable: readonly Command[]
  readonly at: Moment
}

/**
 * What a sent file is for: the command that waits for one, that the words beside it say, or that
 * the workbook's own marker names; else the person picks among those who take files.
 */
export async function meaningOf(
  sender: Sender,
  taken: Taken | null,
  file: SentFile,
): Promise<Intent | Question | Choice | Card> {
  const { tx, who } = sender
  const problem = taken && 'problem' in taken ? taken.problem : taken ? null : 'gone'
  if (problem && problem !== 'unwanted') {
    return textCard(PROBLEMS[problem](file.name, speaker(who.language)))
  }
  const upload = taken && 'uploadId' in taken ? taken : null
  if (upload) {
    await tx.upload.updateMany({
      where: { id: upload.uploadId, staffId: null },
      data: { staffId: who.id },
    })
  }
  return bySaying(sender, upload, file) ?? (await byMarker(sender, upload, file))
}

type Upload = Extract<Taken, { uploadId: string }>

/** What is asked for, or what the words beside the file say; null: neither takes it. */
function bySaying(
  { expected, sayable, at }: Sender,
  upload: Upload | null,
  { text }: SentFile,
): Intent | Question | null {
  if (upload && expected?.kind === 'answer' && expected.doubts[0].expects === 'file') {
    const asks = sayable.find(({ name }) => name === expected.intent.command)
    // One of our own workbooks says itself what it is for, whatever file was asked for.
    if (upload.marker === null || upload.marker === asks?.files?.marker) {
      return withAnswer(expected, upload.uploadId)
    }
  }
  const said = text ? parse(text, sayable, at) : null
  if (upload && said?.kind === 'asks' && said.ask.doubts[0].expects === 'file') {
    return withAnswer(said.ask, upload.uploadId)
  }
  if (said?.kind !== 'intent') return null
  const { intent } = said
  const takes = sayable.find(({ name }) => name === intent.command)?.files?.alongside
  return takes && upload
    ? { ...intent, input: { ...(intent.input as object), uploadId: upload.uploadId } }
    : intent
}

/** What the workbook's marker names; a workbook without one is asked about. Nobody's file is not kept. */
async function byMarker(
  { tx, who, sayable }: Sender,
  upload: Upload | null,
  { name, text }: SentFile,
): Promise<Intent | Question | Choice | Card> {
  const say = speaker(who.language)
  const uploadId = upload?.uploadId ?? null
  const takers = sayable.filter(({ files }) => files?.marker)
  const keeper = sayable.find(({ files }) => files?.keeps)
  if (upload?.marker === null && ELSE.test(name)) {
    await emptyUpload(tx, uploadId)
    return textCard(
      say(
        `"${name}" 不是照片、文档或表格，没有保存。`,
        `"${name}" is no photo, document or workbook; I kept nothing.`,
      ),
    )
  }
  if (upload && keeper && upload.marker === null && (takers.length === 0 || !TABLE.test(name))) {
    return keeping(keeper, upload, name, text)
  }
  if (takers.length === 0) {
    await emptyUpload(tx, uploadId)
    return textCard(
      say(
        `收到"${name}"，但您的岗位没有要收的文件，没有保存。发"帮助"看可以说什么。`,
        `I got "${name}", but there is nothing for you to send files for, and kept nothing. Say "help" for what you can say.`,
      ),
    )
  }
  const marker = upload?.marker ?? null
  const meant = marker && takers.find(({ files }) => files?.marker === marker)
  if (meant) return { command: meant.name, input: { uploadId } }
  if (marker !== null) {
    await emptyUpload(tx, uploadId)
    return textCard(
      say(
        `"${name}" 是别的岗位用的表格，没有保存。发"帮助"看可以说什么。`,
        `"${name}" is a workbook that others answer; I kept nothing. Say "help" for what you can say.`,
      ),
    )
  }
  return new Choice(
    { zh: `"${name}" 是做什么用的？`, en: `What is "${name}" for?` },
    [...takers, ...(keeper ? [keeper] : [])].map((command) => ({
      label: command.help.usage[who.language],
      intent: {
        command: command.name,
        input: command === keeper ? { uploadId, caption: text } : { uploadId },
      },
    })),
  )
}

/** A name that says what it is, and that is nothing for a client's file. */
const ELSE =
  /\.(?!(?:png|jpe?g|gif|webp|heic|bmp|tiff?|pdf|ofd|docx?|wps|txt|pptx?|xlsx?|et|ods|csv|ics|zip)$)[a-z\d]{2,5}$/i
/** What somebody may want read, and not only kept. */
const TABLE = /\.(?:xlsx?|csv|et|ods)$/i

/** A file to be kept, as the words beside it say; where there are none they are asked for. */
function keeping(
  keeper: Command,
  { uploadId }: Upload,
  name: string,
  text: string,
): Intent | Question {
  const caption = text.trim()
  const intent = { command: keeper.name, input: { uploadId, ...(caption && { caption }) } }
  if (caption) return intent
  const question = {
    zh: `收到"${name}"。这是谁的资料？回客户姓名，可以加上是什么，比如"张三 营业执照"。`,
    en: `I got "${name}". Whose is it? Say the client, and what it is: "Zhang licence".`,
  }
  return { intent, doubts: [{ question, slots: ['caption'], expects: 'text' }] }
}

const PROBLEMS: Record<
  'too-large' | 'gone' | 'too-many',
  (name: string, say: ReturnType<typeof speaker>) => string
> = {
  'too-large': (name, say) =>
    say(
      `"${name}" 超过 ${MAX_FILE_BYTES / 1024 / 1024} MB，没有收下。请拆成几份再发。`,
      `"${name}" is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB and was not taken. Please send it in parts.`,
    ),
  gone: (name, say) =>
    say(`没有取到"${name}"，请再发一次。`, `"${name}" did not arrive; please send it again.`),
  'too-many': (name, say) =>
    say(
      `一小时内最多收 ${MAX_FILES_PER_HOUR} 个文件，"${name}" 没有收下，请过会儿再发。`,
      `I take ${MAX_FILES_PER_HOUR} files an hour; "${name}" was not taken. Please send it again a little later.`,
    ),
}
