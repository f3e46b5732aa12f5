import { type Card, say as card } from '../core/card.ts'
import type { Channel, Event, Intent, SentFile } from '../core/chat.ts'
import { Choice } from '../core/decision.ts'
import type { Actor } from '../core/staff.ts'
import { speaker } from '../core/text.ts'
import type { Database, Queries } from '../infra/database/index.ts'
import { readWorkbook } from '../infra/spreadsheet.ts'
import type { Command } from './command.ts'
import { type Expected, withAnswer } from './dialog.ts'
import type { Moment } from './moment.ts'
import { parse, type Question } from './parse.ts'

/** The largest file that is taken: a list of some hundred thousand rows, or any photo. */
export const MOST_BYTES = 20 * 1024 * 1024

/** A file on file, or why it is not. */
export type Taken = { readonly uploadId: string } | { readonly problem: 'too-large' | 'gone' }

/**
 * Fetches the file that an event brought and keeps it as an upload named like the event, before
 * any transaction, as a service may be slow. Null when the event brought none.
 */
export async function takeFile(
  database: Database,
  channel: Channel,
  id: string,
  event: Event,
  now: Date,
): Promise<Taken | null> {
  if (event.says.kind !== 'file') return null
  const { name, size, ref } = event.says
  if (size > MOST_BYTES) return { problem: 'too-large' }
  if (!channel.fetchFile) return { uploadId: ref }
  const fetched = await channel.fetchFile(ref, MOST_BYTES).catch(() => null)
  if (!fetched) return { problem: 'gone' }
  const file = 'bytes' in fetched ? fetched : { name: null, bytes: fetched }
  await keepUpload(database.prisma, { id, name: file.name ?? name, bytes: file.bytes }, now)
  return { uploadId: id }
}

/** Puts a file on file; one of that id stays as it is. */
export async function keepUpload(
  tx: Queries,
  { id, name, bytes }: { readonly id: string; readonly name: string; readonly bytes: Uint8Array },
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into upload (id, name, bytes, at)
    values (${id}::uuid, ${name.slice(0, 300)}, ${Buffer.from(bytes)}, ${now}::timestamptz)
    on conflict (id) do nothing`
}

/**
 * What a sent file is for: the command that waits for one, that the words beside it say, or that
 * the workbook's own marker names; else the person picks among those who take files.
 */
export async function meaningOf(
  tx: Queries,
  taken: Taken | null,
  { name, text }: SentFile,
  who: Actor,
  expected: Expected | null,
  commands: readonly Command[],
  at: Moment,
): Promise<Intent | Question | Choice | Card> {
  const say = speaker(who.language)
  if (!taken || 'problem' in taken) {
    return taken?.problem === 'too-large'
      ? card(
          say(
            `"${name}" 超过 ${MOST_BYTES / 1024 / 1024} MB，没有收下。请拆成几份再发。`,
            `"${name}" is larger than ${MOST_BYTES / 1024 / 1024} MB and was not taken. Please send it in parts.`,
          ),
        )
      : card(
          say(`没有取到"${name}"，请再发一次。`, `"${name}" did not arrive; please send it again.`),
        )
  }
  const { uploadId } = taken
  await tx.upload.updateMany({
    where: { id: uploadId, staffId: null },
    data: { staffId: who.id },
  })
  if (expected?.kind === 'answer' && expected.doubts[0].expects === 'file') {
    return withAnswer(expected, uploadId)
  }
  const said = text ? parse(text, commands, at) : null
  if (said?.kind === 'asks' && said.ask.doubts[0].expects === 'file') {
    return withAnswer(said.ask, uploadId)
  }
  if (said?.kind === 'intent') {
    const { intent } = said
    const takes = commands.find(({ name: each }) => each === intent.command)?.files?.alongside
    return takes ? { ...intent, input: { ...(intent.input as object), uploadId } } : intent
  }
  const takers = commands.filter(({ files }) => files?.marker)
  const marker = await markerOf(tx, uploadId)
  const meant = marker && takers.find(({ files }) => files?.marker === marker)
  if (meant) return { command: meant.name, input: { uploadId } }
  if (marker !== null) {
    await tx.upload.delete({ where: { id: uploadId } })
    return card(
      say(
        `"${name}" 是别的岗位用的表格，没有保存。发"帮助"看可以说什么。`,
        `"${name}" is a workbook that others answer; I kept nothing. Say "help" for what you can say.`,
      ),
    )
  }
  if (takers.length === 0) {
    await tx.upload.delete({ where: { id: uploadId } })
    return card(
      say(
        `收到"${name}"，但您的岗位没有要收的文件，没有保存。发"帮助"看可以说什么。`,
        `I got "${name}", but there is nothing for you to send files for, and kept nothing. Say "help" for what you can say.`,
      ),
    )
  }
  return new Choice(
    { zh: `"${name}" 是做什么用的？`, en: `What is "${name}" for?` },
    takers.map((command) => ({
      label: command.help.usage[who.language],
      intent: { command: command.name, input: { uploadId } },
    })),
  )
}

async function markerOf(tx: Queries, uploadId: string): Promise<string | null> {
  const upload = await tx.upload.findUnique({ where: { id: uploadId } })
  if (!upload?.name.toLowerCase().endsWith('.xlsx')) return null
  return readWorkbook(upload.name, upload.bytes).then(
    ({ marker }) => marker,
    () => null,
  )
}
