import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { wholeLine } from '../../bot/words/reading.ts'
import type { Card } from '../../core/card.ts'
import { type Language, speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { qrPng } from '../../infra/qr.ts'
import { type ClientRef, clientRef, resolveClient } from '../clients/public.ts'
import { codeOf, insertLink, newCode, type Referrer } from './store.ts'

interface Facts {
  readonly referrer: Referrer
  /** The client whose link it is; null for the asker's own. */
  readonly client: string | null
  readonly known: string | null
  /** The code to take when none is known. */
  readonly spare: string
}

interface Code extends Facts {
  readonly code: string
}

const factsOf = async (tx: Queries, referrer: Referrer, client: string | null): Promise<Facts> => ({
  referrer,
  client,
  known: await codeOf(tx, referrer),
  spare: newCode(),
})

/** The same link at every asking: one is made only where none is. */
const once = {
  allow: () => null,
  decide: (facts: Facts): Code => ({ ...facts, code: facts.known ?? facts.spare }),
  async save(tx: Queries, { known, code, referrer }: Code, { at }: Context) {
    if (!known) await insertLink(tx, code, referrer, at.now)
  },
  reply: (code: Code, _facts: Facts, { publicUrl, who }: Context) =>
    codeCard(code, publicUrl, who.language),
}

/** My own link and QR code: every member of staff has one. */
export const myCode = command<unknown, Facts, Code>({
  name: 'my-code',
  roles: 'everyone',
  help: {
    usage: { zh: '我的码', en: 'my code' },
    purpose: { zh: '我的转介链接和二维码', en: 'my referral link and QR code' },
  },
  phrases: { words: ['我的码', '我的二维码', '我的转介码', 'my code'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, { who }) => factsOf(tx, { staffId: who.id }, null),
  ...once,
})

/** A client's link and QR code, for the manager to forward. */
export const refer = command<ClientRef, Facts, Code>({
  name: 'refer',
  roles: ['manager', 'lead'],
  help: {
    usage: { zh: '转介 张三', en: 'refer Zhang' },
    purpose: { zh: '客户的转介链接和二维码', en: "a client's referral link and QR code" },
  },
  phrases: {
    words: ['转介', '转介绍', '推荐码', 'refer'],
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object(clientRef),
  async load(tx, ref, { who }) {
    const client = await resolveClient(tx, who, ref, { command: 'refer', input: ref })
    return 'id' in client ? factsOf(tx, { clientId: client.id }, client.name) : client
  },
  ...once,
})

async function codeCard(
  { code, client }: Code,
  publicUrl: string,
  language: Language,
): Promise<Card> {
  const say = speaker(language)
  const url = `${publicUrl}/r/${code}`
  const png = (await qrPng(url)).toString('base64')
  return {
    title: client
      ? say(`${client} 的转介码`, `${client}'s referral code`)
      : say('我的转介码', 'My referral code'),
    blocks: [
      { kind: 'picture', png, alt: say('转介二维码', 'Referral QR code') },
      { kind: 'link', label: url, url },
      {
        kind: 'text',
        text: client
          ? say(
              `转给 ${client}，请他分享给同行朋友；有人留下联系方式，您会马上收到消息。`,
              `Forward it to ${client} to share; you hear at once when somebody leaves their details.`,
            )
          : say(
              '转发或当面扫码；有人留下联系方式，会马上有消息。',
              'Share it or have it scanned; you hear at once when somebody leaves their details.',
            ),
      },
    ],
  }
}
