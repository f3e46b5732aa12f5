import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import { dayField } from '../../bot/grammar/fields.ts'
import { readUpload } from '../../bot/inbox/uploads.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { productLabel, takeProduct } from '../catalogue/rules.ts'
import * as policy from './policy.ts'
import { MOST_BODY, MOST_MB, MOST_TITLE, type NewPaper, readPaper } from './rules.ts'
import { endPapers, keepPapers, paperOf } from './store.ts'

const input = z.object({
  title: z
    .string()
    .trim()
    .min(2, '标题至少两个字。 A title has at least two characters.')
    .max(
      MOST_TITLE,
      `标题最多 ${MOST_TITLE} 字；正文写在冒号后面。 A title has at most ${MOST_TITLE} characters; the text stands behind a colon.`,
    ),
  body: z
    .string()
    .trim()
    .max(
      MOST_BODY,
      `正文最多 ${MOST_BODY} 字，长的请发文件。 A text has at most ${MOST_BODY} characters; send longer ones as a file.`,
    )
    .nullable()
    .default(null),
  validUntil: dayField,
  uploadId: z.uuid().optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  /** In bytes; null: no file was sent. */
  readonly size: number | null
}

/** `新增资料 房抵贷 材料清单：…`: a text, or with a file beside it; one of the same title makes way. */
export const keepPaper = command<Input, Facts, NewPaper>({
  name: 'keep-paper',
  may: policy.keepPapers,
  files: { alongside: true },
  help: {
    usage: {
      zh: '新增资料 房抵贷 材料清单：身份证、房产证 有效期至 2026-12-31',
      en: 'add paper mortgage loan documents: ID, title deed until 2026-12-31',
    },
    purpose: {
      zh: '往资料库放一段文字；发图片或文件时写上"新增资料 房抵贷 利率表"就放文件；同名的换成新的',
      en: 'puts a text into the library, or the file it is sent with; one of the same title makes way',
    },
  },
  phrases: {
    words: ['新增资料', '添加资料', '加资料', '更新资料', '换资料', 'add paper'],
    lacks: asking({
      zh: '资料叫什么、写什么？比如 房抵贷 材料清单：身份证、房产证。',
      en: 'What is the paper called, and what does it say? For example Mortgage papers: ID, deed.',
    }),
    free: ['title', 'body'],
    read(rest) {
      const said = readPaper(rest)
      if (!said) return { kind: 'no' }
      if (said.body !== null) return { kind: 'understood', input: said }
      const question = {
        zh: `请发"${said.title}"的图片或文件；是文字的话，把正文写在冒号后面：新增资料 ${said.title}：……`,
        en: `Send the picture or file of "${said.title}"; a text stands behind a colon: add paper ${said.title}: …`,
      }
      return {
        kind: 'asks',
        input: said,
        doubts: [{ question, slots: ['uploadId'], expects: 'file' }],
      }
    },
  },
  input,
  async load(tx, { uploadId }, { who }) {
    if (!uploadId) return { size: null }
    const upload = await readUpload(tx, uploadId, who.id)
    if (!upload)
      return refuse('没有收到这个文件，请再发一次。', 'There is no such file; send it again.')
    return { size: upload.bytes.length }
  },
  decide({ size }, { title, body, validUntil, uploadId = null }, { at }): NewPaper | Refusal {
    if (size === null && body === null) {
      return refuse('资料要有正文，或者一个文件。', 'A paper has a text, or a file.')
    }
    if (size !== null && size > MOST_MB * 1024 * 1024) {
      return refuse(
        `这个文件有 ${Math.ceil(size / 1024 / 1024)} MB，资料最多 ${MOST_MB} MB，没有放进去；请压缩后再发。`,
        `This file has ${Math.ceil(size / 1024 / 1024)} MB, and a paper at most ${MOST_MB} MB, so it was not kept; send a smaller one.`,
      )
    }
    if (validUntil && validUntil < at.today) {
      return refuse(
        `有效期 ${validUntil} 已经过去，没有放进去。`,
        `Valid until ${validUntil} has gone by, so it was not kept.`,
      )
    }
    const product = takeProduct(at.catalogue, title)?.product.code ?? null
    return { title, product, words: [], body, uploadId, validUntil }
  },
  save: (tx, paper, { who, actId, at }) =>
    keepPapers(tx, [paper], { staffId: who.id, actId, now: at.now }),
  reply({ title, product, validUntil }, _facts, { say, at, who }) {
    const label = product && productLabel(at.catalogue, product, who.language)
    const until = validUntil ? say(`，有效至 ${validUntil}`, `, valid until ${validUntil}`) : ''
    return {
      blocks: [
        {
          kind: 'text',
          text: say(
            `已放进资料库：**${title}**${label ? `（${label}）` : '（不属于某个产品）'}${until}。`,
            `In the library: **${title}**${label ? ` (${label})` : ' (of no one product)'}${until}.`,
          ),
        },
        {
          kind: 'buttons',
          buttons: [
            {
              label: say('看资料', 'View'),
              intent: { command: 'papers', input: { said: title.slice(0, 40) } },
            },
          ],
        },
      ],
    }
  },
})

/** Takes a paper out of the library. */
export const endPaper = command<
  { paperId: string },
  { title: string | null },
  { id: string; title: string }
>({
  name: 'end-paper',
  may: policy.keepPapers,
  help: {
    usage: { zh: '资料上的"撤下"按钮', en: 'the button "Take away" of a paper' },
    purpose: { zh: '从资料库撤下一份资料', en: 'takes a paper out of the library' },
  },
  input: z.object({ paperId: z.uuid() }),
  async load(tx, { paperId }, { at }) {
    const paper = await paperOf(tx, paperId, { validOn: null, timezone: at.timezone })
    return { title: paper?.title ?? null }
  },
  decide: ({ title }, { paperId }) =>
    title === null
      ? refuse('这份资料已经撤下或换了新的。', 'This paper was taken away or replaced already.')
      : { id: paperId, title },
  save: async (tx, { id }, { who, at }) => {
    await endPapers(tx, [id], { staffId: who.id, now: at.now })
  },
  reply: ({ title }, _facts, { say }) => ({
    blocks: [{ kind: 'text', text: say(`已撤下：${title}。`, `Taken away: ${title}.`) }],
  }),
})
