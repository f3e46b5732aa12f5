import { z } from 'zod'
import type { Block, Card } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { type Command, query } from '../command.ts'
import { readOwn } from './policy.ts'

/** All of a message that a service could only show the beginning of, to the person it was sent to. */
export const wholeCard: Command = query<{ id: string }, Card>({
  name: 'whole-card',
  may: readOwn,
  help: {
    usage: { zh: '（全文）', en: '(in full)' },
    purpose: { zh: '看一条长消息的全文', en: 'a long message in full' },
  },
  input: z.object({ id: z.uuid() }),
  async load(tx, { id }, { who }) {
    const [row] = await tx.$queryRaw<{ card: Card }[]>`
      select card from message join account using (channel, conversation)
      where message.id = ${id}::uuid and staff_id = ${who.id}::uuid and card is not null`
    return row?.card ?? refuse('这条消息已经不在了。', 'That message is gone.')
  },
  reply: ({ title, blocks }) => ({ ...(title && { title }), blocks: blocks.flatMap(said) }),
})

/** A block without anything to press. */
function said(block: Block): Block[] {
  if (block.kind === 'buttons' || block.kind === 'form') return []
  if (block.kind !== 'list') return [block]
  const { each: _each, ...list } = block
  return [{ ...list, items: list.items.map(({ buttons: _buttons, ...item }) => item) }]
}
