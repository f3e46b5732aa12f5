import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { lacksClient } from '../../../bot/grammar/commands/lacking.ts'
import { readUpload } from '../../../bot/inbox/uploads.ts'
import type { Asker } from '../../../bot/policy.ts'
import { dayIn, sayDay } from '../../../core/calendar/time.ts'
import type { Choice, Refusal } from '../../../core/decision.ts'
import { refuse } from '../../../core/decision.ts'
import { undoButton } from '../../../core/undo-button.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { smallPhoto } from '../../../infra/pictures/picture.ts'
import { addDocument, documentsOf } from '../../clients/file/rows-store.ts'
import { keepHistory } from '../../clients/file/store.ts'
import { clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { findNamed } from '../../clients/store.ts'
import { keepPhoto } from '../../visits/store.ts'
import * as policy from '../policy.ts'
import { namesOf } from '../show/labels.ts'
import { saveColumns } from '../store.ts'
import { type Caption, readCaption, wordsIn } from './rules.ts'

/** Words of a caption among which the client's name is looked for. */
const MOST_WORDS = 4

const input = z.object({
  clientId: clientRef.clientId,
  caption: z
    .string()
    .trim()
    .min(
      1,
      '这是谁的资料？请把文件再发一次，写上客户姓名。 Whose is it? Send it again with the client’s name.',
    )
    .max(200),
  uploadId: z.uuid(),
  /** Which word of the caption names the client, where that is known. */
  place: z
    .int()
    .min(0)
    .max(MOST_WORDS - 1)
    .optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly client: Client
  readonly caption: Caption
  readonly name: string
  readonly sha256: string
  readonly size: number
  /** The picture small enough to keep; null: it is none, and kept as it came. */
  readonly picture: Buffer | null
  readonly uploadId: string
  /** When the same bytes came on the file before, and as what; null: they did not. */
  readonly before: { readonly name: string; readonly at: Date } | null
}

/** A document or photo that somebody sent, with a client's name beside it: on the client's file from now on. */
export const keepDocument = command<Input, Facts, Facts>({
  name: 'keep-document',
  may: policy.keepFile,
  undoable: true,
  files: { keeps: true },
  help: {
    usage: { zh: '存资料 张三 营业执照', en: 'keep Zhang licence' },
    purpose: {
      zh: '把照片或文件存进客户档案：发文件时写上"张三 营业执照"即可；可加"有效期至 2027-06-30"',
      en: 'puts a photo or a file on a client’s file: send it with "Zhang licence"; "until 2027-06-30" may be added',
    },
  },
  phrases: {
    words: ['存资料', '存档', 'keep'],
    lacks: lacksClient,
    read: (rest) =>
      rest
        ? {
            kind: 'asks',
            input: { caption: rest },
            doubts: [
              {
                question: {
                  zh: `请发要存进档案的照片或文件（${rest}）。`,
                  en: `Send the photo or file to be kept (${rest}).`,
                },
                slots: ['uploadId'],
                expects: 'file',
              },
            ],
          }
        : { kind: 'no' },
  },
  input,
  load,
  decide(facts, _input, { at }) {
    const { client, before } = facts
    if (!before) return facts
    const on = dayIn(before.at, at.timezone)
    return refuse(
      `这份文件 ${sayDay(on, at.today, 'zh')}已经存进 ${client.name} 的档案（${before.name}），没有重复存。`,
      `This file is on the file of ${client.name} since ${sayDay(on, at.today, 'en')} (${before.name}).`,
    )
  },
  save,
  reply({ client, caption, name }, _facts, { say }) {
    const { kind, validUntil } = caption
    const what = [
      ...namesOf(kind, name, say),
      validUntil && say(`有效至 ${validUntil}`, `valid until ${validUntil}`),
    ]
    return {
      blocks: [
        {
          kind: 'text',
          text: say(
            `已存进 **${client.name}** 的档案：${what.filter(Boolean).join(' · ')}`,
            `On the file of **${client.name}**: ${what.filter(Boolean).join(' · ')}`,
          ),
        },
        {
          kind: 'buttons',
          buttons: [
            undoButton(say),
            {
              label: say('客户档案', 'File'),
              intent: { command: 'client-file', input: { clientId: client.id } },
            },
          ],
        },
      ],
    }
  },
})

async function load(
  tx: Queries,
  said: Input,
  context: Context & Asker,
): Promise<Facts | Refusal | Choice> {
  const { uploadId, clientId } = said
  const upload = await readUpload(tx, uploadId, context.who.id)
  if (!upload)
    return refuse('没有收到这个文件，请再发一次。', 'There is no such file; send it again.')
  const place = said.place ?? (clientId ? 0 : await placeOfClient(tx, context, said.caption))
  if (place === null) return nobodyIn(said.caption)
  const caption = readCaption(said.caption, upload.name, context.at, place)
  const client = await resolveClient(
    tx,
    context,
    { clientId, named: caption.named },
    { command: 'keep-document', input: { ...said, place } },
  )
  if (!('id' in client)) return client
  const sha256 = createHash('sha256').update(upload.bytes).digest('hex')
  const known = (await documentsOf(tx, client.id)).find((each) => each.sha256 === sha256)
  return {
    ...{ client, caption, sha256, uploadId, size: upload.bytes.length, before: known ?? null },
    name: caption.words ?? upload.name,
    picture: await smallPhoto(upload.bytes),
  }
}

/** Which of a caption's words names a client; null: none does. */
async function placeOfClient(tx: Queries, asker: Asker, caption: string): Promise<number | null> {
  for (const [place, word] of wordsIn(caption).slice(0, MOST_WORDS).entries()) {
    if ((await findNamed(tx, asker, word)).length > 0) return place
  }
  return null
}

const nobodyIn = (caption: string): Refusal =>
  refuse(
    `"${caption}"里没有认出您的客户，文件没有存。请再发一次，写上客户姓名，例如"张三 营业执照"。`,
    `"${caption}" names no client of yours, so the file was not kept. Send it again with the name, for example "Zhang licence".`,
  )

async function save(
  tx: Queries,
  { client, caption, name, sha256, size, picture, uploadId }: Facts,
  { who, at, actId }: Context,
): Promise<void> {
  const by = { staffId: who.id, actId, now: at.now }
  const clientId = client.id
  const { kind, validUntil } = caption
  if (picture) await keepPhoto(tx, uploadId, picture)
  await keepHistory(tx, { clientId, table: 'client_document' }, by, () =>
    addDocument(tx, clientId, { name, kind, uploadId, sha256, size, validUntil }, by),
  )
  if (kind !== 'licence' || !validUntil) return
  await keepHistory(tx, { clientId, table: 'client' }, by, () =>
    saveColumns(tx, clientId, { licenceEndsOn: validUntil }),
  )
}
