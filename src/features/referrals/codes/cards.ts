import type { Button, Card } from '../../../core/card.ts'
import type { Say } from '../../../core/text.ts'

/** A link with its QR code, and what can be done with it. `until`: its last day in words. */
export function codeCard(
  link: ShownLink,
  {
    url,
    own,
    png,
    until,
  }: {
    readonly url: string
    /** The page on which the client sees what became of it; null: a link of staff. */
    readonly own: string | null
    readonly png: string
    readonly until: string | null
  },
  say: Say,
): Card {
  const { client, code, offer } = link
  const whose = client
    ? say(`${client} 的转介码`, `${client}'s referral code`)
    : say('我的转介码', 'My referral code')
  const forwarded = client
    ? say(
        `转给 ${client}，请他分享给同行朋友；有人留下联系方式，您会马上收到消息。`,
        `Forward it to ${client} to share; you hear at once when somebody leaves their details.`,
      )
    : say(
        '转发或当面扫码；有人留下联系方式，会马上有消息。',
        'Share it or have it scanned; you hear at once when somebody leaves their details.',
      )
  const ends = until ? say(`有效到 ${until}。`, `Good until ${until}.`) : ''
  const button = (label: string, command: string, input: object): Button => {
    return { label, intent: { command, input } }
  }
  return {
    title: offer ? `${whose} · ${offer}` : whose,
    blocks: [
      { kind: 'picture', png, alt: say('转介二维码', 'Referral QR code') },
      { kind: 'link', label: url, url },
      { kind: 'text', text: [forwarded, ends].filter(Boolean).join(say('', ' ')) },
      ...(own
        ? [
            {
              kind: 'text' as const,
              text: say(
                `${client} 自己的页面，只发给本人：推荐了几位、走到哪一步，没有别人的姓名。`,
                `A page for ${client} alone: how many came and how far they got, and nobody's name.`,
              ),
            },
            { kind: 'link' as const, label: own, url: own },
          ]
        : []),
      {
        kind: 'buttons',
        buttons: [
          button(say('海报', 'Poster'), 'code-poster', { code }),
          button(say('打印页', 'Print sheet'), 'code-sheet', { code }),
          button(say('停用', 'End it'), 'end-code', { code }),
        ],
      },
    ],
  }
}

/** A link to show. */
export interface ShownLink {
  readonly code: string
  /** Of a client's link, what its own page is found by. */
  readonly ownCode: string | null
  readonly client: string | null
  readonly offer: string | null
  readonly expiresAt: Date | null
}
