import { z } from 'zod'
import { type Command, query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { refuse } from '../../../core/decision.ts'
import type { Text } from '../../../core/text.ts'
import { linkPng, type PictureKind } from '../pictures/draw.ts'
import * as policy from '../policy.ts'
import { defaultOffer, recommendation } from '../rules.ts'
import { codesOf } from '../store.ts'
import { type FoundLink, linkSaid } from './own-link.ts'

const input = z.object({
  /** Absent: my own, the general one first. */
  code: z.string().trim().max(20).optional(),
})
type Input = z.infer<typeof input>

interface Drawing {
  readonly kind: Exclude<PictureKind, 'code'>
  readonly words: readonly string[]
  readonly title: Text
  readonly purpose: Text
  readonly advice: Text
}

function drawing({ kind, words, title, purpose, advice }: Drawing): Command {
  return query<Input, FoundLink>({
    name: `code-${kind}`,
    may: policy.useCode,
    help: { usage: title, purpose },
    phrases: { words, read: wholeLine({}) },
    input,
    async load(tx, { code }, { who }) {
      const own = code ?? (await codesOf(tx, who.id))[0]?.code
      if (own) return linkSaid(tx, who, own)
      return refuse(
        '您还没有转介码，先发"我的码"。',
        'You have no referral code yet. Say "my code" first.',
      )
    },
    async reply(link, _input, { bank, publicUrl, say }) {
      const { code } = link
      const by = recommendation(link, say)
      const offer = link.offer ?? defaultOffer(say)
      const png = await linkPng(kind, bank, { code, by, offer }, publicUrl, say)
      const base64 = png.toString('base64')
      const named = say(title.zh, title.en)
      return {
        title: named,
        blocks: [
          { kind: 'picture', png: base64, alt: `${by} · ${offer}` },
          { kind: 'file', name: `${named}-${code}.png`, base64 },
          { kind: 'text', text: say(advice.zh, advice.en) },
        ],
      }
    },
  })
}

/** A picture to forward: who recommends, what is offered, the code. */
export const codePoster = drawing({
  kind: 'poster',
  words: ['我的海报', '海报', 'my poster', 'poster'],
  title: { zh: '海报', en: 'poster' },
  purpose: { zh: '带二维码的海报，可转发', en: 'a poster with my code, to forward' },
  advice: { zh: '长按保存，转发到群或朋友圈。', en: 'Save and forward it.' },
})

/** An A4 sheet of cards for the counter. */
export const codeSheet = drawing({
  kind: 'sheet',
  words: ['打印页', '我的打印页', 'print sheet'],
  title: { zh: '打印页', en: 'print sheet' },
  purpose: { zh: '转介码的 A4 打印页，放柜台', en: 'an A4 sheet of my code for the counter' },
  advice: {
    zh: 'A4 纸打印，沿虚线剪开，摆在柜台或随资料发放。',
    en: 'Print it on A4, cut along the lines, and put the cards on the counter.',
  },
})
