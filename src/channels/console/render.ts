import { type Block, BOLD, type Button, type Card, choicesOf } from '../../core/card.ts'

/** A card as plain text for a terminal. */
export const render = ({ title, blocks }: Card): string =>
  [title && `${title}\n`, ...blocks.map(block)].filter(Boolean).join('\n')

/** The same, with the numbers that say its buttons. */
export const renderNumbered = (card: Card): string =>
  render({ ...card, blocks: numberedBlocks(card) })

function numberedBlocks(card: Card): Block[] {
  const numbers = new Map(choicesOf(card).map(({ button, number }) => [button, number]))
  const named = (button: Button): Button => {
    const number = `${numbers.get(button)} `
    return button.label.startsWith(number) ? button : { ...button, label: number + button.label }
  }
  return card.blocks.map((each) =>
    each.kind === 'buttons' ? { ...each, buttons: each.buttons.map(named) } : each,
  )
}

function block(each: Block): string {
  switch (each.kind) {
    case 'text':
      return plain(each.text)
    case 'list':
      return [
        each.heading && `${each.heading}`,
        ...each.items.map(
          ({ mark, text }) => `${mark ?? '·'} ${plain(text).replace(/\n/g, '\n  ')}`,
        ),
      ]
        .filter(Boolean)
        .join('\n')
    case 'fields':
      return each.fields.map(({ label, value }) => `${label}: ${plain(value)}`).join('\n')
    case 'table':
      return [each.columns, ...each.rows].map((row) => row.join(' | ')).join('\n')
    case 'picture':
      return `[${each.alt}]`
    case 'file':
      return `[${each.name}]`
    case 'link':
      return each.url
    case 'buttons':
      return buttons(each.buttons)
    case 'form':
      return `[${each.form.title}: ${each.form.fields.map((field) => field.label).join(', ')}]`
  }
}

const buttons = (all: readonly Button[]): string => all.map(({ label }) => `[${label}]`).join(' ')

const plain = (text: string): string => text.replace(BOLD, '$1')
